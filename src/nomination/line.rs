//! One line of a list: read as a person, in the words that institutions use.

use std::collections::HashMap;

use capacita_locales::Locale;
use chrono::NaiveDate;

use super::{Field, columns::Columns};
use crate::{
    error::{AppError, Fault},
    people::{
        AffiliationForm, Country, Department, DocumentKind, InstitutionId, InstitutionNames,
        NewPerson, PersonForm, words,
    },
    server::words::in_language,
    t_in,
    tables::Row,
    values::fold,
};

/// What is wrong with a cell, and what stands in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineFault {
    /// The field.
    pub field: Field,
    /// What was written.
    pub value: String,
    /// What is wrong with it.
    pub fault: Fault,
}

/// All that is needed to read the lines of one list.
#[derive(Debug)]
pub struct LineReader {
    columns: Columns,
    names: InstitutionNames,
    sender: Option<InstitutionId>,
    today: NaiveDate,
    kinds: HashMap<String, DocumentKind>,
    countries: HashMap<String, Country>,
    departments: HashMap<String, Department>,
}

impl LineReader {
    /// `sender`: where those serve whose line names no institution.
    pub fn new(
        columns: Columns,
        names: InstitutionNames,
        sender: Option<InstitutionId>,
        today: NaiveDate,
    ) -> Self {
        Self {
            columns,
            names,
            sender,
            today,
            kinds: kinds(),
            countries: countries(),
            departments: departments(),
        }
    }

    /// The person of a line, or everything that is wrong with it.
    pub fn read(&self, row: &Row) -> Result<NewPerson, Vec<LineFault>> {
        let mut faults = Vec::new();
        let text = |field| self.columns.text(row, field);
        let mut take = |field, parsed: Result<String, Fault>| match parsed {
            Ok(value) => value,
            Err(fault) => {
                let value = text(field).to_owned();
                faults.push(LineFault {
                    field,
                    value,
                    fault,
                });
                String::new()
            }
        };
        let (kind, number) =
            match self.document(text(Field::DocumentKind), text(Field::DocumentNumber)) {
                Ok(document) => document,
                Err((field, fault)) => (DocumentKind::NoDocument, take(field, Err(fault))),
            };
        let sex = take(Field::Sex, sex(text(Field::Sex)).map(str::to_owned));
        let birth_year = take(Field::BirthYear, birth_year(text(Field::BirthYear)));
        let nationality = take(Field::Nationality, self.country(text(Field::Nationality)));
        let institution = self.institution(text(Field::Institution));
        let country = institution
            .as_ref()
            .ok()
            .and_then(|found| (*found)?.1)
            .unwrap_or(Country::Peru);
        let id = institution
            .as_ref()
            .ok()
            .and_then(|found| Some((*found)?.0));
        let unit = take(Field::Unit, self.unit(id, text(Field::Unit)));
        let institution =
            institution.map(|found| found.map_or_else(String::new, |(id, _)| id.to_string()));
        let institution = take(Field::Institution, institution);
        let (department, region) = if country == Country::Peru {
            (
                take(Field::Department, self.department(text(Field::Department))),
                "",
            )
        } else {
            (String::new(), text(Field::Department))
        };
        // The reason is kept with the person, in the country's language.
        let reason = t_in!(Locale::es, nomination.no_document);
        let person = PersonForm {
            document_kind: kind.as_str(),
            document_number: &number,
            no_document_reason: if kind == DocumentKind::NoDocument {
                &reason
            } else {
                ""
            },
            given_names: text(Field::GivenNames),
            paternal_surname: text(Field::PaternalSurname),
            maternal_surname: text(Field::MaternalSurname),
            sex: if sex.is_empty() { "unstated" } else { &sex },
            birth_year: &birth_year,
            nationality: if nationality.is_empty() {
                "PE"
            } else {
                &nationality
            },
            email: text(Field::Email),
            phone: text(Field::Phone),
            ..PersonForm::default()
        };
        let serves = !institution.is_empty() || !text(Field::Position).is_empty();
        let affiliation = AffiliationForm {
            institution: &institution,
            unit: &unit,
            position: text(Field::Position),
            department: if serves { &department } else { "" },
            country: country.as_str(),
            region: if serves { region } else { "" },
            since: &self.today.to_string(),
        };
        let parsed = NewPerson::parse(&person, &affiliation, self.today);
        if let Err(AppError::Invalid(found)) = &parsed {
            for one in found {
                let field = field_of(&one.field);
                if faults.iter().all(|known| known.field != field) {
                    let value = text(field).to_owned();
                    faults.push(LineFault {
                        field,
                        value,
                        fault: one.fault.clone(),
                    });
                }
            }
        }
        match parsed {
            Ok(person) if faults.is_empty() => Ok(person),
            _ => Err(faults),
        }
    }

