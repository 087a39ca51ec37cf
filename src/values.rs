//! What every model is built of: ids, words from a fixed list, and text of bounded length.
//!
//! Parse once, at the edge: an action turns what was typed into these types on its first lines,
//! and nothing behind it checks again. The bound of a [`Text`] is the one its table checks and the
//! one its form field shows as `maxlength`.

use serde::{Deserialize, Serialize};

use crate::error::Fault;

/// Declares an id: a row's number that cannot be taken for the number of another table's row.
macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        #[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(transparent))]
        pub struct $name(i64);

        impl $name {
            /// Wraps a row number.
            pub const fn new(value: i64) -> Self {
                Self(value)
            }

            /// The row number.
            pub const fn get(self) -> i64 {
                self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::error::Fault;

            /// Reads a positive whole number without sign or leading zeros, as addresses carry it.
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text.parse::<i64>() {
                    Ok(value) if value > 0 && value.to_string() == text => Ok(Self(value)),
                    _ => Err(crate::error::Fault::UnknownChoice),
                }
            }
        }

        #[cfg(feature = "ssr")]
        impl From<i64> for $name {
            fn from(value: i64) -> Self {
                Self(value)
            }
        }
    };
}
pub(crate) use id;

/// Declares a choice from a fixed list, stored and sent as the given `snake_case` words.
macro_rules! choice {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident => $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$variant_doc])* #[doc = concat!("`", $text, "`")] #[serde(rename = $text)] $variant,)+
        }

        impl $name {
            /// Every value, in the order of lists on screen.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word stored in the database and used in addresses.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)+
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::error::Fault;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($text => Ok(Self::$variant),)+
                    _ => Err(crate::error::Fault::UnknownChoice),
                }
            }
        }

        #[cfg(feature = "ssr")]
        impl sqlx::Type<sqlx::Sqlite> for $name {
            fn type_info() -> sqlx::sqlite::SqliteTypeInfo {
                <str as sqlx::Type<sqlx::Sqlite>>::type_info()
            }

            fn compatible(ty: &sqlx::sqlite::SqliteTypeInfo) -> bool {
                <str as sqlx::Type<sqlx::Sqlite>>::compatible(ty)
            }
        }

        #[cfg(feature = "ssr")]
        impl<'q> sqlx::Encode<'q, sqlx::Sqlite> for $name {
            fn encode_by_ref(
                &self,
                buffer: &mut <sqlx::Sqlite as sqlx::Database>::ArgumentBuffer,
            ) -> Result<sqlx::encode::IsNull, sqlx::error::BoxDynError> {
                <&'static str as sqlx::Encode<'q, sqlx::Sqlite>>::encode(self.as_str(), buffer)
            }
        }

        #[cfg(feature = "ssr")]
        impl<'r> sqlx::Decode<'r, sqlx::Sqlite> for $name {
            fn decode(value: sqlx::sqlite::SqliteValueRef<'r>) -> Result<Self, sqlx::error::BoxDynError> {
                let text = <&str as sqlx::Decode<'r, sqlx::Sqlite>>::decode(value)?;
                text.parse().map_err(|_| format!("{text:?} is no {}", stringify!($name)).into())
            }
        }
    };
}
pub(crate) use choice;

/// Text of one line: trimmed, inner spaces folded, 1 to `MAX` characters, no control characters, and
/// none that turn the direction of writing or cannot be seen: a name reads as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text<const MAX: usize>(String);

impl<const MAX: usize> Text<MAX> {
    /// The longest text in characters: the field's `maxlength` and the table's check.
    pub const MAX: usize = MAX;

    /// Parses what was typed.
    pub fn parse(typed: &str) -> Result<Self, Fault> {
        let text = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() {
            return Err(Fault::Missing);
        }
        if text.chars().any(|c| c.is_control() || is_format(c)) {
            return Err(Fault::BadCharacter);
        }
        check_length(&text, MAX)?;
        Ok(Self(text))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text, owned.
    pub fn into_string(self) -> String {
        self.0
    }
}

/// Whether Unicode calls it a format character (Cf): invisible, and able to turn the direction of
/// writing. The two joiners are not meant: some scripts cannot be written without them.
const fn is_format(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}'
        | '\u{890}'..='\u{891}' | '\u{8e2}' | '\u{180e}' | '\u{200b}' | '\u{200e}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}' | '\u{110bd}' | '\u{110cd}' | '\u{13430}'..='\u{1343f}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0001}'
        | '\u{e0020}'..='\u{e007f}')
}

/// Text of many lines (Markdown, notes): may be empty, at most `MAX` characters, line ends as `\n`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LongText<const MAX: usize>(String);

impl<const MAX: usize> LongText<MAX> {
    /// The longest text in characters.
    pub const MAX: usize = MAX;

