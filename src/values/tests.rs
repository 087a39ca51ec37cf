//! What the parsers take and refuse.

use super::*;

#[test]
fn text_keeps_its_bounds() {
    assert_eq!(
        Text::<3>::parse(" a  b ").map(Text::into_string),
        Ok("a b".into())
    );
    assert_eq!(
        Text::<3>::parse("ñañ").map(Text::into_string),
        Ok("ñañ".into())
    );
    assert_eq!(Text::<3>::parse("abcd"), Err(Fault::TooLong { max: 3 }));
    assert_eq!(Text::<3>::parse(" \t"), Err(Fault::Missing));
    for bad in [
        '\u{0}', '\u{ad}', '\u{200b}', '\u{200f}', '\u{202e}', '\u{2066}', '\u{feff}',
    ] {
        let text = format!("a{bad}b");
        assert_eq!(Text::<9>::parse(&text), Err(Fault::BadCharacter), "{bad:?}");
    }
    for joiner in ['\u{200c}', '\u{200d}'] {
        assert!(Text::<9>::parse(&format!("a{joiner}b")).is_ok());
    }
    assert_eq!(
        LongText::<9>::parse("a\r\nb\n").map(LongText::into_string),
        Ok("a\nb".into())
    );
}

#[test]
fn tenths_take_point_and_comma() {
    let cases = [
        ("14", Ok(140)),
        ("14,5", Ok(145)),
        ("13.9", Ok(139)),
        ("20", Ok(200)),
        ("20.1", Err(Fault::OutOfRange { min: 0, max: 20 })),
        ("-1", Err(Fault::NotANumber)),
        ("1.55", Err(Fault::NotANumber)),
        ("", Err(Fault::Missing)),
        ("x", Err(Fault::NotANumber)),
    ];
    for (typed, expected) in cases {
        assert_eq!(tenths(typed, 200), expected, "{typed}");
    }
}

#[test]
fn emails() {
    for good in ["a@b.pe", " Ana.Nunez@MINAM.gob.pe "] {
        assert!(Email::parse(good).is_ok(), "{good}");
    }
    for bad in [
        "", "a", "a@b", "@b.pe", "a@b..pe", "a b@c.pe", "a@b@c.pe", "a@.pe",
    ] {
        assert!(Email::parse(bad).is_err(), "{bad}");
    }
}

#[test]
fn folding() {
    assert_eq!(
        fold("  Núñez-Ch’aska  Q'enti ÜBER "),
        "nunez chaska qenti uber"
    );
    assert_eq!(fold("Nun\u{303}ez"), "nunez");
    assert_eq!(fold("ΑΣ"), fold("ας"));
}

#[test]
fn dates_are_real() {
    assert!(date("2024-02-29").is_ok());
    assert_eq!(date("2023-02-29"), Err(Fault::NotADate));
    assert_eq!(date("0001-01-01"), Err(Fault::NotADate));
    assert_eq!(date(""), Err(Fault::Missing));
}
