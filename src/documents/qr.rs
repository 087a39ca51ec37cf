//! QR codes as SVG, for documents (as image bytes) and for pages (inline).
//!
//! Black modules on a white ground with the quiet zone the standard asks for, whatever the
//! colours around it: a reader must never meet an inverted code. The drawing has a `viewBox` but
//! no size of its own, so that the place that shows it decides how large it is; there it also
//! gets its text alternative.

use std::fmt::Write as _;

use fast_qr::{ECL, QRBuilder, QRCode};

use super::DocumentError;

/// Modules of white around the code (ISO/IEC 18004 asks for four).
const QUIET_ZONE: usize = 4;

/// The QR code of `text` as an SVG element, error correction M (15 %).
///
/// The same text always gives the same drawing.
///
/// # Errors
///
/// [`DocumentError::Invalid`] if `text` is longer than a QR code can carry (about 2,300 bytes).
pub fn svg(text: &str) -> Result<String, DocumentError> {
    let Drawing { side, path } = Drawing::of(text)?;
    Ok(format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{side}v{side}H0z"/><path fill="#000" d="{path}"/></svg>"##
    ))
}

/// The same as numbers, for a page that draws it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// Modules on a side, with the quiet zone.
    pub side: usize,
    /// One SVG path of all dark modules.
    pub path: String,
}

impl Drawing {
    /// The drawing of a text.
    ///
    /// # Errors
    ///
    /// [`DocumentError::Invalid`] if `text` is longer than a QR code can carry.
    pub fn of(text: &str) -> Result<Self, DocumentError> {
        let code = QRBuilder::new(text)
            .ecl(ECL::M)
            .build()
            .map_err(|_| DocumentError::Invalid("the text does not fit in a QR code"))?;
        Ok(Self {
            side: code.size + 2 * QUIET_ZONE,
            path: dark_modules(&code),
        })
    }
}

/// One SVG path of all dark modules: each run of neighbours in a row is one rectangle, so that
/// the drawing stays small and shows no seams.
fn dark_modules(code: &QRCode) -> String {
    let mut path = String::new();
    for y in 0..code.size {
        let row = &code[y];
        let mut x = 0;
        for run in row.chunk_by(|left, right| left.value() == right.value()) {
            let width = run.len();
            if run[0].value() {
                let (left, top) = (x + QUIET_ZONE, y + QUIET_ZONE);
                write!(path, "M{left} {top}h{width}v1h-{width}z")
                    .expect("writing to a String cannot fail");
            }
            x += width;
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_the_finder_pattern_inside_the_quiet_zone() {
        let drawing = svg("https://capacita.example/verify/K7Q2-M9XD-4TFA").unwrap();
        assert!(drawing.starts_with("<svg xmlns="));
        assert!(drawing.ends_with("</svg>"));
        // The top edge of the finder pattern is seven modules wide.
        assert!(drawing.contains("M4 4h7v1h-7z"));
    }

    #[test]
    fn is_the_same_every_time() {
        assert_eq!(svg("Ch'aska").unwrap(), svg("Ch'aska").unwrap());
    }

    #[test]
    fn never_repeats_its_text_as_markup() {
        assert!(!svg("<script>").unwrap().contains("script"));
    }

    #[test]
    fn refuses_what_no_code_can_carry() {
        let error = svg(&"x".repeat(3_000)).unwrap_err();
        assert_eq!(
            error,
            DocumentError::Invalid("the text does not fit in a QR code")
        );
    }
}
