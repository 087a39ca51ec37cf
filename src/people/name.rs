//! Names of people: parsed, shown and compared in one way everywhere.

use serde::Serialize;
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};
use unicode_properties::{
    GeneralCategory, GeneralCategoryGroup as Group, UnicodeGeneralCategory as _,
};

use crate::{
    error::Fault,
    values::{Text, fold},
};

/// A person's names, in the fields in which they are recorded. A full name is never split.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PersonName {
    /// Given names.
    pub given_names: Text<120>,
    /// First surname.
    pub paternal_surname: Text<80>,
    /// Second surname; not everybody has one.
    pub maternal_surname: Option<Text<80>>,
}

impl PersonName {
    /// `paternal maternal given`, folded: the order of every list, and what is compared to find
    /// possible duplicates.
    pub fn sort_name(&self) -> String {
        let maternal = self.maternal_surname.as_ref().map_or("", Text::as_str);
        let paternal = self.paternal_surname.as_str();
        fold(&format!(
            "{paternal} {maternal} {}",
            self.given_names.as_str()
        ))
    }
}

/// The most marks that stand on one letter: writings of India put three there, no name has more.
const MARKS: usize = 3;

/// Parses a name or surname: a line of text with at least one letter, of any script, each accent in
/// one character with its letter where there is such a one. No emoji, symbols or heaps of accents.
pub fn parse_name<const MAX: usize>(typed: &str) -> Result<Text<MAX>, Fault> {
    let composed: String = typed.nfc().collect();
    let text = Text::parse(&composed)?;
    if text.as_str().chars().any(char::is_alphabetic) && text.as_str().chars().all(fits_a_name) {
        marks_are_few(text.as_str()).map(|()| text)
    } else {
        Err(Fault::BadCharacter)
    }
}

fn fits_a_name(c: char) -> bool {
    match c.general_category_group() {
        Group::Letter | Group::Number | Group::Punctuation | Group::Separator => true,
        Group::Mark => c.general_category() != GeneralCategory::EnclosingMark,
        // Accents that are typed for an apostrophe.
        Group::Symbol => matches!(c, '´' | '`'),
        // The joiners, without which some scripts cannot be written.
        Group::Other => matches!(c, '\u{200c}' | '\u{200d}'),
    }
}

fn marks_are_few(text: &str) -> Result<(), Fault> {
    let mut run = 0;
    for c in text.chars() {
        run = if is_combining_mark(c) { run + 1 } else { 0 };
        if run > MARKS {
            return Err(Fault::BadCharacter);
        }
    }
    Ok(())
}

/// A name as lists show it: "Núñez Quispe, Rosa".
pub fn listed_name(given_names: &str, paternal: &str, maternal: Option<&str>) -> String {
    match maternal {
        Some(maternal) => format!("{paternal} {maternal}, {given_names}"),
        None => format!("{paternal}, {given_names}"),
    }
}

/// A name as running text, headings and certificates show it: "Rosa Núñez Quispe".
pub fn full_name(given_names: &str, paternal: &str, maternal: Option<&str>) -> String {
    match maternal {
        Some(maternal) => format!("{given_names} {paternal} {maternal}"),
        None => format!("{given_names} {paternal}"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn name(given: &str, paternal: &str, maternal: &str) -> PersonName {
        PersonName {
            given_names: parse_name(given).expect("given names"),
            paternal_surname: parse_name(paternal).expect("a surname"),
            maternal_surname: parse_name(maternal).ok(),
        }
    }

    #[test]
    fn names_are_shown_and_sorted_in_one_way() {
        assert_eq!(
            listed_name("Rosa", "Núñez", Some("Quispe")),
            "Núñez Quispe, Rosa"
        );
        assert_eq!(listed_name("Wari", "Sin Cuenta", None), "Sin Cuenta, Wari");
        assert_eq!(
            full_name("Rosa", "Núñez", Some("Quispe")),
            "Rosa Núñez Quispe"
        );
        assert_eq!(full_name("Wari", "Sin Cuenta", None), "Wari Sin Cuenta");
        assert_eq!(
            name("Rosa  María", "Núñez", "Ch'aska").sort_name(),
            "nunez chaska rosa maria"
        );
        assert_eq!(
            name("Wari", "Sin Cuenta", "").sort_name(),
            "sin cuenta wari"
        );
    }

    #[test]
    fn a_name_has_letters() {
        assert_eq!(parse_name::<80>(" - "), Err(Fault::BadCharacter));
        assert_eq!(parse_name::<80>("123"), Err(Fault::BadCharacter));
        assert_eq!(parse_name::<80>("  "), Err(Fault::Missing));
        assert_eq!(parse_name::<3>("Rosa"), Err(Fault::TooLong { max: 3 }));
    }

    #[test]
    fn names_of_every_script_are_names_and_pictures_are_none() {
        for (typed, expected) in [
            ("Rosa María", Ok("Rosa María")),
            ("Mari\u{301}a", Ok("María")),
            ("Ch'aska ’Inti´ `Wari", Ok("Ch'aska ’Inti´ `Wari")),
            (
                "Pérez-Gómez (hijo), Jr. 2º",
                Ok("Pérez-Gómez (hijo), Jr. 2º"),
            ),
            ("q̃oya", Ok("q̃oya")),
            ("李小龍", Ok("李小龍")),
            ("محمد", Ok("محمد")),
            ("क्ष्मी नारायण", Ok("क्ष्मी नारायण")),
            ("Nguyễn", Ok("Nguyễn")),
            ("Rosa 🌹", Err(Fault::BadCharacter)),
            ("Rosa 👩\u{200d}⚖\u{fe0f}", Err(Fault::BadCharacter)),
            ("Rosa ★", Err(Fault::BadCharacter)),
            ("Rosa $", Err(Fault::BadCharacter)),
            ("Rosa 1\u{20e3}", Err(Fault::BadCharacter)),
            ("Ro\u{7}sa", Err(Fault::BadCharacter)),
            ("Ro\u{e000}sa", Err(Fault::BadCharacter)),
            ("R\u{300}\u{301}\u{302}osa", Ok("R\u{300}\u{301}\u{302}osa")),
        ] {
            let parsed = parse_name::<80>(typed).map(Text::into_string);
            assert_eq!(parsed, expected.map(str::to_owned), "{typed}");
        }
        let heap = format!("Rosa{}", "\u{30d}".repeat(40));
        assert_eq!(parse_name::<80>(&heap), Err(Fault::BadCharacter));
    }

    proptest! {
        #[test]
        fn whatever_is_typed_a_name_stays_what_it_is(text in "\\PC{0,40}") {
            if let Ok(name) = parse_name::<80>(&text) {
                prop_assert_eq!(parse_name::<80>(name.as_str()), Ok(name));
            }
        }

        #[test]
        fn folding_is_stable_and_loses_accents(text in "[\\PC]{0,60}") {
            let folded = fold(&text);
            prop_assert_eq!(fold(&folded), folded.clone());
            prop_assert_eq!(fold(&text.to_uppercase()), fold(&text.to_uppercase().to_lowercase()));
            prop_assert!(!folded.contains("  ") && folded.trim() == folded);
            prop_assert!(!folded.contains(['á', 'é', 'í', 'ó', 'ú', 'ü', 'ñ', 'Ñ', '\'', '"', '*', '-']));
        }
    }
}
