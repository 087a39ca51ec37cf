//! What is recorded of a person: parsed from what was typed.

use chrono::{Datelike as _, NaiveDate};
use serde::Serialize;

use super::{
    AffiliationForm, Country, Document, NewAffiliation, PersonName, Sex, name::parse_name,
};
use crate::{
    error::{AppError, Fault, FormCheck},
    values::{Email, Text, chosen, optional, whole_number},
};

/// A person's form as it was typed. Every field is text; blank where nothing was typed.
#[derive(Clone, Copy, Debug, Default)]
pub struct PersonForm<'a> {
    /// A [`DocumentKind`](super::DocumentKind).
    pub document_kind: &'a str,
    /// The number; blank without a document.
    pub document_number: &'a str,
    /// Why there is no document.
    pub no_document_reason: &'a str,
    /// Given names.
    pub given_names: &'a str,
    /// First surname.
    pub paternal_surname: &'a str,
    /// Second surname; may be blank.
    pub maternal_surname: &'a str,
    /// A [`Sex`].
    pub sex: &'a str,
    /// Four digits; may be blank.
    pub birth_year: &'a str,
    /// A [`Country`].
    pub nationality: &'a str,
    /// Contact; may be blank.
    pub email: &'a str,
    /// Contact; may be blank.
    pub phone: &'a str,
    /// May be blank; kept only with consent.
    pub ethnic_identity: &'a str,
    /// May be blank; kept only with consent.
    pub disability: &'a str,
    /// Not blank: the person agrees that the two fields above are kept.
    pub consent: &'a str,
}

/// All that is recorded of a person besides affiliations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonData {
    /// Identity document, or why there is none.
    pub document: Document,
    /// Names.
    pub name: PersonName,
    /// Sex.
    pub sex: Sex,
    /// Year of birth.
    pub birth_year: Option<i64>,
    /// Nationality.
    pub nationality: Country,
    /// Ways to reach them.
    pub contact: Contact,
    /// What they say of themselves, with consent.
    pub self_identification: Option<SelfIdentification>,
}

/// A person who is not in the register yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPerson {
    /// The person.
    pub data: PersonData,
    /// Where they serve.
    pub affiliation: Option<NewAffiliation>,
}

/// Ways to reach a person. Neither is needed: many have neither.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// E-mail; not necessarily the one of the account.
    pub email: Option<Email>,
    /// Telephone.
    pub phone: Option<Phone>,
}

/// A telephone number as it is dialled: digits, spaces, `+`, `-` and brackets, six digits or more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Phone(String);

/// What a person says of themselves; kept only with consent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelfIdentification {
    /// The people or group they count themselves among.
    pub ethnic_identity: Option<Text<80>>,
    /// A disability, so that it can be allowed for.
    pub disability: Option<Text<120>>,
}

impl Phone {
    /// Parses what was typed.
    pub fn parse(typed: &str) -> Result<Self, Fault> {
        let text = Text::<30>::parse(typed)?.into_string();
        let allowed = |c: char| c.is_ascii_digit() || " +-()".contains(c);
        if !text.chars().all(allowed) {
            return Err(Fault::BadCharacter);
        }
        if text.bytes().filter(u8::is_ascii_digit).count() < 6 {
            return Err(Fault::TooShort { min: 6 });
        }
        Ok(Self(text))
    }

    /// The number.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl PersonData {
    /// Parses the form; `today` bounds the year of birth.
    pub fn parse(form: &PersonForm<'_>, today: NaiveDate) -> Result<Self, AppError> {
        let mut check = FormCheck::default();
        let document = document(&mut check, form);
        let name = name(&mut check, form);
        let sex = check.field("sex", chosen(form.sex));
        let birth_year = check.field("birth_year", birth_year(form.birth_year, today));
        let nationality = check.field("nationality", chosen(form.nationality));
        let contact = Contact::check(&mut check, form);
        let said = SelfIdentification::check(&mut check, form);
        let parsed = (document, name, sex, birth_year, nationality, contact, said);
        let (document, name, sex, birth_year, nationality, contact, self_identification) =
            check.finish(parsed)?;
        Ok(Self {
            document,
            name,
            sex,
            birth_year,
            nationality,
            contact,
            self_identification,
        })
    }
}

impl NewPerson {
    /// Parses both parts of the form; the faults of both are told in one round.
    pub fn parse(
        person: &PersonForm<'_>,
        affiliation: &AffiliationForm<'_>,
        today: NaiveDate,
    ) -> Result<Self, AppError> {
        let data = PersonData::parse(person, today).and_then(|data| {
            data.nationality.check("nationality", None)?;
            Ok(data)
        });
        let affiliation = NewAffiliation::parse_optional(affiliation, today);
        match (data, affiliation) {
            (Ok(data), Ok(affiliation)) => Ok(Self { data, affiliation }),
            (Err(AppError::Invalid(mut faults)), Err(AppError::Invalid(more))) => {
                faults.extend(more);
                Err(AppError::Invalid(faults))
            }
            (Err(error), _) | (_, Err(error)) => Err(error),
        }
    }
}

impl Contact {
    /// Parses the two fields of contact, noting faults.
    pub fn check(check: &mut FormCheck, form: &PersonForm<'_>) -> Option<Self> {
        let email = check.field("email", optional(form.email, Email::parse));
        let phone = check.field("phone", optional(form.phone, Phone::parse));
        Some(Self {
            email: email?,
            phone: phone?,
        })
    }
}