    /// A number that was read with a zero more than was written: as written, and as read.
    pub fn padded(&self, row: &Row) -> Option<(String, String)> {
        let written = self.columns.text(row, Field::DocumentNumber);
        let kind = self.columns.text(row, Field::DocumentKind);
        let (_, read) = self.document(kind, written).ok()?;
        (!read.is_empty() && read != written).then(|| (written.to_owned(), read))
    }

    fn institution(&self, text: &str) -> Result<Option<(InstitutionId, Option<Country>)>, Fault> {
        let found = if text.is_empty() {
            self.sender
        } else {
            Some(self.names.institution(text).ok_or(Fault::UnknownChoice)?)
        };
        Ok(found.map(|id| (id, self.names.country(id))))
    }

    fn unit(&self, institution: Option<InstitutionId>, text: &str) -> Result<String, Fault> {
        if text.is_empty() {
            return Ok(String::new());
        }
        let found = institution.and_then(|institution| self.names.unit(institution, text));
        found
            .map(|unit| unit.to_string())
            .ok_or(Fault::UnknownChoice)
    }

    fn country(&self, text: &str) -> Result<String, Fault> {
        if text.is_empty() {
            return Ok(String::new());
        }
        let found = self.countries.get(&fold(text));
        found
            .map(|country| country.as_str().to_owned())
            .ok_or(Fault::UnknownChoice)
    }

    fn department(&self, text: &str) -> Result<String, Fault> {
        if text.is_empty() {
            return Ok(String::new());
        }
        let found = self.departments.get(&fold(text));
        found
            .map(|one| one.as_str().to_owned())
            .ok_or(Fault::UnknownChoice)
    }

    /// Kind and number. Without a word for the kind the number says it: up to eight digits are a DNI,
    /// whose leading zero spreadsheets drop; nine are a foreigner's card; letters a passport.
    fn document(&self, kind: &str, number: &str) -> Result<(DocumentKind, String), (Field, Fault)> {
        let said = match fold(kind).as_str() {
            "" => None,
            word => match self.kinds.get(word) {
                Some(&kind) => Some(kind),
                None => return Err((Field::DocumentKind, Fault::UnknownChoice)),
            },
        };
        let plain: String = number.chars().filter(char::is_ascii_alphanumeric).collect();
        let digits = plain.bytes().all(|b| b.is_ascii_digit());
        if !number.chars().any(char::is_alphanumeric) {
            let kind = said.unwrap_or(DocumentKind::NoDocument);
            return Ok((kind, String::new()));
        }
        let kind = match said {
            Some(kind) => kind,
            None if digits && plain.len() <= 8 => DocumentKind::Dni,
            None if digits && plain.len() == 9 => DocumentKind::ForeignerCard,
            None if digits => return Err((Field::DocumentNumber, Fault::BadDocument)),
            None => DocumentKind::Passport,
        };
        if kind == DocumentKind::Dni && digits && plain.len() == 7 {
            return Ok((kind, format!("0{plain}")));
        }
        Ok((kind, number.to_owned()))
    }
}

/// `f`, `m` or `unstated`.
fn sex(text: &str) -> Result<&'static str, Fault> {
    match fold(text).as_str() {
        "" | "no declara" | "no indica" | "no precisa" | "unstated" | "n d" => Ok("unstated"),
        "f" | "femenino" | "fem" | "mujer" | "female" | "woman" => Ok("f"),
        "m" | "masculino" | "masc" | "hombre" | "varon" | "h" | "male" | "man" => Ok("m"),
        _ => Err(Fault::UnknownChoice),
    }
}

