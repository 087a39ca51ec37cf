//! How the grid travels to its island: one value a line, without names.
//!
//! JSON would need a reader for each type, and the client is loaded over poor connections: this
//! one is a tenth of their size. What travels is text of one line; a line's end in it becomes a
//! space.

use super::{Cell, MarkId, MarkStatus};
use crate::{courses::EditionId, enrolment::EnrolmentId, sessions::SessionId};

/// The values not yet read.
pub struct Lines<'a>(std::str::Split<'a, char>);

impl<'a> Lines<'a> {
    /// All values of a text.
    pub fn of(text: &'a str) -> Self {
        Self(text.split('\n'))
    }

    /// The next value; nothing behind the last.
    fn next(&mut self) -> &'a str {
        self.0.next().unwrap_or_default()
    }
}

/// A value that travels as lines.
pub trait Packed: Sized {
    /// Writes it.
    fn pack(&self, lines: &mut Vec<String>);
    /// Reads it back, in the same order.
    fn unpack(lines: &mut Lines<'_>) -> Self;
}

impl Packed for String {
    fn pack(&self, lines: &mut Vec<String>) {
        lines.push(self.replace('\n', " "));
    }

    fn unpack(lines: &mut Lines<'_>) -> Self {
        lines.next().to_owned()
    }
}

impl Packed for i64 {
    fn pack(&self, lines: &mut Vec<String>) {
        lines.push(self.to_string());
    }

    fn unpack(lines: &mut Lines<'_>) -> Self {
        lines.next().parse().unwrap_or_default()
    }
}

impl Packed for bool {
    fn pack(&self, lines: &mut Vec<String>) {
        i64::from(*self).pack(lines);
    }

    fn unpack(lines: &mut Lines<'_>) -> Self {
        i64::unpack(lines) == 1
    }
}

impl<T: Packed> Packed for Vec<T> {
    fn pack(&self, lines: &mut Vec<String>) {
        lines.push(self.len().to_string());
        for value in self {
            value.pack(lines);
        }
    }

    fn unpack(lines: &mut Lines<'_>) -> Self {
        (0..i64::unpack(lines)).map(|_| T::unpack(lines)).collect()
    }
}

impl<T: Packed> Packed for Option<T> {
    fn pack(&self, lines: &mut Vec<String>) {
        self.is_some().pack(lines);
        if let Some(value) = self {
            value.pack(lines);
        }
    }

    fn unpack(lines: &mut Lines<'_>) -> Self {
        bool::unpack(lines).then(|| T::unpack(lines))
    }
}

impl Packed for MarkStatus {
    fn pack(&self, lines: &mut Vec<String>) {
        lines.push(self.as_str().to_owned());
    }

    fn unpack(lines: &mut Lines<'_>) -> Self {
        lines.next().parse().unwrap_or(Self::NotTaken)
    }
}

/// Ids travel as their numbers.
macro_rules! packed_ids {
    ($($id:ident)+) => {
        $(impl Packed for $id {
            fn pack(&self, lines: &mut Vec<String>) {
                self.get().pack(lines);
            }

            fn unpack(lines: &mut Lines<'_>) -> Self {
                Self::new(Packed::unpack(lines))
            }
        })+
    };
}
packed_ids!(EditionId EnrolmentId SessionId MarkId);

/// A struct travels as its fields, in the order in which they are named here.
macro_rules! packed {
    ($name:ident { $($field:ident),+ $(,)? }) => {
        impl $crate::attendance::packed::Packed for $name {
            fn pack(&self, lines: &mut Vec<String>) {
                $($crate::attendance::packed::Packed::pack(&self.$field, lines);)+
            }

            fn unpack(lines: &mut $crate::attendance::packed::Lines<'_>) -> Self {
                Self { $($field: $crate::attendance::packed::Packed::unpack(lines)),+ }
            }
        }
    };
}
pub(super) use packed;

packed!(Cell {
    enrolment,
    session,
    status,
    minutes,
    newest,
    conflict
});

#[cfg(test)]
mod tests {
    use super::*;

    fn lines<T: Packed>(value: &T) -> Vec<String> {
        let mut lines = Vec::new();
        value.pack(&mut lines);
        lines
    }

    fn back<T: Packed>(value: &T) -> T {
        T::unpack(&mut Lines::of(&lines(value).join("\n")))
    }

    #[test]
    fn what_is_packed_comes_back() {
        for status in MarkStatus::ALL {
            for (newest, conflict) in [(None, false), (Some(MarkId::new(7)), true)] {
                let cell = Cell {
                    enrolment: EnrolmentId::new(9_007_199_254_740_991),
                    session: SessionId::new(1),
                    status: *status,
                    minutes: 240,
                    newest,
                    conflict,
                };
                assert_eq!(back(&cell), cell);
            }
        }
        for texts in [
            vec![],
            vec![String::new()],
            vec!["Ñahui, José".to_owned(), "2".to_owned()],
        ] {
            let value = (Some(texts.clone()), texts);
            assert_eq!((back(&value.0), back(&value.1)), value);
        }
        assert_eq!(back(&None::<String>), None);
    }

    #[test]
    fn a_line_end_moves_nothing() {
        let value = vec!["Sala\n2".to_owned(), "Sala 3".to_owned()];
        assert_eq!(back(&value), ["Sala 2", "Sala 3"]);
    }
}
