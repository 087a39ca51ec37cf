//! What the embedded fonts can print.

use std::sync::LazyLock;

use typst::{
    foundations::Bytes,
    text::{Coverage, Font},
};
use unicode_normalization::UnicodeNormalization as _;

use super::engine::FONTS;

/// The characters of every font: a sheet may set a text in each of them.
static COVERAGE: LazyLock<Vec<Coverage>> = LazyLock::new(|| {
    FONTS
        .iter()
        .flat_map(|data| Font::iter(Bytes::new(*data)))
        .map(|font| font.info().coverage.clone())
        .collect()
});

/// Whether every character of a text can be printed. What cannot is an empty box on paper.
pub fn prints(text: &str) -> bool {
    text.nfc()
        .filter(|c| !c.is_whitespace())
        .all(|c| COVERAGE.iter().all(|font| font.contains(u32::from(c))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latin_prints_with_all_its_accents_and_what_the_fonts_have_not_does_not() {
        assert_eq!(COVERAGE.len(), FONTS.len());
        for (text, expected) in [
            ("Rosa María Núñez Ch’aska", true),
            ("Mari\u{301}a N\u{303}ahui", true),
            ("Jürgen Šimůnek Łukasz Çelik", true),
            ("Nguyễn Thị Hồng", true),
            ("Curso «Prueba» – 2.ª edición (n.º 3): 50 % & más", true),
            ("Ольга Иванова", true),
            ("Σοφία", true),
            ("", true),
            ("李小龍 王", false),
            ("محمد", false),
            ("नारायण", false),
            ("Rosa 🌹", false),
        ] {
            assert_eq!(prints(text), expected, "{text}");
        }
    }
}
