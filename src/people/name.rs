//! Names of people: parsed, shown and compared in one way everywhere.

use serde::Serialize;

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

/// Parses a name or surname: a line of text with at least one letter.
pub fn parse_name<const MAX: usize>(typed: &str) -> Result<Text<MAX>, Fault> {
    let text = Text::parse(typed)?;
    if text.as_str().chars().any(char::is_alphabetic) {
        Ok(text)
    } else {
        Err(Fault::BadCharacter)
    }
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

    proptest! {
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
