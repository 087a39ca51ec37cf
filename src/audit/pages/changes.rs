//! What changed in one event, field by field.

use std::collections::BTreeMap;

use leptos::prelude::*;
use serde_json::Value;

use crate::{
    audit::words,
    t,
    ui::{Fact, Facts},
};

/// A value, or that there was none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Something.
    Text(String),
    /// Nothing.
    Nothing,
}

/// One field: what it was, what it is. `None`: that side is not known.
#[derive(Debug, PartialEq, Eq)]
struct Change {
    before: Option<Shown>,
    after: Option<Shown>,
}

/// The fields of an event, from its two JSON objects.
pub fn changes(before: Option<&str>, after: Option<&str>) -> Option<AnyView> {
    let fields = fields(before, after);
    if fields.is_empty() {
        return None;
    }
    let lines = fields.into_iter().map(line).collect_view();
    Some(view! { <Facts stacked=true>{lines}</Facts> }.into_any())
}

fn line((name, change): (String, Change)) -> AnyView {
    let label = words::field(&name).unwrap_or(name);
    let value = match change {
        Change {
            before: Some(before),
            after: Some(after),
        } => view! {
            <del><span class="visually-hidden">{t!(audit.before)}" "</span>{shown(before)}</del>
            " → "
            <ins><span class="visually-hidden">{t!(audit.after)}" "</span>{shown(after)}</ins>
        }
        .into_any(),
        Change {
            before: Some(before),
            after: None,
        } => view! { <del>{shown(before)}</del> }.into_any(),
        Change { after, .. } => shown(after.unwrap_or(Shown::Nothing)).into_any(),
    };
    view! { <Fact label=label>{value}</Fact> }.into_any()
}

fn shown(value: Shown) -> String {
    match value {
        Shown::Text(text) => text,
        Shown::Nothing => t!(audit.nothing),
    }
}

fn fields(before: Option<&str>, after: Option<&str>) -> BTreeMap<String, Change> {
    let mut fields = BTreeMap::new();
    for (name, value) in flat(before) {
        fields.insert(
            name,
            Change {
                before: Some(value),
                after: None,
            },
        );
    }
    for (name, value) in flat(after) {
        let change = fields.entry(name).or_insert(Change {
            before: None,
            after: None,
        });
        change.after = Some(value);
    }
    fields
}

/// The fields of a JSON object; those of objects within it as `outer.inner`.
fn flat(json: Option<&str>) -> Vec<(String, Shown)> {
    let mut fields = Vec::new();
    match json.and_then(|json| serde_json::from_str(json).ok()) {
        Some(Value::Object(object)) => {
            for (name, value) in object {
                flatten(name, &value, &mut fields);
            }
        }
        Some(other) => fields.push((t!(audit.value), words::value(&other))),
        None => {}
    }
    fields
}

fn flatten(name: String, value: &Value, fields: &mut Vec<(String, Shown)>) {
    match value {
        Value::Object(object) => {
            for (inner, value) in object {
                flatten(format!("{name}.{inner}"), value, fields);
            }
        }
        value => fields.push((name, words::value(value))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_stand_side_by_side() {
        let text = |text: &str| Some(Shown::Text(text.into()));
        let found = fields(
            Some(r#"{"name":"a","gone":1}"#),
            Some(r#"{"name":"b","place":{"city":null}}"#),
        );
        let expected = [
            ("gone", text("1"), None),
            ("name", text("a"), text("b")),
            ("place.city", None, Some(Shown::Nothing)),
        ];
        let expected = expected
            .into_iter()
            .map(|(name, before, after)| (name.to_owned(), Change { before, after }));
        assert_eq!(found, expected.collect());
        assert_eq!(fields(None, Some("not json")), BTreeMap::new());
    }
}
