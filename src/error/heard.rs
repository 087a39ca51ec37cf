//! What the browser hears of an error.
//!
//! The islands tell few errors apart, and a reader for all of them would be a tenth of the
//! client: so it knows these by their very text, and takes any other for a refusal.

#[cfg(any(test, not(feature = "ssr")))]
use super::{AppError, Reason};

/// The errors that an island tells apart, as the server writes them.
#[cfg(any(test, not(feature = "ssr")))]
fn hear(body: &[u8]) -> AppError {
    match body {
        b"\"SignInRequired\"" => AppError::SignInRequired,
        b"\"Forbidden\"" => AppError::Forbidden,
        b"\"NotFound\"" => AppError::NotFound,
        b"{\"Conflict\":\"EditionClosed\"}" => Reason::EditionClosed.into(),
        b"{\"Conflict\":\"SessionNotBegun\"}" => Reason::SessionNotBegun.into(),
        b"{\"Conflict\":\"NotTakingPart\"}" => Reason::NotTakingPart.into(),
        refused if is(refused, "Conflict") || is(refused, "Invalid") => {
            AppError::Invalid(Vec::new())
        }
        // A fault of the server, or of what lies between: another try may do.
        _ => AppError::Transport(String::new()),
    }
}

/// Whether the text is an error of this kind.
#[cfg(any(test, not(feature = "ssr")))]
fn is(body: &[u8], kind: &str) -> bool {
    let rest = body.strip_prefix(b"{\"");
    rest.is_some_and(|rest| rest.starts_with(kind.as_bytes()))
}

/// How the client reads errors.
#[cfg(not(feature = "ssr"))]
#[derive(Debug)]
pub struct Heard;

#[cfg(not(feature = "ssr"))]
mod codec {
    use std::convert::Infallible;

    use leptos::server_fn::{
        Bytes, ContentType, Decodes, Encodes, Format, FormatType, codec::JsonEncoding,
    };

    use super::{AppError, Heard, hear};

    impl ContentType for Heard {
        const CONTENT_TYPE: &'static str = JsonEncoding::CONTENT_TYPE;
    }

    impl FormatType for Heard {
        const FORMAT_TYPE: Format = Format::Text;
    }

    /// The browser tells nobody of its errors.
    impl Encodes<AppError> for Heard {
        type Error = Infallible;

        fn encode(_: &AppError) -> Result<Bytes, Infallible> {
            Ok(Bytes::new())
        }
    }

    impl Decodes<AppError> for Heard {
        type Error = Infallible;

        fn decode(bytes: Bytes) -> Result<AppError, Infallible> {
            Ok(hear(&bytes))
        }
    }
}

#[cfg(test)]
mod tests {
    use leptos::server_fn::error::FromServerFnError as _;

    use super::*;
    use crate::error::Fault;

    #[test]
    fn the_browser_hears_what_the_server_says() {
        let refused = || AppError::Invalid(Vec::new());
        let later = || AppError::Transport(String::new());
        for (said, heard) in [
            (AppError::SignInRequired, AppError::SignInRequired),
            (AppError::Forbidden, AppError::Forbidden),
            (AppError::NotFound, AppError::NotFound),
            (Reason::EditionClosed.into(), Reason::EditionClosed.into()),
            (
                Reason::SessionNotBegun.into(),
                Reason::SessionNotBegun.into(),
            ),
            (Reason::NotTakingPart.into(), Reason::NotTakingPart.into()),
            (Reason::OwnRecord.into(), refused()),
            (Reason::TooManyAttempts { minutes: 3 }.into(), refused()),
            (
                AppError::field("minutes", Fault::BadMinutes { planned: 9 }),
                refused(),
            ),
            (AppError::Transport("a proxy".to_owned()), later()),
            (
                AppError::Internal {
                    incident: "a1".to_owned(),
                },
                later(),
            ),
        ] {
            assert_eq!(hear(&said.ser()), heard, "{said:?}");
        }
        assert_eq!(hear(b"<html>502 Bad Gateway</html>"), later());
    }
}
