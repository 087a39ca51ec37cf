//! What may be typed about a session, and what may not.

use super::*;

fn bounds() -> Bounds {
    let day = |text: &str| text.parse().expect("a date");
    Bounds {
        from: day("2026-11-21"),
        until: day("2026-12-05"),
    }
}

fn form() -> MeetingForm {
    MeetingForm {
        title: "Primera".into(),
        modality: "in_person".into(),
        date: "2026-12-05".into(),
        start: "09:00".into(),
        end: "13:00".into(),
        ..MeetingForm::default()
    }
}

#[test]
fn a_meeting_is_worth_its_length_unless_told() {
    let session = NewSession::meeting(&form(), bounds()).expect("sound");
    assert_eq!(session.starts_at.to_rfc3339(), "2026-12-05T14:00:00+00:00");
    assert_eq!(session.ends_at.to_rfc3339(), "2026-12-05T18:00:00+00:00");
    assert_eq!(session.planned_minutes, 240);
    let told = MeetingForm {
        planned_minutes: "210".into(),
        ..form()
    };
    let session = NewSession::meeting(&told, bounds()).expect("sound");
    assert_eq!(session.planned_minutes, 210);
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of cases")]
fn what_is_refused() {
    let long = Fault::OutOfRange { min: 1, max: 240 };
    let cases = [
        (
            MeetingForm {
                title: String::new(),
                ..form()
            },
            "title",
            Fault::Missing,
        ),
        (
            MeetingForm {
                title: "a".repeat(201),
                ..form()
            },
            "title",
            Fault::TooLong { max: 200 },
        ),
        (
            MeetingForm {
                modality: "self_paced".into(),
                ..form()
            },
            "modality",
            Fault::UnknownChoice,
        ),
        (
            MeetingForm {
                date: "2026-11-20".into(),
                ..form()
            },
            "date",
            Fault::OutsideEdition,
        ),
        (
            MeetingForm {
                date: "2026-12-06".into(),
                ..form()
            },
            "date",
            Fault::OutsideEdition,
        ),
        (
            MeetingForm {
                date: "tomorrow".into(),
                ..form()
            },
            "date",
            Fault::NotADate,
        ),
        (
            MeetingForm {
                start: "25:00".into(),
                ..form()
            },
            "start",
            Fault::NotATime,
        ),
        (
            MeetingForm {
                end: "09:00".into(),
                ..form()
            },
            "end",
            Fault::EndBeforeStart,
        ),
        (
            MeetingForm {
                end: "08:59".into(),
                ..form()
            },
            "end",
            Fault::EndBeforeStart,
        ),
        (
            MeetingForm {
                planned_minutes: "0".into(),
                ..form()
            },
            "planned_minutes",
            long.clone(),
        ),
        (
            MeetingForm {
                planned_minutes: "241".into(),
                ..form()
            },
            "planned_minutes",
            long,
        ),
        (
            MeetingForm {
                meeting_link: "http://meet.pe/a".into(),
                ..form()
            },
            "meeting_link",
            Fault::NotALink,
        ),
        (
            MeetingForm {
                facilitator: "x".into(),
                ..form()
            },
            "facilitator",
            Fault::UnknownChoice,
        ),
    ];
    for (form, field, fault) in cases {
        let refused = Err(AppError::field(field, fault));
        assert_eq!(NewSession::meeting(&form, bounds()), refused, "{form:?}");
    }
}

#[test]
fn a_unit_is_open_for_whole_days() {
    let form = UnitForm {
        title: "Autónoma".into(),
        opens_on: "2026-11-21".into(),
        closes_on: "2026-12-05".into(),
        planned_minutes: "120".into(),
    };
    let unit = NewSession::unit(&form, bounds()).expect("sound");
    assert_eq!(unit.starts_at.to_rfc3339(), "2026-11-21T05:00:00+00:00");
    assert_eq!(unit.ends_at.to_rfc3339(), "2026-12-06T04:59:00+00:00");
    let refused = [
        (
            UnitForm {
                closes_on: "2026-12-06".into(),
                ..form.clone()
            },
            "closes_on",
            Fault::OutsideEdition,
        ),
        (
            UnitForm {
                opens_on: "2026-12-02".into(),
                closes_on: "2026-12-01".into(),
                ..form.clone()
            },
            "closes_on",
            Fault::EndBeforeStart,
        ),
        (
            UnitForm {
                planned_minutes: String::new(),
                ..form.clone()
            },
            "planned_minutes",
            Fault::Missing,
        ),
        (
            UnitForm {
                planned_minutes: "6001".into(),
                ..form
            },
            "planned_minutes",
            Fault::OutOfRange {
                min: 1,
                max: MAX_MINUTES,
            },
        ),
    ];
    for (form, field, fault) in refused {
        let refused = Err(AppError::field(field, fault));
        assert_eq!(NewSession::unit(&form, bounds()), refused, "{form:?}");
    }
}

#[test]
fn meeting_links() {
    for good in ["https://meet.example.pe/abc", "https://zoom.us/j/1?pwd=x"] {
        assert!(MeetingLink::parse(good).is_ok(), "{good}");
    }
    for bad in [
        "http://meet.pe",
        "https://",
        "https://meet",
        "javascript:alert(1)",
        "meet.pe/a",
        "https://a.pe/\"><script>",
        "https://user@evil.pe",
        "https://.pe",
        "ftp://a.pe",
    ] {
        assert_eq!(MeetingLink::parse(bad), Err(Fault::NotALink), "{bad}");
    }
}
