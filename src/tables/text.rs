//! Text files: which characters, which separator, which rows.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::{Builder, Table, TableFault};

/// What programs put between the cells of a line.
const SEPARATORS: [u8; 4] = *b";,\t|";

/// How many lines are looked at to find the separator.
const LOOKED_AT: usize = 20;

/// Whether a file can be text: no zero byte, except in UTF-16 with its mark.
pub(super) fn is_text(content: &[u8]) -> bool {
    let marked = matches!(Encoding::for_bom(content), Some((found, _)) if found == UTF_16LE || found == UTF_16BE);
    marked || (!content.contains(&0) && !content.starts_with(b"%PDF"))
}

pub(super) fn read(content: &[u8]) -> Result<Table, TableFault> {
    let text = decoded(content);
    let named = named_separator(&text);
    let mut reader = reader(named.unwrap_or_else(|| guessed_separator(&text)), &text);
    let mut builder = Builder::default();
    let mut record = csv::StringRecord::new();
    let mut lines = Lines::of(&text);
    while reader
        .read_record(&mut record)
        .map_err(|_| TableFault::Damaged)?
    {
        let row = lines.row_at(record.position().map_or(0, csv::Position::byte));
        if named.is_some() && row == 0 {
            continue;
        }
        for (column, cell) in record.iter().enumerate() {
            builder.put(row, column, cell)?;
        }
    }
    Ok(builder.finish())
}

/// Counts lines as an editor does. The reader's own count is behind where lines end in two
/// characters.
struct Lines<'a> {
    text: &'a [u8],
    at: usize,
    row: u32,
}

impl<'a> Lines<'a> {
    const fn of(text: &'a str) -> Self {
        let text = text.as_bytes();
        Self {
            text,
            at: 0,
            row: 0,
        }
    }

    /// The line, from 0, of the record that is read from this byte on; blank lines and the rest of a
    /// line's end come before it.
    fn row_at(&mut self, byte: u64) -> u32 {
        let start = usize::try_from(byte).unwrap_or(usize::MAX);
        while let Some(&next) = self.text.get(self.at) {
            if self.at >= start && !matches!(next, b'\r' | b'\n') {
                break;
            }
            self.row += u32::from(next == b'\n');
            self.at += 1;
        }
        self.row
    }
}

fn reader(separator: u8, text: &str) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
}

/// The text; bytes that are not UTF-8 and have no mark are what Excel in Peru saves.
fn decoded(content: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(content) {
        return encoding.decode_without_bom_handling(&content[mark..]).0;
    }
    match str::from_utf8(content) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(content).0,
    }
}

/// What Excel's own first line `sep=;` says.
fn named_separator(text: &str) -> Option<u8> {
    let separator = *text.strip_prefix("sep=")?.as_bytes().first()?;
    separator
        .is_ascii_punctuation()
        .then_some(separator)
        .or((separator == b'\t').then_some(separator))
}

/// The separator that divides the first lines into the most columns, most often the same number.
fn guessed_separator(text: &str) -> u8 {
    let evenness = |separator: u8| {
        let widths: Vec<usize> = reader(separator, text)
            .records()
            .take(LOOKED_AT)
            .map_while(Result::ok)
            .map(|record| record.len())
            .collect();
        let usual = widths
            .iter()
            .copied()
            .max_by_key(|&width| (count(&widths, width), width));
        usual.map_or((0, 0), |width| {
            if width < 2 {
                (0, 0)
            } else {
                (count(&widths, width), width)
            }
        })
    };
    SEPARATORS
        .into_iter()
        .rev()
        .max_by_key(|&separator| evenness(separator))
        .unwrap_or(b',')
}

fn count(widths: &[usize], width: usize) -> usize {
    widths.iter().filter(|&&other| other == width).count()
}
