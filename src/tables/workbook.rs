//! Workbooks: weighed first, then read cell by cell.

use std::io::{Cursor, Read as _};

use calamine::{Data, DataRef, Reader as _, SheetVisible, Xlsx};
use zip::ZipArchive;

use super::{Builder, Table, TableFault};

/// A workbook of a list has some twenty parts.
const MAX_PARTS: usize = 1_000;

/// How many bytes all sheets unpack to at most.
const MAX_SHEETS: u64 = 64 * 1024 * 1024;

/// How many bytes everything else unpacks to at most: it is held in memory whole, and small pieces
/// of it grow there.
const MAX_REST: u64 = 16 * 1024 * 1024;

pub(super) fn read(content: &[u8]) -> Result<Table, TableFault> {
    weigh(content)?;
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(content)).map_err(|_| TableFault::Damaged)?;
    let shown: Vec<String> = workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect();
    for sheet in shown {
        let table = read_sheet(&mut workbook, &sheet)?;
        if !table.rows.is_empty() {
            return Ok(table);
        }
    }
    Ok(Table::default())
}

/// Unpacks every part into nothing: what the archive says of their sizes may be a lie.
fn weigh(content: &[u8]) -> Result<(), TableFault> {
    let mut archive = ZipArchive::new(Cursor::new(content)).map_err(|_| TableFault::Damaged)?;
    if archive.len() > MAX_PARTS {
        return Err(TableFault::TooMuch);
    }
    if archive.index_for_name("xl/workbook.xml").is_none() {
        return Err(TableFault::NotATable);
    }
    let (mut sheets, mut rest) = (MAX_SHEETS, MAX_REST);
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|_| TableFault::Damaged)?;
        let room = if part.name().starts_with("xl/worksheets/") {
            &mut sheets
        } else {
            &mut rest
        };
        let mut limited = part.take(*room + 1);
        let weight =
            std::io::copy(&mut limited, &mut std::io::sink()).map_err(|_| TableFault::Damaged)?;
        *room = room.checked_sub(weight).ok_or(TableFault::TooMuch)?;
    }
    Ok(())
}

fn read_sheet(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Table, TableFault> {
    let mut cells = workbook
        .worksheet_cells_reader(name)
        .map_err(|_| TableFault::Damaged)?;
    let mut builder = Builder::default();
    while let Some(cell) = cells.next_cell().map_err(|_| TableFault::Damaged)? {
        let (row, column) = cell.get_position();
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        match cell.get_value() {
            DataRef::Empty => {}
            DataRef::SharedString(text) => builder.put(row, column, text)?,
            other => builder.put(row, column, &shown(&Data::from(other.clone())))?,
        }
    }
    Ok(builder.finish())
}

/// A value as a person reads it: whole numbers without a point, dates as `1985-03-12`.
fn shown(value: &Data) -> String {
    match value {
        Data::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::DateTimeIso(text) => text.chars().take(10).collect(),
        other => other.to_string(),
    }
}
