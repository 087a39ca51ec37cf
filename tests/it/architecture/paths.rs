//! Which modules a file names: `crate::people::PersonId`, also out of `use crate::{…}`.

use crate::sources::{Source, line_of};

/// One path behind a root, without the root: `people::PersonId`.
#[derive(Debug, PartialEq, Eq)]
pub struct Named {
    /// The line of the root.
    pub line: usize,
    /// The path.
    pub path: String,
}

/// Every path that begins with `root::` in a source.
pub fn paths_from(source: &Source, root: &str) -> Vec<Named> {
    let needle = format!("{root}::");
    let code = &source.bare;
    let mut found = Vec::new();
    for (at, _) in code.match_indices(&needle) {
        let before = code[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
            continue;
        }
        let line = line_of(code, at);
        let mut paths = Vec::new();
        tree(&code[at + needle.len()..], "", &mut paths);
        found.extend(paths.into_iter().map(|path| Named { line, path }));
    }
    found
}

/// Reads one tree of a `use`; gives what is left behind it.
fn tree<'a>(text: &'a str, prefix: &str, paths: &mut Vec<String>) -> &'a str {
    let text = text.trim_start();
    if let Some(inside) = text.strip_prefix('{') {
        return group(inside, prefix, paths);
    }
    let end = text
        .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '*'))
        .unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    let path = format!("{prefix}{name}");
    match rest.strip_prefix("::") {
        Some(further) if !further.starts_with('<') => tree(further, &format!("{path}::"), paths),
        _ => {
            paths.push(path);
            rest
        }
    }
}

fn group<'a>(mut text: &'a str, prefix: &str, paths: &mut Vec<String>) -> &'a str {
    loop {
        text = text.trim_start();
        if let Some(rest) = text.strip_prefix('}') {
            return rest;
        }
        if text.is_empty() {
            return text;
        }
        text = tree(text, prefix, paths);
        // A renaming (`as _`) is of no interest here.
        let end = text.find([',', '}']).unwrap_or(text.len());
        text = text[end..].strip_prefix(',').unwrap_or(&text[end..]);
    }
}

#[test]
fn trees_are_flattened() {
    let mut paths = Vec::new();
    let rest = tree("{a::{B, c::*}, d::E as _, f,}; more", "", &mut paths);
    assert_eq!(paths, ["a::B", "a::c::*", "d::E", "f"]);
    assert_eq!(rest, "; more");
    paths.clear();
    tree("people::find(&mut tx)", "", &mut paths);
    assert_eq!(paths, ["people::find"]);
}
