//! Every statement that the house sends to the database.

use std::{collections::BTreeSet, fs};

use crate::sources::{files, root, sources};

/// The texts of all statements, on one line each.
pub fn statements() -> BTreeSet<String> {
    let described = root().join(".sqlx");
    let texts = if described.exists() {
        described_in(&described)
    } else {
        written_in_sources()
    };
    texts.into_iter().map(|text| one_line(&text)).collect()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn described_in(folder: &std::path::Path) -> Vec<String> {
    files(folder, "json")
        .iter()
        .map(|file| {
            let text = fs::read_to_string(file).expect("UTF-8");
            let description: serde_json::Value = serde_json::from_str(&text).expect("JSON");
            description["query"].as_str().expect("a text").to_owned()
        })
        .collect()
}

/// The first literal of every `query!`, `query_as!` and `query_scalar!` that begins with one.
fn written_in_sources() -> Vec<String> {
    let mut texts = Vec::new();
    for source in sources("src") {
        for name in ["query!(", "query_as!(", "query_scalar!("] {
            for (at, _) in source.find(name) {
                let rest = &source.code[at + name.len()..];
                texts.extend(first_literal(rest));
            }
        }
    }
    texts
}

/// The literal among the first arguments, unless it is put together by a macro.
fn first_literal(arguments: &str) -> Option<String> {
    let start = arguments.find('"')?;
    let before = &arguments[..start];
    if before.contains([')', ';']) {
        return None;
    }
    let raw = before.ends_with("r#") || before.ends_with('r');
    let close = if before.ends_with("r#") { "\"#" } else { "\"" };
    let inside = &arguments[start + 1..];
    let end = inside.find(close)?;
    let text = &inside[..end];
    let behind = inside[end + close.len()..].trim_start();
    if behind.starts_with('+') {
        return None;
    }
    Some(if raw {
        text.to_owned()
    } else {
        text.replace("\\\n", "").replace("\\\"", "\"")
    })
}
