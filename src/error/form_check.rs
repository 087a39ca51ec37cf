//! Gathering the faults of a form.

use super::{AppError, Fault, FieldError};

/// Gathers every fault of a form before it is refused, so that one round mends them all.
///
/// ```
/// use capacita::{error::{AppError, Fault, FormCheck}, values::{Text, whole_number}};
///
/// fn parse(name: &str, seats: &str) -> Result<(Text<80>, i64), AppError> {
///     let mut check = FormCheck::default();
///     let name = check.field("name", Text::parse(name));
///     let seats = check.field("seats", whole_number(seats, 0, 500));
///     check.finish((name, seats))
/// }
/// assert!(parse("Taller", "20").is_ok());
/// let both = [("name", Fault::Missing), ("seats", Fault::NotANumber)];
/// let Err(AppError::Invalid(faults)) = parse(" ", "x") else { panic!() };
/// assert_eq!(faults.iter().map(|f| (f.field.as_str(), f.fault.clone())).collect::<Vec<_>>(), both);
/// ```
#[derive(Debug, Default)]
pub struct FormCheck(Vec<FieldError>);

impl FormCheck {
    /// Takes a parsed field, or notes its fault.
    pub fn field<T>(&mut self, field: &str, parsed: Result<T, Fault>) -> Option<T> {
        parsed.map_err(|fault| self.fault(field, fault)).ok()
    }

    /// Takes a part of the form that was parsed by itself, or notes its faults. (Parsing ends in
    /// no other error.)
    pub fn part<T>(&mut self, parsed: Result<T, AppError>) -> Option<T> {
        match parsed {
            Ok(part) => Some(part),
            Err(AppError::Invalid(faults)) => {
                self.0.extend(faults);
                None
            }
            Err(_) => None,
        }
    }

    /// Notes a fault that lies between fields.
    pub fn fault(&mut self, field: &str, fault: Fault) {
        self.0.push(FieldError {
            field: field.to_owned(),
            fault,
        });
    }

    /// The fields, all parsed, or every fault that was noted.
    pub fn finish<T: Parsed>(self, fields: T) -> Result<T::Values, AppError> {
        match fields.values() {
            Some(values) if self.0.is_empty() => Ok(values),
            _ => Err(AppError::Invalid(self.0)),
        }
    }
}

/// A tuple of parsed fields.
pub trait Parsed {
    /// The same tuple without the `Option`s.
    type Values;

    /// All values, if all are there.
    fn values(self) -> Option<Self::Values>;
}

macro_rules! parsed {
    ($(($($field:ident),+))+) => {
        $(
            #[expect(non_snake_case, reason = "one name serves as type and as variable")]
            impl<$($field),+> Parsed for ($(Option<$field>,)+) {
                type Values = ($($field,)+);

                fn values(self) -> Option<Self::Values> {
                    let ($($field,)+) = self;
                    Some(($($field?,)+))
                }
            }
        )+
    };
}

parsed! {
    (A)
    (A, B)
    (A, B, C)
    (A, B, C, D)
    (A, B, C, D, E)
    (A, B, C, D, E, F)
    (A, B, C, D, E, F, G)
    (A, B, C, D, E, F, G, H)
    (A, B, C, D, E, F, G, H, I)
    (A, B, C, D, E, F, G, H, I, J)
    (A, B, C, D, E, F, G, H, I, J, K)
    (A, B, C, D, E, F, G, H, I, J, K, L)
    (A, B, C, D, E, F, G, H, I, J, K, L, M)
    (A, B, C, D, E, F, G, H, I, J, K, L, M, N)
    (A, B, C, D, E, F, G, H, I, J, K, L, M, N, O)
    (A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P)
}
