//! Whether two names that stand beside one document number may be one person's.
//!
//! Names are written in many ways: without the second surname or a given name, in another order,
//! with a slip of the pen, with a husband's surname. A brother with a wrong digit is none of these.
//!
//! The search for two records of one person measures names too, and asks the opposite. Here a
//! document number says already that both are one, and only what speaks against it counts: much is
//! forgiven, but no other given name ("Mario" beside "María" is a brother). There nothing but the names
//! says so, of any two in the register: little is forgiven, whatever letter it is, short and equal
//! names say nothing, and neither does a surname that is missing. Neither measure can stand for the
//! other.

use crate::values::fold;

/// A person's names, as they were written or as they are recorded.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    /// Given names.
    pub given: &'a str,
    /// First surname.
    pub paternal: &'a str,
    /// Second surname.
    pub maternal: Option<&'a str>,
}

/// Words that tell nobody from another.
const PARTICLES: [&str; 16] = [
    "de", "del", "la", "las", "los", "el", "y", "da", "das", "do", "dos", "di", "van", "von",
    "vda", "viuda",
];

/// Whether both may be one person's names.
pub fn may_be_one(one: Names<'_>, other: Names<'_>) -> bool {
    let given = agree(&words(one.given), &words(other.given));
    (given && agree(&surnames(one), &surnames(other))) || turned(one, other)
}

fn words(text: &str) -> Vec<String> {
    fold(text).split(' ').map(str::to_owned).collect()
}

/// The words of both surnames without the husband's: "Quispe de Castillo", "Quispe Vda. de Castillo".
/// "De la Cruz" is nobody's husband.
fn surnames(names: Names<'_>) -> Vec<String> {
    let mut words = words(&format!(
        "{} {}",
        names.paternal,
        names.maternal.unwrap_or_default()
    ));
    let husbands = (1..words.len()).find(|&at| match words[at].as_str() {
        "vda" | "viuda" => true,
        "de" => words
            .get(at + 1)
            .is_some_and(|next| !matches!(next.as_str(), "la" | "las" | "los" | "el")),
        _ => false,
    });
    words.truncate(husbands.unwrap_or(words.len()));
    words
}

/// The same words in other fields: surnames written where given names belong.
fn turned(one: Names<'_>, other: Names<'_>) -> bool {
    let all = |names: Names<'_>| {
        let maternal = names.maternal.unwrap_or_default();
        let mut words = words(&format!("{} {} {maternal}", names.given, names.paternal));
        words.sort_unstable();
        words
    };
    all(one) == all(other)
}

/// Whether every word of the shorter has its like in the longer, and one of them more than a letter.
fn agree(one: &[String], other: &[String]) -> bool {
    if one.concat() == other.concat() {
        return true;
    }
    let (one, other) = (telling(one), telling(other));
    let (shorter, mut longer) = if one.len() <= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    let mut left = shorter;
    let measures: [fn(&str, &str) -> bool; 3] = [|a, b| a == b, slipped, shortened];
    let mut in_full = false;
    for (rank, like) in measures.into_iter().enumerate() {
        left.retain(|word| {
            let found = longer.iter().position(|other| like(word, other));
            if let Some(found) = found {
                longer.swap_remove(found);
                in_full |= rank < 2;
            }
            found.is_none()
        });
    }
    left.is_empty() && in_full
}

/// Without particles, unless there is nothing else.
fn telling(words: &[String]) -> Vec<&str> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let telling: Vec<&str> = words
        .iter()
        .copied()
        .filter(|word| !PARTICLES.contains(word))
        .collect();
    if telling.is_empty() { words } else { telling }
}

/// A slip of the pen; two in a long word. "Mario" and "María" are brother and sister.
fn slipped(one: &str, other: &str) -> bool {
    let allowed = match one.chars().count().min(other.chars().count()) {
        ..4 => 0,
        4..8 => 1,
        _ => 2,
    };
    let stem = |word: &str| word.strip_suffix(['a', 'o']).unwrap_or(word).to_owned();
    stem(one) != stem(other) && strsim::damerau_levenshtein(one, other) <= allowed
}

