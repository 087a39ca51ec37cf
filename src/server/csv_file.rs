//! Lists as text files for spreadsheets: UTF-8 with its mark, commas, one line a row.

use std::io;

use axum::{
    body::Body,
    http::header,
    response::{IntoResponse as _, Response},
};
use futures::{Stream, StreamExt as _, stream};

use super::attachment;
use crate::error::AppError;

/// The cells of a row.
pub type Cells = Vec<String>;

/// What tells a spreadsheet that the text is UTF-8.
const MARK: &str = "\u{feff}";

/// A whole file: the head, then the rows.
pub fn csv_text(head: Cells, rows: impl IntoIterator<Item = Cells>) -> Vec<u8> {
    let mut text = MARK.as_bytes().to_vec();
    text.extend(lines(std::iter::once(head).chain(rows)));
    text
}

/// A file of any length, sent while it is read. Where reading breaks off, so does the file: a
/// browser says that it is not whole.
pub fn csv_stream(
    name: &str,
    head: Cells,
    parts: impl Stream<Item = Result<Vec<Cells>, AppError>> + Send + 'static,
) -> Response {
    let head = stream::once(async { Ok(csv_text(head, [])) });
    let rest = parts.map(|part| part.map(lines));
    let body = head
        .chain(rest)
        .map(|part| part.map_err(|_| io::Error::other("the list could not be read to its end")));
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, attachment(name)),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    (headers, Body::from_stream(body)).into_response()
}

fn lines(rows: impl IntoIterator<Item = Cells>) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        let cells = row.iter().map(|cell| neutral(cell));
        writer
            .write_record(cells)
            .expect("memory takes all, and rows are as long as the head");
    }
    writer.into_inner().expect("memory takes all")
}

/// Text that no spreadsheet takes for a formula.
pub fn neutral(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_neutralised() {
        for (text, shown) in [
            ("=1+1", "'=1+1"),
            ("@x", "'@x"),
            ("-x", "'-x"),
            ("+x", "'+x"),
            ("a=b", "a=b"),
        ] {
            assert_eq!(neutral(text), shown);
        }
    }

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        let row = |cells: [&str; 2]| cells.map(str::to_owned).to_vec();
        let text = csv_text(
            row(["a", "b"]),
            [row(["x, y", "=\"z\""]), row(["ñ\nm", ""])],
        );
        assert_eq!(
            String::from_utf8(text).expect("UTF-8"),
            "\u{feff}a,b\n\"x, y\",\"'=\"\"z\"\"\"\n\"ñ\nm\",\n"
        );
    }
}
