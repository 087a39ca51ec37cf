//! The styles: every file of `style/`, one after another.
//!
//! Their names begin with numbers that follow the cascade's layers, and the first file declares
//! those layers; so the order of names is the order of the cascade.

use std::path::Path;

use anyhow::{Context, Result};

use crate::site;

/// One style sheet of all, without comments and idle white space.
///
/// # Errors
/// A file cannot be read or is not UTF-8.
pub fn bundle(folder: &Path) -> Result<Vec<u8>> {
    let mut sheet = String::new();
    for (name, content) in site::read_folder(folder, "")? {
        if Path::new(&name)
            .extension()
            .is_some_and(|kind| kind == "css")
        {
            let text = std::str::from_utf8(&content).with_context(|| name.clone())?;
            sheet.push_str(&smaller(text));
            sheet.push('\n');
        }
    }
    Ok(sheet.into_bytes())
}

/// Leaves out comments, and white space beside braces, semicolons and commas. Strings stay as
/// they are.
fn smaller(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    let mut space = false;
    while let Some(character) = characters.next() {
        match character {
            '/' if characters.peek() == Some(&'*') => skip_comment(&mut characters),
            _ if character.is_whitespace() => space = true,
            _ => {
                let beside_edge = out.is_empty() || out.ends_with(is_edge) || is_edge(character);
                if space && !beside_edge {
                    out.push(' ');
                }
                space = false;
                out.push(character);
                if matches!(character, '"' | '\'') {
                    copy_string(character, &mut characters, &mut out);
                }
            }
        }
    }
    out
}

/// Around these, white space means nothing. (An opening parenthesis or a colon is not among
/// them: `and (` and ` :hover` need theirs.)
fn is_edge(character: char) -> bool {
    matches!(character, '{' | '}' | ';' | ',')
}

type Characters<'a> = std::iter::Peekable<std::str::Chars<'a>>;

/// Reads past a comment whose first `/` has been read.
fn skip_comment(characters: &mut Characters) {
    characters.next();
    let mut star = false;
    for character in characters {
        if star && character == '/' {
            return;
        }
        star = character == '*';
    }
}

/// Copies a string whose opening quote has been copied.
fn copy_string(quote: char, characters: &mut Characters, out: &mut String) {
    while let Some(character) = characters.next() {
        out.push(character);
        if character == quote {
            return;
        }
        if character == '\\' {
            out.extend(characters.next());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_goes_only_where_it_means_nothing() {
        let text = "/* a {} */\n.a  :hover,\n.b {\n  width: calc(1px + 2px);\n}\n\
                    @media (min-width: 1px) and (max-width: 2px) { c { d: e; } }";
        assert_eq!(
            smaller(text),
            ".a :hover,.b{width: calc(1px + 2px);}\
             @media (min-width: 1px) and (max-width: 2px){c{d: e;}}"
        );
    }

    #[test]
    fn strings_stay_as_they_are() {
        let text = r#"a::after { content: " /* no comment; */ \"  , "; }"#;
        assert_eq!(
            smaller(text),
            r#"a::after{content: " /* no comment; */ \"  , ";}"#
        );
    }
}
