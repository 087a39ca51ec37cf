//! The empty list that institutions fill in: headings that are understood, and no example people.

use capacita_locales::Locale;
use rust_xlsxwriter::{DataValidation, Format, Workbook, XlsxError};

use super::{Field, words};
use crate::server::words::in_language;

/// How many lines the workbook offers its choices on.
const LINES: u32 = 5_000;

/// As a workbook: numbers stay text, so that no leading zero is lost; sex and kind of document are
/// chosen.
pub(super) fn workbook(locale: Locale) -> Result<Vec<u8>, XlsxError> {
    let (headings, sexes, kinds) = in_language(locale, || {
        let kinds = crate::people::words::document_kinds();
        let kinds: Vec<String> = kinds.into_iter().map(|(_, word)| word).collect();
        let headings: Vec<(Field, String)> = Field::ALL
            .iter()
            .map(|&field| (field, words::field(field)))
            .collect();
        (headings, words::sexes(), kinds)
    });
    let (bold, as_text) = (Format::new().set_bold(), Format::new().set_num_format("@"));
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, (field, heading)) in (0_u16..).zip(headings) {
        sheet.write_with_format(0, column, heading, &bold)?;
        sheet.set_column_format(column, &as_text)?;
        sheet.set_column_width(column, 22)?;
        let choices = match field {
            Field::Sex => &sexes,
            Field::DocumentKind => &kinds,
            _ => continue,
        };
        let choice = DataValidation::new().allow_list_strings(choices)?;
        sheet.add_data_validation(1, column, LINES, column, &choice)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    workbook.save_to_buffer()
}

/// As text: the headings, with the mark that makes Excel read the letters aright.
pub(super) fn text(locale: Locale) -> String {
    let headings = in_language(locale, || {
        Field::ALL
            .iter()
            .map(|&field| words::field(field))
            .collect::<Vec<_>>()
    });
    format!("\u{feff}{}\r\n", headings.join(";"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{nomination::columns::guess, tables};

    #[tokio::test]
    async fn what_is_offered_is_understood() {
        for locale in [Locale::es, Locale::en] {
            let workbook = workbook(locale).expect("a workbook");
            for content in [workbook, text(locale).into_bytes()] {
                let table = tables::read(content.into()).await.expect("a table");
                let columns = guess(&table, &[]).columns.0;
                let expected: Vec<_> = Field::ALL.iter().copied().map(Some).collect();
                assert_eq!(columns, expected);
            }
        }
    }
}
