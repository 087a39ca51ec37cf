//! Whether two folded names are nearly the same, so that somebody should look at both records.
//!
//! Beside a document number, `people::likeness` measures names to another end: there a number says
//! that both are one, and the names may contradict it. "Quispe Rosa" does not contradict "Quispe Mamani
//! Rosa María", but in a register it says nothing of her; "Quispe Mamani Mario" contradicts "Quispe
//! Mamani María", but two records that a letter tells apart are worth a look. Equal names are
//! another reason of their own here, and names in whole are compared, without knowing which word
//! is a surname. So there are two measures.

/// The fewest letters of a name that is compared: short ones are alike by chance.
const SHORTEST: usize = 8;

/// Whether two folded names are nearly the same: the same words in another order, or two slips of
/// the pen at most in the whole of it.
pub fn alike(one: &str, other: &str) -> bool {
    if one == other || one.chars().count().min(other.chars().count()) < SHORTEST {
        return false;
    }
    words(one) == words(other) || strsim::damerau_levenshtein(one, other) <= 2
}

fn words(name: &str) -> Vec<&str> {
    let mut words: Vec<&str> = name.split(' ').filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    words
}

#[cfg(test)]
mod tests {
    use super::alike;

    #[test]
    fn slips_and_turned_words_are_alike_and_others_are_not() {
        for (one, other, expected) in [
            ("quispe mamani rosa", "quispe mamani rosa", false),
            ("quispe mamani rosa", "mamani quispe rosa", true),
            ("quispe mamani rosa", "quispe mamani rossa", true),
            ("quispe mamani rosa", "qiuspe mamani roza", true),
            ("quispe mamani rosa", "quispe mamani maria", false),
            ("quispe mamani rosa", "quispe huaman rosa", false),
            ("diaz ana", "dias ana", true),
            ("li ana", "lu ana", false),
            ("", "", false),
        ] {
            assert_eq!(alike(one, other), expected, "{one} / {other}");
            assert_eq!(alike(other, one), expected, "{other} / {one}");
        }
    }
}
