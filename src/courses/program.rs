//! A program as it is typed and as it is kept.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::ProgramId;
use crate::{
    error::{AppError, Fault, FormCheck},
    values::{LongText, Text, date},
};

/// Signatories of a program's certificates at most: the sheet has room for three.
pub const MAX_SIGNATORIES: usize = 3;

/// What was typed about a program.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields of the form, by their names")]
pub struct ProgramForm {
    pub name: String,
    pub summary: String,
    pub implementer: String,
    pub funder: String,
    pub starts_on: String,
    pub ends_on: String,
    pub signatory_1_name: String,
    pub signatory_1_title: String,
    pub signatory_1_institution: String,
    pub signatory_2_name: String,
    pub signatory_2_title: String,
    pub signatory_2_institution: String,
    pub signatory_3_name: String,
    pub signatory_3_title: String,
    pub signatory_3_institution: String,
}

/// Who signs a program's certificates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Signatory {
    /// Their name.
    pub name: Text<120>,
    /// What they are ("Directora").
    pub title: Text<120>,
    /// Where.
    pub institution: Text<160>,
}

/// A program, ready to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewProgram {
    /// Its name, the only one of its kind.
    pub name: Text<160>,
    /// What it is for.
    pub summary: LongText<2000>,
    /// Who carries it out.
    pub implementer: Text<160>,
    /// Who pays for it.
    pub funder: Text<160>,
    /// Its first day.
    pub starts_on: NaiveDate,
    /// Its last day.
    pub ends_on: NaiveDate,
    /// Who signs, in the order of the sheet.
    pub signatories: Vec<Signatory>,
}

impl NewProgram {
    /// Parses what was typed.
    pub fn parse(form: &ProgramForm) -> Result<Self, AppError> {
        let mut check = FormCheck::default();
        let name = check.field("name", Text::parse(&form.name));
        let summary = check.field("summary", LongText::parse(&form.summary));
        let implementer = check.field("implementer", Text::parse(&form.implementer));
        let funder = check.field("funder", Text::parse(&form.funder));
        let starts_on = check.field("starts_on", date(&form.starts_on));
        let ends_on = check.field("ends_on", date(&form.ends_on));
        if let (Some(start), Some(end)) = (starts_on, ends_on)
            && end < start
        {
            check.fault("ends_on", Fault::EndBeforeStart);
        }
        let signatories = [
            signatory(&mut check, &FIELDS[0], form.signatory_1()),
            signatory(&mut check, &FIELDS[1], form.signatory_2()),
            signatory(&mut check, &FIELDS[2], form.signatory_3()),
        ];
        let signatories = signatories.into_iter().flatten().collect();
        let (name, summary, implementer, funder, starts_on, ends_on) =
            check.finish((name, summary, implementer, funder, starts_on, ends_on))?;
        Ok(Self {
            name,
            summary,
            implementer,
            funder,
            starts_on,
            ends_on,
            signatories,
        })
    }
}

/// The names of the three signatories' fields: name, title, institution.
pub const FIELDS: [[&str; 3]; MAX_SIGNATORIES] = [
    [
        "signatory_1_name",
        "signatory_1_title",
        "signatory_1_institution",
    ],
    [
        "signatory_2_name",
        "signatory_2_title",
        "signatory_2_institution",
    ],
    [
        "signatory_3_name",
        "signatory_3_title",
        "signatory_3_institution",
    ],
];

impl ProgramForm {
    fn signatory_1(&self) -> [&str; 3] {
        [
            &self.signatory_1_name,
            &self.signatory_1_title,
            &self.signatory_1_institution,
        ]
    }

    fn signatory_2(&self) -> [&str; 3] {
        [
            &self.signatory_2_name,
            &self.signatory_2_title,
            &self.signatory_2_institution,
        ]
    }

    fn signatory_3(&self) -> [&str; 3] {
        [
            &self.signatory_3_name,
            &self.signatory_3_title,
            &self.signatory_3_institution,
        ]
    }
}

/// One signatory: nobody when all three fields are blank, else all three are needed.
fn signatory(check: &mut FormCheck, fields: &[&str; 3], typed: [&str; 3]) -> Option<Signatory> {
    if typed.iter().all(|text| text.trim().is_empty()) {
        return None;
    }
    let name = check.field(fields[0], Text::parse(typed[0]));
    let title = check.field(fields[1], Text::parse(typed[1]));
    let institution = check.field(fields[2], Text::parse(typed[2]));
    Some(Signatory {
        name: name?,
        title: title?,
        institution: institution?,
    })
}

/// A program as it is kept.
#[derive(Clone, Debug, Serialize)]
pub struct Program {
    /// Its id.
    pub id: ProgramId,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub summary: String,
    /// Who carries it out.
    pub implementer: String,
    /// Who pays for it.
    pub funder: String,
    /// Its first day.
    pub starts_on: NaiveDate,
    /// Its last day.
    pub ends_on: NaiveDate,
    /// For optimistic locking.
    #[serde(skip)]
    pub version: i64,
}

/// A program with those who sign for it: what the audit trail keeps of it.
#[derive(Clone, Debug, Serialize)]
pub struct SignedProgram {
    /// The program.
    #[serde(flatten)]
    pub program: Program,
    /// Who signs, in the order of the sheet: name, title, institution.
    pub signatories: Vec<(String, String, String)>,
}
