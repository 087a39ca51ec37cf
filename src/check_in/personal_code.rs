//! The code of a person: who they are, and 80 bits that only the server can have made.
//!
//! It holds for as long as the person does not renew it: people print it, and phones break.

use crate::{people::PersonId, server::Secrets};

/// Thirty-two letters and digits of which none is taken for another (Crockford's).
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Five bits a letter: 80.
const TAG: usize = 16;

/// The code of a person, as it stands in the address: `17-K7Q2M9XD4TFA3C5E`.
pub fn token(secrets: &Secrets, person: PersonId, version: i64) -> String {
    format!("{person}-{}", tag(secrets, person, version))
}

/// The same as it is read and typed: `17-K7Q2-M9XD-4TFA-3C5E`.
pub fn readable(token: &str) -> String {
    let (person, tag) = token.split_once('-').unwrap_or_default();
    let groups = tag.as_bytes().chunks(4);
    groups.fold(person.to_owned(), |text, group| {
        format!("{text}-{}", String::from_utf8_lossy(group))
    })
}

/// Whose code this says it is: the address behind the picture, or what was typed from beneath it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimed {
    /// The person.
    pub person: PersonId,
    tag: String,
}

impl Claimed {
    /// Reads an address or what was typed; `None`: nothing that a code could be.
    pub fn parse(text: &str) -> Option<Self> {
        let last = text.trim().rsplit('/').next()?;
        let plain: String = last
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|c| match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                c => c,
            })
            .take(60)
            .collect();
        let (person, tag) = plain.split_at_checked(plain.len().checked_sub(TAG)?)?;
        Some(Self {
            person: person.parse().ok()?,
            tag: tag.to_owned(),
        })
    }

    /// The code as it stands in the address.
    pub fn token(&self) -> String {
        format!("{}-{}", self.person, self.tag)
    }

    /// Whether the server made it, for the present version of the person's code.
    pub fn is_genuine(&self, secrets: &Secrets, version: i64) -> bool {
        let made = tag(secrets, self.person, version);
        blake3::hash(self.tag.as_bytes()) == blake3::hash(made.as_bytes())
    }
}

fn tag(secrets: &Secrets, person: PersonId, version: i64) -> String {
    let hash = secrets.lookup_hash("personal code", &format!("{person}:{version}"));
    let bits = hash[..10]
        .iter()
        .fold(0_u128, |bits, byte| (bits << 8) | u128::from(*byte));
    (0..TAG)
        .rev()
        .map(|place| {
            let index = usize::try_from((bits >> (place * 5)) & 31).expect("five bits");
            char::from(ALPHABET[index])
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROSA: PersonId = PersonId::new(17);

    #[test]
    fn a_code_is_read_as_it_is_scanned_and_typed() {
        let secrets = Secrets::from_key(&[7; 32]);
        let token = token(&secrets, ROSA, 0);
        let readable = readable(&token);
        for text in [
            token.clone(),
            format!("https://capacita.example/check-in/person/{token}"),
            format!(" {} ", readable.to_lowercase()),
            readable.replace('-', " "),
            readable.replace('0', "o").replace('1', "L"),
        ] {
            let claimed = Claimed::parse(&text).expect("a code");
            assert_eq!(claimed.person, ROSA, "{text}");
            assert!(claimed.is_genuine(&secrets, 0), "{text}");
        }
    }

    #[test]
    fn another_person_version_or_server_has_another() {
        let secrets = Secrets::from_key(&[7; 32]);
        let token = token(&secrets, ROSA, 0);
        let claimed = Claimed::parse(&token).expect("a code");
        assert!(!claimed.is_genuine(&secrets, 1));
        assert!(!claimed.is_genuine(&Secrets::from_key(&[8; 32]), 0));
        let other = Claimed::parse(&token.replacen("17", "18", 1)).expect("a code");
        assert!(!other.is_genuine(&secrets, 0));
    }

    #[test]
    fn what_is_no_code_is_nobodys() {
        for text in [
            "",
            "17",
            "/",
            "K7Q2M9XD4TFA3C5E",
            "-K7Q2M9XD4TFA3C5E",
            "0-K7Q2M9XD4TFA3C5E",
            "99999999999999999999-K7Q2M9XD4TFA3C5E",
            "x-K7Q2M9XD4TFA3C5E",
            "ñññññññññññññññññññ",
        ] {
            assert_eq!(Claimed::parse(text), None, "{text}");
        }
    }
}