/// The year: `1985`, `1985-03-12`, `12/03/1985`. Blank where nothing is written.
fn birth_year(text: &str) -> Result<String, Fault> {
    let mut parts = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty());
    let (first, last) = (parts.next(), parts.next_back());
    if text.trim().is_empty() {
        return Ok(String::new());
    }
    [first, last]
        .into_iter()
        .flatten()
        .find(|part| part.len() == 4)
        .map(str::to_owned)
        .ok_or(Fault::NotANumber)
}

/// Kinds of document by their words in both languages, and as lists shorten them.
fn kinds() -> HashMap<String, DocumentKind> {
    let mut known = HashMap::new();
    for locale in [Locale::es, Locale::en] {
        let words = in_language(locale, || {
            DocumentKind::ALL
                .iter()
                .map(|&kind| (fold(&words::document_kind(kind)), kind))
                .collect::<Vec<_>>()
        });
        known.extend(words);
    }
    let short = [
        ("dni", DocumentKind::Dni),
        ("d n i", DocumentKind::Dni),
        ("ce", DocumentKind::ForeignerCard),
        ("c e", DocumentKind::ForeignerCard),
        ("carnet de extranjeria", DocumentKind::ForeignerCard),
        ("carne extranjeria", DocumentKind::ForeignerCard),
        ("carnet extranjeria", DocumentKind::ForeignerCard),
        ("pas", DocumentKind::Passport),
        ("ninguno", DocumentKind::NoDocument),
        ("no tiene", DocumentKind::NoDocument),
    ];
    known.extend(short.map(|(word, kind)| (word.to_owned(), kind)));
    known
}

/// Countries by their names in both languages and their codes, and what people of some are called.
fn countries() -> HashMap<String, Country> {
    let mut known = HashMap::new();
    for &country in Country::ALL {
        known.insert(fold(country.as_str()), country);
        for locale in [Locale::es, Locale::en] {
            known.insert(
                fold(&in_language(locale, || words::country(country))),
                country,
            );
        }
    }
    let called = [
        ("peruana", Country::Peru),
        ("peruano", Country::Peru),
        ("peruvian", Country::Peru),
        ("ecuatoriana", Country::Ecuador),
        ("ecuatoriano", Country::Ecuador),
        ("ecuadorian", Country::Ecuador),
        ("colombiana", Country::Colombia),
        ("colombiano", Country::Colombia),
        ("colombian", Country::Colombia),
        ("boliviana", Country::Bolivia),
        ("boliviano", Country::Bolivia),
        ("brasilena", Country::Brazil),
        ("brasileno", Country::Brazil),
        ("chilena", Country::Chile),
        ("chileno", Country::Chile),
        ("venezolana", Country::Venezuela),
        ("venezolano", Country::Venezuela),
        ("estadounidense", Country::UnitedStates),
    ];
    known.extend(called.map(|(word, country)| (word.to_owned(), country)));
    known
}

/// Departments by name, as fiscal and judicial districts write them too. Not by number: RENIEC's
/// codes are not those of INEI, and a bare number does not say whose it is.
fn departments() -> HashMap<String, Department> {
    let mut known: HashMap<String, Department> = Department::ALL
        .iter()
        .map(|&one| (fold(one.name()), one))
        .collect();
    for (word, named) in [
        ("lima metropolitana", "lima"),
        ("lima provincias", "lima"),
        ("lima norte", "lima"),
        ("lima sur", "lima"),
        ("lima este", "lima"),
        ("lima centro", "lima"),
        ("prov const del callao", "callao"),
        ("provincia constitucional del callao", "callao"),
        ("cuzco", "cusco"),
    ] {
        if let Some(&one) = known.get(named) {
            known.insert(word.to_owned(), one);
        }
    }
    known
}

/// Which column a field of the person's form comes from.
fn field_of(form_field: &str) -> Field {
    match form_field {
        "document_kind" => Field::DocumentKind,
        "paternal_surname" => Field::PaternalSurname,
        "maternal_surname" => Field::MaternalSurname,
        "given_names" => Field::GivenNames,
        "sex" => Field::Sex,
        "birth_year" => Field::BirthYear,
        "nationality" => Field::Nationality,
        "email" => Field::Email,
        "phone" => Field::Phone,
        "institution" => Field::Institution,
        "unit" => Field::Unit,
        "position" => Field::Position,
        "department" | "region" | "country" => Field::Department,
        _ => Field::DocumentNumber,
    }
}

#[cfg(test)]
mod tests;
