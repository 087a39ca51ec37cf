//! The sources of the house, as the tests that keep its rules read them.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// One file of Rust.
pub struct Source {
    /// Its path from the root of the repository: `src/people/queries.rs`.
    pub path: String,
    /// Everything in it.
    pub text: String,
    /// The same with comments and test modules blanked; lines keep their numbers.
    pub code: String,
    /// The same with what stands in string literals blanked too.
    pub bare: String,
}

impl Source {
    /// The folder under `src`, or the file's own name without `.rs`: `people`, `paths`.
    pub fn module(&self) -> &str {
        let inside = self.path.strip_prefix("src/").unwrap_or(&self.path);
        let first = inside.split('/').next().unwrap_or(inside);
        first.strip_suffix(".rs").unwrap_or(first)
    }

    /// Whether it is the tests of a module, in a file of their own.
    pub fn is_tests(&self) -> bool {
        self.path.ends_with("/tests.rs") || self.path.contains("/tests/")
    }

    /// Where each `needle` stands in the code: byte and line.
    pub fn find<'a>(&'a self, needle: &'a str) -> impl Iterator<Item = (usize, usize)> + use<'a> {
        let places = self.code.match_indices(needle);
        places.map(|(at, _)| (at, line_of(&self.code, at)))
    }
}

/// The line of a byte, counted from one.
pub fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

/// The root of the repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file under a folder of the repository, tests of modules left out.
pub fn sources(folder: &str) -> Vec<Source> {
    let mut sources: Vec<Source> = files(&root().join(folder), "rs")
        .into_iter()
        .map(|path| read(&path))
        .filter(|source| !source.is_tests())
        .collect();
    sources.sort_by(|one, other| one.path.cmp(&other.path));
    sources
}

/// Every file with this ending under a folder.
pub fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder of the repository") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|found| found == extension) {
            found.push(path);
        }
    }
    found
}

fn read(path: &Path) -> Source {
    let text = fs::read_to_string(path).expect("sources are UTF-8");
    let code = without_tests(&blanked(&text, false));
    let bare = blanked(&code, true);
    let relative = path.strip_prefix(root()).expect("within the repository");
    Source {
        path: relative.to_string_lossy().into_owned(),
        text,
        code,
        bare,
    }
}

/// Blanks the test module that closes a file.
fn without_tests(code: &str) -> String {
    match code.find("#[cfg(test)]\nmod tests {") {
        Some(at) => {
            let rest = code[at..].chars();
            let blank = |c| if c == '\n' { '\n' } else { ' ' };
            code[..at].chars().chain(rest.map(blank)).collect()
        }
        None => code.to_owned(),
    }
}

/// Blanks comments, and with `strings` the inside of string literals.
fn blanked(text: &str, strings: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let (length, keep) = piece(rest, c, strings);
        let (taken, left) = rest.split_at(length);
        if keep {
            out.push_str(taken);
        } else {
            out.extend(taken.chars().map(|c| if c == '\n' { c } else { ' ' }));
        }
        rest = left;
    }
    out
}

/// How long the comment, literal or character at the beginning is, and whether it stays.
fn piece(rest: &str, c: char, strings: bool) -> (usize, bool) {
    if rest.starts_with("//") {
        return (rest.find('\n').unwrap_or(rest.len()), false);
    }
    if rest.starts_with("/*") {
        let end = rest.find("*/").map_or(rest.len(), |at| at + 2);
        return (end, false);
    }
    if let Some(length) = raw_string(rest).or_else(|| plain_string(rest)) {
        return (length, !strings);
    }
    if c == '\'' {
        return (character(rest), true);
    }
    (c.len_utf8(), true)
}

fn raw_string(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('r')?;
    let hashes = inner.bytes().take_while(|byte| *byte == b'#').count();
    let open = inner[hashes..].strip_prefix('"')?;
    let close = format!("\"{}", "#".repeat(hashes));
    let end = open.find(&close)?;
    Some(1 + hashes + 1 + end + close.len())
}

fn plain_string(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('"')?;
    let mut escaped = false;
    for (at, c) in inside.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return Some(at + 2),
            _ => {}
        }
    }
    Some(rest.len())
}

/// A character literal as a whole (it may be a quotation mark), or the apostrophe of a lifetime.
fn character(rest: &str) -> usize {
    let mut chars = rest.char_indices().skip(1);
    match (chars.next(), chars.next()) {
        (Some((_, '\\')), Some((at, _))) => rest[at + 1..].find('\'').map_or(1, |end| at + end + 2),
        (Some(_), Some((at, '\''))) => at + 1,
        _ => 1,
    }
}
