//! Which countries can be recorded.

use super::Country;
use crate::error::{AppError, Fault};

impl Country {
    /// Those that have a border with Peru.
    pub const NEIGHBOURS: [Self; 5] = [
        Self::Bolivia,
        Self::Brazil,
        Self::Chile,
        Self::Colombia,
        Self::Ecuador,
    ];

    /// The country, if it may be recorded where `recorded` stood: it must be said which it is,
    /// but what has been recorded may stay.
    pub fn replacing(self, recorded: Option<Self>) -> Result<Self, Fault> {
        if self == Self::Elsewhere && recorded != Some(Self::Elsewhere) {
            Err(Fault::UnknownChoice)
        } else {
            Ok(self)
        }
    }

    /// The same for a field of a form that was parsed without knowing what is recorded.
    pub fn check(self, field: &str, recorded: Option<Self>) -> Result<(), AppError> {
        let said = self.replacing(recorded);
        said.map(drop)
            .map_err(|fault| AppError::field(field, fault))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_other_country_is_kept_but_not_recorded_anew() {
        for (country, recorded, may) in [
            (Country::Peru, None, true),
            (Country::Nepal, Some(Country::Elsewhere), true),
            (Country::Elsewhere, None, false),
            (Country::Elsewhere, Some(Country::Peru), false),
            (Country::Elsewhere, Some(Country::Elsewhere), true),
        ] {
            let expected = may.then_some(country).ok_or(Fault::UnknownChoice);
            assert_eq!(country.replacing(recorded), expected, "{recorded:?}");
        }
    }
}
