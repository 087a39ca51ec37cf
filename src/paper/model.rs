//! Headcounts: figures by sex, and how they stand to the people who are known by name.

use serde::{Deserialize, Serialize};

use crate::{
    error::{AppError, Fault, FormCheck},
    people::Sex,
    values::{Text, id, optional, whole_number},
};

id! {
    /// A headcount as somebody wrote it down.
    HeadcountId
}

/// The most people of one sex that are counted in one room.
pub const MOST: i64 = 2000;

/// The shortest explanation in characters: a word is none.
const SHORTEST: usize = 10;

/// A number of people for each sex.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BySex {
    /// Women.
    pub women: i64,
    /// Men.
    pub men: i64,
    /// Not stated.
    pub unstated: i64,
}

impl BySex {
    /// All together.
    pub const fn total(self) -> i64 {
        self.women + self.men + self.unstated
    }

    /// The number of one sex.
    pub const fn of(self, sex: Sex) -> i64 {
        match sex {
            Sex::Female => self.women,
            Sex::Male => self.men,
            Sex::Unstated => self.unstated,
        }
    }

    /// How many more there are here than there, sex by sex, and never fewer than none: somebody who
    /// is named and was not counted does not make another one who was counted a known person.
    #[must_use]
    pub fn beyond(self, named: Self) -> Self {
        Self {
            women: (self.women - named.women).max(0),
            men: (self.men - named.men).max(0),
            unstated: (self.unstated - named.unstated).max(0),
        }
    }
}

/// The headcount that stands in a session, beside those known by name now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// Who was counted.
    pub counted: BySex,
    /// Who attended and is known by name.
    pub named: BySex,
    /// Who was when the headcount was written.
    pub named_then: BySex,
    /// Why the two differed then.
    pub explanation: Option<String>,
}

impl Count {
    /// Who was counted and is not named.
    pub fn unnamed(&self) -> BySex {
        self.counted.beyond(self.named)
    }

    /// Whether the two are different figures, in whichever direction.
    pub fn differs(&self) -> bool {
        self.counted != self.named
    }

    /// The explanation, while the figures are those that it explained.
    pub fn holding(&self) -> Option<&str> {
        let holds = self.differs() && self.named == self.named_then;
        self.explanation.as_deref().filter(|_| holds)
    }

    /// Whether the two differ, and nobody has said why.
    pub fn is_open(&self) -> bool {
        self.differs() && self.holding().is_none()
    }
}

/// Why counted and named differ: 10 to 500 characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation(Text<500>);