/// "M" and "Ma" for "María".
fn shortened(one: &str, other: &str) -> bool {
    let begins = |short: &str, long: &str| short.chars().count() <= 2 && long.starts_with(short);
    begins(one, other) || begins(other, one)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(written: &str) -> Names<'_> {
        let mut fields = written.split('/');
        let mut field = || fields.next().filter(|text| !text.is_empty());
        Names {
            paternal: field().unwrap_or_default(),
            maternal: field(),
            given: field().unwrap_or_default(),
        }
    }

    #[test]
    fn one_person_is_written_in_many_ways_and_another_in_none_of_them() {
        for (one, other, expected) in [
            ("Quispe/Mamani/Rosa", "Quispe/Mamani/Rosa", true),
            ("Castillo/Terrones/Pedro", "Quispe/Mamani/Rosa", false),
            // Accents, capitals and apostrophes.
            ("NUNEZ/CHASKA/MARIA", "Núñez/Ch'aska/María", true),
            // Order and number of given names.
            ("Quispe/Mamani/María Rosa", "Quispe/Mamani/Rosa María", true),
            ("Quispe/Mamani/Rosa", "Quispe/Mamani/Rosa María", true),
            ("Quispe/Mamani/Rosa M.", "Quispe/Mamani/Rosa María", true),
            ("Quispe/Mamani/Ma. Elena", "Quispe/Mamani/María Elena", true),
            (
                "Quispe/Mamani/Mariaelena",
                "Quispe/Mamani/María Elena",
                true,
            ),
            (
                "Quispe/Mamani/Rosa Elena",
                "Quispe/Mamani/Rosa María",
                false,
            ),
            ("Quispe/Mamani/R.", "Quispe/Mamani/Rosa", false),
            // No second surname, or both in one field, or turned round.
            ("Quispe//Rosa", "Quispe/Mamani/Rosa", true),
            ("Quispe Mamani//Rosa", "Quispe/Mamani/Rosa", true),
            ("Mamani/Quispe/Rosa", "Quispe/Mamani/Rosa", true),
            ("Rosa//Quispe Mamani", "Quispe/Mamani/Rosa", true),
            ("Quispe//Rosa", "Castillo/Mamani/Rosa", false),
            // A slip of the pen, two in a long word, and no more.
            ("Quispe/Mamani/Roza", "Quispe/Mamani/Rosa", true),
            ("Qiuspe/Mamanni/Rosa", "Quispe/Mamani/Rosa", true),
            ("Huamanchumo/Paz/Rosa", "Guamanchuno/Paz/Rosa", true),
            ("Quispe/Huamán/Rosa", "Quispe/Mamani/Rosa", false),
            // Brothers and sisters.
            ("Quispe/Mamani/Pedro", "Quispe/Mamani/Rosa", false),
            ("Quispe/Mamani/Ana", "Quispe/Mamani/Eva", false),
            ("Quispe/Mamani/Mario", "Quispe/Mamani/María", false),
            ("Quispe/Mamani/Juan", "Quispe/Mamani/Juana", false),
            // A husband's surname, and surnames that only look like one.
            ("Quispe/de Castillo/Rosa", "Quispe/Mamani/Rosa", true),
            ("Quispe de Castillo//Rosa", "Quispe/Mamani/Rosa", true),
            ("Quispe/Vda. de Castillo/Rosa", "Quispe/Mamani/Rosa", true),
            ("Castillo//Rosa", "Quispe/Mamani/Rosa", false),
            ("de la Cruz/Mamani/Rosa", "Cruz/Mamani/Rosa", true),
            ("Delacruz/Mamani/Rosa", "de la Cruz/Mamani/Rosa", true),
            ("Quispe/de la Cruz/Rosa", "Quispe/Mamani/Rosa", false),
            ("de la O//Rosa", "de la Cruz//Rosa", false),
        ] {
            let (a, b) = (names(one), names(other));
            assert_eq!(may_be_one(a, b), expected, "{one} | {other}");
            assert_eq!(may_be_one(b, a), expected, "{other} | {one}");
        }
    }
}
