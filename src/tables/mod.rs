//! Tables that somebody else made: spreadsheets and text files, read as rows of text.
//!
//! What comes in is not trusted. A workbook is an archive of parts, any of which may unpack to
//! gigabytes; so the parts are counted and unpacked into nothing first, up to a limit, and only what
//! stays within it is read. One file is read at a time, on a thread of its own. What is read is text:
//! numbers and dates as they are shown, no formulas, no styles.
//!
//! | file | read as |
//! | --- | --- |
//! | `.xlsx` | the first sheet that is shown and not empty |
//! | `.csv`, `.txt` | UTF-8, UTF-16 with its mark, otherwise Windows-1252; comma, semicolon, tab or bar |
//!
//! Refused with a [`TableFault`]: anything else, protected and damaged workbooks, too much of
//! anything.

mod text;
mod workbook;

use axum::body::Bytes;
use tokio::sync::Semaphore;

use crate::error::Fault;

/// The most rows that are read, headings included.
pub const MAX_ROWS: usize = 10_001;

/// The most columns that are read.
pub const MAX_COLUMNS: usize = 100;

/// The longest text of a cell in characters; what is longer is cut, and too long for any field.
const MAX_CELL: usize = 2_000;

/// Reading takes memory: one file at a time.
static TURN: Semaphore = Semaphore::const_new(1);

/// Rows of text with their place in the file. Rows without any text are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The rows that hold something, in their order.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The row's number in the sheet, or the line's in the text file, from 1: what a person sees
    /// beside it.
    pub number: u32,
    /// Cells from the first column on, trimmed; as many as the row has.
    pub cells: Vec<String>,
}

impl Row {
    /// The text of a column; blank where the row is shorter.
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }
}

/// Why a file is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableFault {
    /// Neither a workbook nor text.
    NotATable,
    /// A workbook of Excel before 2007, or of another program.
    OldWorkbook,
    /// A workbook that asks for a password.
    Protected,
    /// A workbook that is not whole.
    Damaged,
    /// It unpacks to more than any list of people needs.
    TooMuch,
    /// More than [`MAX_ROWS`] rows.
    TooManyRows,
    /// More than [`MAX_COLUMNS`] columns.
    TooManyColumns,
    /// Nothing in it.
    Empty,
}

impl TableFault {
    /// What a form says of it; `foreign` where the file is of quite another kind than asked for.
    pub fn told(self, foreign: Fault) -> Fault {
        match self {
            Self::NotATable => foreign,
            Self::OldWorkbook => Fault::OldWorkbook,
            Self::Protected => Fault::ProtectedWorkbook,
            Self::Damaged => Fault::DamagedWorkbook,
            Self::TooMuch | Self::TooManyColumns => Fault::TooMuchInFile,
            Self::TooManyRows => Fault::TooMany {
                max: i64::try_from(MAX_ROWS - 1).unwrap_or(i64::MAX),
            },
            Self::Empty => Fault::EmptyFile,
        }
    }
}

/// Reads a file, whatever its name says it is.
pub async fn read(content: Bytes) -> Result<Table, TableFault> {
    let turn = TURN.acquire().await;
    let read = tokio::task::spawn_blocking(move || read_now(&content)).await;
    drop(turn);
    // A reader that fails on hostile input has found it damaged.
    read.unwrap_or(Err(TableFault::Damaged))
}

fn read_now(content: &[u8]) -> Result<Table, TableFault> {
    let table = match Kind::of(content) {
        Kind::Archive => workbook::read(content)?,
        Kind::Compound => return Err(compound_fault(content)),
        Kind::Text => text::read(content)?,
        Kind::Other => return Err(TableFault::NotATable),
    };
    if table.rows.is_empty() {
        return Err(TableFault::Empty);
    }
    Ok(table)
}

/// What the first bytes say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A zip archive.
    Archive,
    /// The container of old workbooks, and of new ones with a password.
    Compound,
    /// Text, as far as can be seen.
    Text,
    /// Something else.
    Other,
}

impl Kind {
    fn of(content: &[u8]) -> Self {
        if content.starts_with(b"PK") {
            Self::Archive
        } else if content.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
            Self::Compound
        } else if text::is_text(content) {
            Self::Text
        } else {
            Self::Other
        }
    }
}

/// A workbook with a password is a compound file with a stream of this name.
fn compound_fault(content: &[u8]) -> TableFault {
    let name: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    if content.windows(name.len()).any(|window| window == name) {
        TableFault::Protected
    } else {
        TableFault::OldWorkbook
    }
}

/// Builds a table within the limits.
#[derive(Debug, Default)]
struct Builder {
    rows: Vec<Row>,
}

impl Builder {
    /// Takes the text of a cell; `row` and `column` from 0, row by row. Blank text is nothing.
    fn put(&mut self, row: u32, column: usize, text: &str) -> Result<(), TableFault> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(());
        }
        if column >= MAX_COLUMNS {
            return Err(TableFault::TooManyColumns);
        }
        let number = row.saturating_add(1);
        if self.rows.last().is_some_and(|last| last.number > number) {
            return Err(TableFault::Damaged);
        }
        if self.rows.last().is_none_or(|last| last.number != number) {
            if self.rows.len() >= MAX_ROWS {
                return Err(TableFault::TooManyRows);
            }
            let cells = Vec::new();
            self.rows.push(Row { number, cells });
        }
        let row = self.rows.last_mut().expect("one was just put there");
        if row.cells.len() <= column {
            row.cells.resize(column + 1, String::new());
        }
        row.cells[column] = text.chars().take(MAX_CELL + 1).collect();
        Ok(())
    }

    fn finish(self) -> Table {
        Table { rows: self.rows }
    }
}

#[cfg(test)]
mod tests;