impl Explanation {
    /// Parses what was typed.
    pub fn parse(typed: &str) -> Result<Self, Fault> {
        let text = Text::parse(typed)?;
        if text.as_str().chars().count() < SHORTEST {
            let min = i64::try_from(SHORTEST).unwrap_or(i64::MAX);
            return Err(Fault::TooShort { min });
        }
        Ok(Self(text))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

/// A headcount as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCount {
    /// Who was counted.
    pub counted: BySex,
    /// Why that differs from those known by name, where it was said.
    pub explanation: Option<Explanation>,
}

impl NewCount {
    /// Parses the form; who does not state a sex may be left blank for none.
    pub fn parse(
        women: &str,
        men: &str,
        unstated: &str,
        explanation: &str,
    ) -> Result<Self, AppError> {
        let number = |typed: &str| whole_number(typed, 0, MOST);
        let mut check = FormCheck::default();
        let women = check.field("women", number(women));
        let men = check.field("men", number(men));
        let unstated = check.field("unstated", optional(unstated, number));
        let explanation = optional(explanation, Explanation::parse);
        let explanation = check.field("explanation", explanation);
        let (women, men, unstated, explanation) =
            check.finish((women, men, unstated, explanation))?;
        let counted = BySex {
            women,
            men,
            unstated: unstated.unwrap_or(0),
        };
        Ok(Self {
            counted,
            explanation,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn people(women: i64, men: i64, unstated: i64) -> BySex {
        BySex {
            women,
            men,
            unstated,
        }
    }

    #[test]
    fn nobody_makes_up_for_another_sex() {
        for (counted, named, unnamed) in [
            ((0, 0, 0), (0, 0, 0), (0, 0, 0)),
            ((1, 0, 0), (0, 0, 0), (1, 0, 0)),
            ((0, 0, 0), (1, 1, 1), (0, 0, 0)),
            ((10, 5, 0), (8, 7, 0), (2, 0, 0)),
            ((10, 5, 3), (10, 5, 3), (0, 0, 0)),
            ((10, 5, 3), (9, 6, 2), (1, 0, 1)),
            ((2000, 2000, 2000), (0, 1, 2000), (2000, 1999, 0)),
        ] {
            let (counted, named) = (
                people(counted.0, counted.1, counted.2),
                people(named.0, named.1, named.2),
            );
            let expected = people(unnamed.0, unnamed.1, unnamed.2);
            assert_eq!(counted.beyond(named), expected, "{counted:?} {named:?}");
        }
    }

    #[test]
    fn an_explanation_holds_for_the_figures_it_explained() {
        let count = |named, named_then, explanation: Option<&str>| Count {
            counted: people(10, 5, 0),
            named,
            named_then,
            explanation: explanation.map(str::to_owned),
        };
        let (equal, fewer, more) = (people(10, 5, 0), people(8, 5, 0), people(10, 6, 0));
        for (named, then, explanation, open, holding) in [
            (equal, equal, None, false, None),
            // Somebody was marked afterwards, or a mark was taken back.
            (fewer, equal, None, true, None),
            (more, equal, None, true, None),
            // Named beyond counted is a difference too.
            (
                more,
                more,
                Some("Uno llegó tarde"),
                false,
                Some("Uno llegó tarde"),
            ),
            (
                fewer,
                fewer,
                Some("No firmaron"),
                false,
                Some("No firmaron"),
            ),
            (people(9, 5, 0), fewer, Some("No firmaron"), true, None),
            // The difference went by itself: there is nothing to explain.
            (equal, fewer, Some("No firmaron"), false, None),
        ] {
            let count = count(named, then, explanation);
            assert_eq!(count.is_open(), open, "{count:?}");
            assert_eq!(count.holding(), holding, "{count:?}");
        }
    }

    #[test]
    fn the_form_has_bounds() {
        let fault = |field: &str, fault| Err(AppError::field(field, fault));
        let range = Fault::OutOfRange { min: 0, max: MOST };
        let ok = |women, men, unstated| {
            Ok(NewCount {
                counted: people(women, men, unstated),
                explanation: None,
            })
        };
        for (women, men, unstated, expected) in [
            ("0", "0", "0", ok(0, 0, 0)),
            (" 12 ", "2000", "", ok(12, 2000, 0)),
            ("", "1", "1", fault("women", Fault::Missing)),
            ("1", "2001", "1", fault("men", range.clone())),
            ("1", "1", "-1", fault("unstated", range)),
            ("1", "1.5", "", fault("men", Fault::NotANumber)),
            ("uno", "1", "", fault("women", Fault::NotANumber)),
            (
                "99999999999999999999",
                "1",
                "",
                fault("women", Fault::NotANumber),
            ),
        ] {
            let parsed = NewCount::parse(women, men, unstated, "");
            assert_eq!(parsed, expected, "{women} {men} {unstated}");
        }
        for (typed, expected) in [
            ("         ", None),
            ("123456789", Some(Fault::TooShort { min: 10 })),
            ("ñ123456789", None),
            ("cabe\u{202e}jusito", Some(Fault::BadCharacter)),
        ] {
            let expected = expected.map(|fault| AppError::field("explanation", fault));
            let parsed = NewCount::parse("1", "1", "", typed);
            assert_eq!(parsed.err(), expected, "{typed}");
        }
        assert!(Explanation::parse(&"x".repeat(500)).is_ok());
        let long = Explanation::parse(&"x".repeat(501));
        assert_eq!(long, Err(Fault::TooLong { max: 500 }));
    }
}
