//! What may be typed about a step, and what may not.

use super::*;
use crate::error::FieldError;

/// A question with its answers and the number of the right one.
fn question(answers: &[(&str, &str)], correct: &str) -> StepForm {
    let at = |index: usize| answers.get(index).copied().unwrap_or_default();
    let text = |index: usize| at(index).0.to_owned();
    let feedback = |index: usize| at(index).1.to_owned();
    StepForm {
        title: "Pregunta".into(),
        body: "¿Qué es?".into(),
        correct: correct.into(),
        answer_1: text(0),
        answer_2: text(1),
        answer_3: text(2),
        answer_8: text(7),
        feedback_1: feedback(0),
        feedback_2: feedback(1),
        feedback_3: feedback(2),
        feedback_8: feedback(7),
        ..StepForm::default()
    }
}

fn faults(parsed: Result<NewStep, AppError>) -> Vec<(String, Fault)> {
    match parsed {
        Ok(step) => panic!("taken: {step:?}"),
        Err(AppError::Invalid(faults)) => faults
            .into_iter()
            .map(|FieldError { field, fault }| (field, fault))
            .collect(),
        Err(other) => panic!("{other:?}"),
    }
}

fn at(field: &str, fault: Fault) -> (String, Fault) {
    (field.to_owned(), fault)
}

#[test]
fn a_question_has_two_answers_or_more_and_one_that_is_right() {
    let parsed = NewStep::parse(
        StepKind::Question,
        &question(&[("Sí", "Bien."), ("", ""), ("No", "")], "1"),
    );
    let Ok(Content::Question(answers)) = parsed.map(|step| step.content) else {
        panic!("a question");
    };
    let kept: Vec<_> = answers
        .iter()
        .map(|answer| {
            (
                answer.text.as_str(),
                answer.correct,
                answer.feedback.as_str(),
            )
        })
        .collect();
    assert_eq!(kept, [("Sí", true, "Bien."), ("No", false, "")]);

    let bad = [at("correct", Fault::BadOptions)];
    for (answers, correct) in [
        (&[][..], ""),
        (&[("Sí", "")], "1"),
        (&[("Sí", ""), ("No", "")], ""),
        (&[("Sí", ""), ("No", "")], "3"),
        (&[("Sí", ""), ("No", "")], "9"),
        (&[("Sí", ""), ("No", "")], "x"),
    ] {
        let refused = faults(NewStep::parse(
            StepKind::Question,
            &question(answers, correct),
        ));
        assert_eq!(refused, bad, "{answers:?} {correct}");
    }
}

#[test]
fn answers_have_words_and_differ() {
    let refused = faults(NewStep::parse(
        StepKind::Question,
        &question(&[("Sí", ""), ("", "¿De qué?"), (" Sí ", "")], "1"),
    ));
    let expected = [
        at("answer_2", Fault::Missing),
        at("answer_3", Fault::DuplicateName),
    ];
    assert_eq!(refused, expected);
}

#[test]
fn texts_and_questions_need_a_body() {
    let form = StepForm {
        title: " ".into(),
        body: " \n ".into(),
        ..StepForm::default()
    };
    let expected = [at("title", Fault::Missing), at("body", Fault::Missing)];
    assert_eq!(faults(NewStep::parse(StepKind::Text, &form)), expected);
    let link = StepForm {
        title: "Ley".into(),
        link: "https://www.gob.pe/".into(),
        ..StepForm::default()
    };
    assert!(NewStep::parse(StepKind::Link, &link).is_ok());
}

#[test]
fn links_are_https_and_lead_where_they_say() {
    for good in [
        "https://www.gob.pe/",
        "https://www.gob.pe",
        "https://elperuano.pe/normas?id=1&x=ñ#a",
        " https://www.gob.pe/ley_30364 ",
    ] {
        assert_eq!(
            Link::parse(good).expect("a link").as_str(),
            good.trim(),
            "{good}"
        );
    }
    for bad in [
        "http://www.gob.pe/",
        "//www.gob.pe/",
        "www.gob.pe",
        "javascript:alert(1)",
        "https://",
        "https:///ley",
        "https://gob.pe@evil.pe/",
        "https://localhost/",
        "https://www.gob.pe/a b",
        "https://www.gob.pe/\"onclick=alert(1)",
        "https://www.gob.pe\\@evil.pe",
        "data:text/html,<script>",
    ] {
        assert_eq!(Link::parse(bad), Err(Fault::NotALink), "{bad}");
    }
    assert_eq!(Link::parse(" "), Err(Fault::Missing));
    let long = format!("https://www.gob.pe/{}", "a".repeat(500));
    assert_eq!(Link::parse(&long), Err(Fault::TooLong { max: 500 }));
    assert_eq!(link_host("https://www.gob.pe/ley?x#y"), "www.gob.pe");
}

#[test]
fn a_file_is_needed_unless_there_is_one() {
    assert_eq!(NewFile::parse(&SentFile::None, true), Ok(None));
    assert_eq!(NewFile::parse(&SentFile::None, false), Err(Fault::Missing));
    let too_large = Err(Fault::FileTooLarge { max_mb: 10 });
    assert_eq!(NewFile::parse(&SentFile::TooLarge, true), too_large);
    let sent = |name: &str, content: &'static [u8]| SentFile::Whole {
        name: name.into(),
        content: Bytes::from_static(content),
    };
    let taken = NewFile::parse(&sent("ley.pdf", b"%PDF-1.7"), false);
    let taken = taken.expect("a file").expect("a new one");
    assert_eq!(
        (taken.name.as_str(), taken.kind),
        ("ley.pdf", FileKind::Pdf)
    );
    let wrong = NewFile::parse(&sent("ley.pdf", b"<html>"), false);
    assert_eq!(wrong, Err(Fault::BadFileType));
}