impl SelfIdentification {
    /// Parses the fields of self-identification, noting faults. The outer `None` is a fault, the
    /// inner one that nothing is said. Saying something without consent is a fault.
    pub fn check(check: &mut FormCheck, form: &PersonForm<'_>) -> Option<Option<Self>> {
        let ethnic = check.field(
            "ethnic_identity",
            optional(form.ethnic_identity, Text::parse),
        );
        let disability = check.field("disability", optional(form.disability, Text::parse));
        let said = Self {
            ethnic_identity: ethnic?,
            disability: disability?,
        };
        if said.ethnic_identity.is_none() && said.disability.is_none() {
            return Some(None);
        }
        if form.consent.is_empty() {
            check.fault("consent", Fault::ConsentNeeded);
            return None;
        }
        Some(Some(said))
    }
}

fn document(check: &mut FormCheck, form: &PersonForm<'_>) -> Option<Document> {
    let kind = check.field("document_kind", chosen(form.document_kind))?;
    let parsed = Document::parse(kind, form.document_number, form.no_document_reason);
    parsed
        .map_err(|(field, fault)| check.fault(field, fault))
        .ok()
}

fn name(check: &mut FormCheck, form: &PersonForm<'_>) -> Option<PersonName> {
    let given_names = check.field("given_names", parse_name(form.given_names));
    let paternal = check.field("paternal_surname", parse_name(form.paternal_surname));
    let maternal = check.field(
        "maternal_surname",
        optional(form.maternal_surname, parse_name),
    );
    Some(PersonName {
        given_names: given_names?,
        paternal_surname: paternal?,
        maternal_surname: maternal?,
    })
}

fn birth_year(typed: &str, today: NaiveDate) -> Result<Option<i64>, Fault> {
    optional(typed, |typed| {
        whole_number(typed, 1900, i64::from(today.year()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        "2026-11-21".parse().expect("a date")
    }

    fn sound() -> PersonForm<'static> {
        PersonForm {
            document_kind: "dni",
            document_number: "01234567",
            given_names: "Rosa",
            paternal_surname: "Núñez",
            sex: "f",
            nationality: "PE",
            ..PersonForm::default()
        }
    }

    fn faults(form: &PersonForm<'_>) -> Vec<(String, Fault)> {
        match PersonData::parse(form, today()) {
            Err(AppError::Invalid(faults)) => faults
                .into_iter()
                .map(|one| (one.field, one.fault))
                .collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_least_that_is_needed() {
        let data = PersonData::parse(&sound(), today()).expect("sound");
        assert_eq!(data.name.sort_name(), "nunez rosa");
        assert_eq!(data.contact, Contact::default());
        assert_eq!((data.birth_year, data.self_identification), (None, None));
    }

    #[test]
    fn every_fault_is_named_in_one_round() {
        let form = PersonForm {
            document_number: "1",
            given_names: " ",
            paternal_surname: "-",
            maternal_surname: "7",
            sex: "x",
            birth_year: "2027",
            nationality: "pe",
            email: "a@b",
            phone: "12345",
            ethnic_identity: "quechua",
            ..sound()
        };
        let expected = [
            ("document_number", Fault::BadDocument),
            ("given_names", Fault::Missing),
            ("paternal_surname", Fault::BadCharacter),
            ("maternal_surname", Fault::BadCharacter),
            ("sex", Fault::UnknownChoice),
            (
                "birth_year",
                Fault::OutOfRange {
                    min: 1900,
                    max: 2026,
                },
            ),
            ("nationality", Fault::UnknownChoice),
            ("email", Fault::NotAnEmail),
            ("phone", Fault::TooShort { min: 6 }),
            ("consent", Fault::ConsentNeeded),
        ];
        assert_eq!(
            faults(&form),
            expected.map(|(field, fault)| (field.to_owned(), fault))
        );
        let nothing = faults(&PersonForm::default());
        let missing = [
            "document_kind",
            "given_names",
            "paternal_surname",
            "sex",
            "nationality",
        ];
        assert_eq!(
            nothing,
            missing.map(|field| (field.to_owned(), Fault::Missing))
        );
    }

    #[test]
    fn self_identification_needs_consent() {
        let form = PersonForm {
            ethnic_identity: "asháninka",
            consent: "1",
            ..sound()
        };
        let data = PersonData::parse(&form, today()).expect("sound");
        let said = data.self_identification.expect("said");
        assert_eq!(
            said.ethnic_identity.as_ref().map(Text::as_str),
            Some("asháninka")
        );
        // Consent alone keeps nothing.
        let form = PersonForm {
            consent: "1",
            ..sound()
        };
        let data = PersonData::parse(&form, today()).expect("sound");
        assert_eq!(data.self_identification, None);
    }

    #[test]
    fn telephones() {
        let cases = [
            ("+51 (065) 24-1234", Ok(())),
            ("999888777", Ok(())),
            ("99988", Err(Fault::TooShort { min: 6 })),
            ("999 888 777 x2", Err(Fault::BadCharacter)),
            (
                "999999999999999999999999999999999",
                Err(Fault::TooLong { max: 30 }),
            ),
        ];
        for (typed, expected) in cases {
            assert_eq!(Phone::parse(typed).map(|_| ()), expected, "{typed}");
        }
    }
}