    /// Parses what was typed.
    pub fn parse(typed: &str) -> Result<Self, Fault> {
        let text = typed.replace("\r\n", "\n").trim_end().to_owned();
        if text
            .chars()
            .any(|c| c.is_control() && c != '\n' && c != '\t')
        {
            return Err(Fault::BadCharacter);
        }
        check_length(&text, MAX)?;
        Ok(Self(text))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text, owned.
    pub fn into_string(self) -> String {
        self.0
    }
}

fn check_length(text: &str, max: usize) -> Result<(), Fault> {
    if text.chars().count() > max {
        return Err(Fault::TooLong {
            max: i64::try_from(max).unwrap_or(i64::MAX),
        });
    }
    Ok(())
}

/// Parses an optional field: blank is `None`.
pub fn optional<T>(
    typed: &str,
    parse: impl FnOnce(&str) -> Result<T, Fault>,
) -> Result<Option<T>, Fault> {
    if typed.trim().is_empty() {
        Ok(None)
    } else {
        parse(typed).map(Some)
    }
}

/// Parses a whole number within bounds, both included.
pub fn whole_number(typed: &str, min: i64, max: i64) -> Result<i64, Fault> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(Fault::Missing);
    }
    let value: i64 = typed.parse().map_err(|_| Fault::NotANumber)?;
    if (min..=max).contains(&value) {
        Ok(value)
    } else {
        Err(Fault::OutOfRange { min, max })
    }
}

/// Parses a decimal with at most one place, point or comma, to tenths: `14,5` is 145.
pub fn tenths(typed: &str, max: i64) -> Result<i64, Fault> {
    let typed = typed.trim().replace(',', ".");
    if typed.is_empty() {
        return Err(Fault::Missing);
    }
    let (whole, tenth) = typed.split_once('.').unwrap_or((&typed, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(tenth) || tenth.len() != 1 || whole.len() > 6 {
        return Err(Fault::NotANumber);
    }
    let parse = |text: &str| text.parse::<i64>().map_err(|_| Fault::NotANumber);
    let value = parse(whole)? * 10 + parse(tenth)?;
    if value <= max {
        Ok(value)
    } else {
        Err(Fault::OutOfRange {
            min: 0,
            max: max / 10,
        })
    }
}

/// Parses a date as date fields send it: `2026-11-21`.
pub fn date(typed: &str) -> Result<chrono::NaiveDate, Fault> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(Fault::Missing);
    }
    let date = chrono::NaiveDate::parse_from_str(typed, "%Y-%m-%d").map_err(|_| Fault::NotADate)?;
    let year = chrono::Datelike::year(&date);
    if (1990..=2100).contains(&year) {
        Ok(date)
    } else {
        Err(Fault::NotADate)
    }
}

/// Parses a time of day as time fields send it: `09:30`.
pub fn time(typed: &str) -> Result<chrono::NaiveTime, Fault> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(Fault::Missing);
    }
    chrono::NaiveTime::parse_from_str(typed, "%H:%M")
        .or_else(|_| chrono::NaiveTime::parse_from_str(typed, "%H:%M:%S"))
        .map_err(|_| Fault::NotATime)
}

/// Parses one of a fixed list or an id.
pub fn chosen<T: std::str::FromStr<Err = Fault>>(typed: &str) -> Result<T, Fault> {
    if typed.is_empty() {
        Err(Fault::Missing)
    } else {
        typed.parse()
    }
}

/// An e-mail address: one `@`, something on both sides, a dot in the domain, no spaces; lower case.
///
/// Only a message that arrives proves an address; this refuses slips of the finger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Email(String);

impl Email {
    /// The longest address in characters (RFC 5321).
    pub const MAX: usize = 254;

    /// Parses what was typed.
    pub fn parse(typed: &str) -> Result<Self, Fault> {
        let text = Text::<{ Self::MAX }>::parse(typed)?
            .into_string()
            .to_lowercase();
        let (user, domain) = text.split_once('@').ok_or(Fault::NotAnEmail)?;
        let sound = !user.is_empty()
            && !text.contains([' ', ',', ';', '<', '>', '"'])
            && !domain.contains('@')
            && domain.split('.').count() >= 2
            && domain.split('.').all(|label| !label.is_empty());
        if sound {
            Ok(Self(text))
        } else {
            Err(Fault::NotAnEmail)
        }
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Lower case without accents or apostrophes, single spaces: what search and uniqueness compare.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'á' | 'à' | 'ä' | 'â' | 'ã' => folded.push('a'),
            'é' | 'è' | 'ë' | 'ê' => folded.push('e'),
            'í' | 'ì' | 'ï' | 'î' => folded.push('i'),
            'ó' | 'ò' | 'ö' | 'ô' | 'õ' => folded.push('o'),
            'ú' | 'ù' | 'ü' | 'û' => folded.push('u'),
            'ñ' => folded.push('n'),
            'ç' => folded.push('c'),
            // The same letter at the end of a word.
            'ς' => folded.push('σ'),
            // Combining marks, and the apostrophes of Quechua and Awajún names.
            '\u{300}'..='\u{36f}' | '\'' | '’' | 'ʼ' | '`' => {}
            c if c.is_alphanumeric() => folded.push(c),
            _ => folded.push(' '),
        }
    }
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

mod order;

#[cfg(test)]
mod tests;

pub use order::Order;
