//! A step as it is typed and as it is kept.

use axum::body::Bytes;
use serde::{Deserialize, Serialize};

use super::{StepKind, file_kind::FileKind};
use crate::{
    error::{AppError, Fault, FormCheck},
    server::SentFile,
    values::{LongText, Text, whole_number},
};

/// The most answers of a question.
pub const MAX_ANSWERS: usize = 8;

/// What was typed about a step, whatever its kind.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields of the form, by their names")]
pub struct StepForm {
    pub title: String,
    pub body: String,
    pub link: String,
    /// Which answer is right: 1 to 8, as they stand in the form.
    pub correct: String,
    pub answer_1: String,
    pub answer_2: String,
    pub answer_3: String,
    pub answer_4: String,
    pub answer_5: String,
    pub answer_6: String,
    pub answer_7: String,
    pub answer_8: String,
    pub feedback_1: String,
    pub feedback_2: String,
    pub feedback_3: String,
    pub feedback_4: String,
    pub feedback_5: String,
    pub feedback_6: String,
    pub feedback_7: String,
    pub feedback_8: String,
}

/// The fields of the answers: answer and feedback, in the order of the form.
pub const ANSWER_FIELDS: [(&str, &str); MAX_ANSWERS] = [
    ("answer_1", "feedback_1"),
    ("answer_2", "feedback_2"),
    ("answer_3", "feedback_3"),
    ("answer_4", "feedback_4"),
    ("answer_5", "feedback_5"),
    ("answer_6", "feedback_6"),
    ("answer_7", "feedback_7"),
    ("answer_8", "feedback_8"),
];

impl StepForm {
    fn answers(&self) -> [(&str, &str); MAX_ANSWERS] {
        [
            (&self.answer_1, &self.feedback_1),
            (&self.answer_2, &self.feedback_2),
            (&self.answer_3, &self.feedback_3),
            (&self.answer_4, &self.feedback_4),
            (&self.answer_5, &self.feedback_5),
            (&self.answer_6, &self.feedback_6),
            (&self.answer_7, &self.feedback_7),
            (&self.answer_8, &self.feedback_8),
        ]
    }
}

/// A step, ready to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewStep {
    /// What it is called.
    pub title: Text<160>,
    /// Markdown: the text, what the file or link is about, or the question.
    pub body: LongText<20000>,
    /// What it asks of the learner.
    pub content: Content,
}

/// What a step asks of the learner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// To read.
    Text,
    /// To open a page elsewhere.
    Link(Link),
    /// To find the one right of two to eight answers.
    Question(Vec<Answer>),
    /// To look at a file; `None`: the one that is there already.
    File(Option<NewFile>),
}

impl Content {
    /// The kind of the step.
    pub const fn kind(&self) -> StepKind {
        match self {
            Self::Text => StepKind::Text,
            Self::Link(_) => StepKind::Link,
            Self::Question(_) => StepKind::Question,
            Self::File(_) => StepKind::File,
        }
    }
}

/// One answer of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What can be chosen.
    pub text: Text<500>,
    /// Whether it is right; one of a question is.
    pub correct: bool,
    /// What is said to whoever chooses it; may be empty.
    pub feedback: LongText<1000>,
}

/// A file, ready to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    /// Its name: no folders, no control characters, with the extension of its kind.
    pub name: String,
    /// What its content says it is.
    pub kind: FileKind,
    /// Everything in it, 1 to 10,485,760 bytes.
    pub content: Bytes,
}

impl NewStep {
    /// Parses a step that sends no file.
    pub fn parse(kind: StepKind, form: &StepForm) -> Result<Self, AppError> {
        let mut check = FormCheck::default();
        let (title, body) = words(&mut check, kind, form);
        let content = match kind {
            StepKind::Text => Some(Content::Text),
            StepKind::Link => check
                .field("link", Link::parse(&form.link))
                .map(Content::Link),
            StepKind::Question => answers(&mut check, form).map(Content::Question),
            StepKind::File => Some(Content::File(None)),
        };
        let (title, body, content) = check.finish((title, body, content))?;
        Ok(Self {
            title,
            body,
            content,
        })
    }

