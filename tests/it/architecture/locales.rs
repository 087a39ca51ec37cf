//! Both languages say the same, with the same values in it.

use std::{collections::BTreeMap, fs};

use serde_json::Value;

use super::none;
use crate::sources::{files, root};

/// `namespace.key` → text.
type Words = BTreeMap<String, String>;

#[test]
fn both_languages_have_the_same_keys_and_values() {
    let (es, en) = (words("es"), words("en"));
    let mut breaches = Vec::new();
    for (key, text) in &es {
        match en.get(key) {
            None => breaches.push(format!("  {key}: not in English")),
            Some(other) if placeholders(text) != placeholders(other) => {
                breaches.push(format!("  {key}: {text:?} and {other:?}"));
            }
            Some(_) => {}
        }
    }
    let only_en = en.keys().filter(|key| !es.contains_key(*key));
    breaches.extend(only_en.map(|key| format!("  {key}: not in Spanish")));
    none(
        breaches,
        "Spanish and English have the same keys and values",
    );
}

#[test]
fn no_text_is_empty_and_plurals_are_whole() {
    let mut breaches = Vec::new();
    for language in ["es", "en"] {
        let words = words(language);
        for (key, text) in &words {
            if text.trim().is_empty() {
                breaches.push(format!("  {language} {key}: empty"));
            }
            let twin = match key.rsplit_once('.') {
                Some((stem, "one")) => format!("{stem}.many"),
                Some((stem, "many")) => format!("{stem}.one"),
                _ => continue,
            };
            if !words.contains_key(&twin) {
                breaches.push(format!("  {language} {key}: without {twin}"));
            }
        }
    }
    none(
        breaches,
        "every text says something, in the singular and in the plural",
    );
}

fn words(language: &str) -> Words {
    let mut words = Words::new();
    for file in files(&root().join("locales").join(language), "json") {
        let namespace = file.file_stem().expect("a name").to_string_lossy();
        let text = fs::read_to_string(&file).expect("UTF-8");
        let value = serde_json::from_str(&text).expect("JSON");
        flatten(&namespace, &value, &mut words);
    }
    words
}

fn flatten(prefix: &str, value: &Value, words: &mut Words) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                flatten(&format!("{prefix}.{name}"), value, words);
            }
        }
        Value::String(text) => {
            words.insert(prefix.to_owned(), text.clone());
        }
        other => panic!("{prefix}: {other} is no text"),
    }
}

/// The names in `{{ … }}`, sorted.
fn placeholders(text: &str) -> Vec<&str> {
    let mut names: Vec<&str> = text
        .split("{{")
        .skip(1)
        .filter_map(|rest| rest.split("}}").next())
        .map(str::trim)
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}
