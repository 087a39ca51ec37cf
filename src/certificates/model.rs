//! Certificates: ids, codes and choices.

use std::{fmt, str::FromStr};

use crate::{
    error::Fault,
    values::{choice, id},
};

id! {
    /// One issued certificate.
    CertificateId
}

choice! {
    /// What is certified: attended enough, or attended enough and passed.
    CertificateKind {
        Constancia => "constancia",
        Certificado => "certificado",
    }
}

choice! {
    /// Whether a certificate still stands. What was issued never changes; its state may.
    CertificateState {
        Valid => "valid",
        Replaced => "replaced",
        Revoked => "revoked",
    }
}

/// The public code of a certificate: 26 characters of Crockford's base 32, 130 random bits.
///
/// Written without I, L, O and U, so that it survives being read from paper; reading takes lower
/// case, hyphens and spaces, `I` and `L` as 1, `O` as 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code(String);

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 26;

impl Code {
    /// A code from 26 random bytes, of which five bits each are used.
    pub fn from_random(bytes: [u8; LENGTH]) -> Self {
        Self(
            bytes
                .iter()
                .map(|byte| char::from(ALPHABET[usize::from(byte & 31)]))
                .collect(),
        )
    }

    /// The code as stored and as it stands in addresses.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The code as printed, in groups that can be read aloud: `0A1B2-C3D4E-…`.
    pub fn grouped(&self) -> String {
        let chars: Vec<char> = self.0.chars().collect();
        chars
            .chunks(5)
            .map(|group| group.iter().collect::<String>())
            .collect::<Vec<_>>()
            .join("-")
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Code {
    type Err = Fault;

    fn from_str(typed: &str) -> Result<Self, Fault> {
        let mut code = String::with_capacity(LENGTH);
        for c in typed
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .take(LENGTH + 1)
        {
            let c = match c.to_ascii_uppercase() {
                'I' | 'L' => '1',
                'O' => '0',
                c => c,
            };
            if !c.is_ascii() || !ALPHABET.contains(&(c as u8)) {
                return Err(Fault::UnknownChoice);
            }
            code.push(c);
        }
        if code.len() == LENGTH {
            Ok(Self(code))
        } else {
            Err(Fault::UnknownChoice)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_read_back_however_typed() {
        let code = Code::from_random(std::array::from_fn(|i| u8::try_from(i * 7).expect("small")));
        let typed = code
            .grouped()
            .to_lowercase()
            .replace('1', "l")
            .replace('0', "o");
        assert_eq!(typed.parse::<Code>(), Ok(code));
        for bad in [
            "",
            "0",
            "0123456789ABCDEFGHJKMNPQRU",
            "ñ123456789ABCDEFGHJKMNPQRS",
            &"0".repeat(27),
        ] {
            assert!(bad.parse::<Code>().is_err(), "{bad}");
        }
    }
}