    /// Parses a step with its file, which may be left out only where there is one already.
    pub fn parse_with_file(
        form: &StepForm,
        file: &SentFile,
        has_one: bool,
    ) -> Result<Self, AppError> {
        let mut check = FormCheck::default();
        let (title, body) = words(&mut check, StepKind::File, form);
        let file = check.field("file", NewFile::parse(file, has_one));
        let (title, body, file) = check.finish((title, body, file))?;
        Ok(Self {
            title,
            body,
            content: Content::File(file),
        })
    }
}

/// Title and body; texts and questions are nothing without a body.
fn words(
    check: &mut FormCheck,
    kind: StepKind,
    form: &StepForm,
) -> (Option<Text<160>>, Option<LongText<20000>>) {
    let title = check.field("title", Text::parse(&form.title));
    let needed = matches!(kind, StepKind::Text | StepKind::Question);
    let body = match LongText::parse(&form.body) {
        Ok(body) if needed && body.as_str().trim().is_empty() => Err(Fault::Missing),
        parsed => parsed,
    };
    (title, check.field("body", body))
}

/// The answers that were filled in, two or more, of which exactly one is right.
fn answers(check: &mut FormCheck, form: &StepForm) -> Option<Vec<Answer>> {
    let correct = match whole_number(&form.correct, 1, 8) {
        Ok(number) => usize::try_from(number).ok(),
        Err(_) => None,
    };
    let mut found: Vec<Answer> = Vec::new();
    let mut sound = true;
    for (index, (text, feedback)) in form.answers().into_iter().enumerate() {
        let (answer_field, feedback_field) = ANSWER_FIELDS[index];
        if text.trim().is_empty() && feedback.trim().is_empty() {
            continue;
        }
        let text = Text::parse(text).and_then(|text| {
            let twice = found.iter().any(|earlier| earlier.text == text);
            if twice {
                Err(Fault::DuplicateName)
            } else {
                Ok(text)
            }
        });
        let text = check.field(answer_field, text);
        let feedback = check.field(feedback_field, LongText::parse(feedback));
        match (text, feedback) {
            (Some(text), Some(feedback)) => found.push(Answer {
                text,
                correct: correct == Some(index + 1),
                feedback,
            }),
            _ => sound = false,
        }
    }
    let one_is_right = found.iter().any(|answer| answer.correct);
    if sound && (found.len() < 2 || !one_is_right) {
        check.fault("correct", Fault::BadOptions);
    }
    (sound && one_is_right).then_some(found)
}

/// An address that begins with `https://` and names a host; at most 500 characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link(Text<500>);

impl Link {
    /// Parses what was typed.
    ///
    /// Refuses names and passwords before the host (`https://gob.pe@evil.pe`): what is read there
    /// is not where it leads.
    pub fn parse(typed: &str) -> Result<Self, Fault> {
        let text = Text::parse(typed)?;
        let rest = text.as_str().strip_prefix("https://");
        let host = rest.and_then(host).ok_or(Fault::NotALink)?;
        let plain = |c: char| !c.is_whitespace() && !matches!(c, '"' | '<' | '>' | '\\' | '`');
        let sound = host.contains('.')
            && !host.starts_with('.')
            && !host.contains('@')
            && text.as_str().chars().all(plain);
        if sound {
            Ok(Self(text))
        } else {
            Err(Fault::NotALink)
        }
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

/// What stands between the slashes, before path, query and fragment.
fn host(rest: &str) -> Option<&str> {
    rest.split(['/', '?', '#']).next()
}

/// The host of an address that was kept: `www.gob.pe`.
pub fn link_host(link: &str) -> &str {
    let rest = link.strip_prefix("https://").unwrap_or(link);
    host(rest).unwrap_or(rest)
}

impl NewFile {
    /// Parses what was sent; `None` where nothing was and `has_one` says that nothing need be.
    pub fn parse(sent: &SentFile, has_one: bool) -> Result<Option<Self>, Fault> {
        if has_one && matches!(sent, SentFile::None) {
            return Ok(None);
        }
        let (name, content) = sent.whole()?;
        let kind = FileKind::of(&name, content)?;
        Ok(Some(Self {
            name,
            kind,
            content: content.clone(),
        }))
    }
}

#[cfg(test)]
mod tests;
