use std::io::{Cursor, Write as _};

use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::*;

fn text(content: &[u8]) -> Vec<Vec<String>> {
    let table = read_now(content).expect("a table");
    table.rows.into_iter().map(|row| row.cells).collect()
}

fn lines(rows: &[&[&str]]) -> Vec<Vec<String>> {
    rows.iter()
        .map(|row| row.iter().map(|&cell| cell.to_owned()).collect())
        .collect()
}

/// A zip archive of these parts.
fn archive(parts: impl IntoIterator<Item = (String, Vec<u8>)>) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let packed = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, content) in parts {
        writer.start_file(name, packed).expect("a part");
        writer.write_all(&content).expect("written");
    }
    writer.finish().expect("an archive").into_inner()
}

fn workbook_part() -> (String, Vec<u8>) {
    ("xl/workbook.xml".to_owned(), b"<workbook/>".to_vec())
}

#[test]
fn text_is_read_whatever_its_separator_and_letters() {
    let expected = lines(&[
        &["DNI", "Apellido", "Nombre"],
        &["01234567", "Núñez", "Rosa"],
    ]);
    let plain = "DNI;Apellido;Nombre\r\n01234567;Núñez;Rosa\r\n";
    let utf16: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(
            plain
                .replace(';', "\t")
                .encode_utf16()
                .flat_map(u16::to_le_bytes),
        )
        .collect();
    let cases: [(&str, Vec<u8>); 7] = [
        ("semicolons", plain.into()),
        ("commas", plain.replace(';', ",").into()),
        ("tabs", plain.replace(';', "\t").into()),
        ("bars", plain.replace(';', "|").into()),
        (
            "with its mark",
            [b"\xef\xbb\xbf", plain.as_bytes()].concat(),
        ),
        (
            "Windows-1252",
            encoding_rs::WINDOWS_1252.encode(plain).0.into_owned(),
        ),
        ("UTF-16", utf16),
    ];
    for (case, content) in cases {
        assert_eq!(text(&content), expected, "{case}");
    }
}

#[test]
fn a_named_separator_is_no_row_and_lines_keep_their_numbers() {
    let table = read_now(b"sep=;\r\na,b;c\r\n\r\n\"d\r\ne\";f\r\n").expect("a table");
    let rows: Vec<(u32, &str)> = table
        .rows
        .iter()
        .map(|row| (row.number, row.cell(0)))
        .collect();
    assert_eq!(rows, [(2, "a,b"), (4, "d\r\ne")]);
    assert_eq!((table.rows[0].cell(1), table.rows[0].cell(2)), ("c", ""));
}

#[test]
fn a_separator_within_quotes_does_not_mislead() {
    let content =
        b"\"Paterno\";\"Nombres\";\"Cargo\"\n\"Rojas\";\"Ivan\";\"Jefe, unidad, sede, turno\"\n";
    assert_eq!(
        text(content)[1],
        ["Rojas", "Ivan", "Jefe, unidad, sede, turno"]
    );
}

#[test]
fn workbooks_are_read_as_they_are_shown() {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("Vacía").expect("a name");
    let hidden = workbook.add_worksheet();
    hidden
        .set_hidden(true)
        .write(0, 0, "SECRETO")
        .expect("written");
    let sheet = workbook.add_worksheet();
    sheet.write(2, 1, "DNI").expect("written");
    sheet.write(2, 2, " Núñez ").expect("written");
    sheet.write(4, 1, 1_234_567).expect("written");
    let day = ExcelDateTime::from_ymd(1985, 3, 12).expect("a day");
    let format = Format::new().set_num_format("dd/mm/yyyy");
    sheet
        .write_with_format(4, 3, &day, &format)
        .expect("written");
    let table = read_now(&workbook.save_to_buffer().expect("a workbook")).expect("a table");
    assert_eq!(table.rows.len(), 2);
    assert_eq!((table.rows[0].number, table.rows[1].number), (3, 5));
    assert_eq!(table.rows[0].cells, ["", "DNI", "Núñez"]);
    assert_eq!(table.rows[1].cells, ["", "1234567", "", "1985-03-12"]);
}

#[test]
fn what_is_no_table_says_what_it_is() {
    let compound = |rest: &[u8]| [&[0xd0, 0xcf, 0x11, 0xe0][..], rest].concat();
    let name: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let no_workbook = archive([("word/document.xml".to_owned(), Vec::new())]);
    let half = archive([workbook_part()]);
    let cases: [(&str, Vec<u8>, TableFault); 9] = [
        ("nothing", Vec::new(), TableFault::Empty),
        ("blank lines", b"\r\n ; ;\r\n".to_vec(), TableFault::Empty),
        (
            "a picture",
            b"\x89PNG\r\n\x1a\n\0\0".to_vec(),
            TableFault::NotATable,
        ),
        ("a PDF", b"%PDF-1.7 text".to_vec(), TableFault::NotATable),
        ("a letter", no_workbook, TableFault::NotATable),
        (
            "half a workbook",
            half[..half.len() - 8].to_vec(),
            TableFault::Damaged,
        ),
        ("a workbook without sheets", half, TableFault::Damaged),
        (
            "an old workbook",
            compound(b"Workbook"),
            TableFault::OldWorkbook,
        ),
        ("with a password", compound(&name), TableFault::Protected),
    ];
    for (case, content, fault) in cases {
        assert_eq!(read_now(&content), Err(fault), "{case}");
    }
}

/// Small archives that are large within: refused before anything of them is kept.
#[test]
fn bombs_are_weighed_first() {
    let zeros = |megabytes: usize| vec![b' '; megabytes * 1024 * 1024];
    let many = (0..=1_000).map(|n| (format!("xl/worksheets/sheet{n}.xml"), Vec::new()));
    let cases = [
        (
            "strings",
            archive([
                workbook_part(),
                ("xl/sharedStrings.xml".to_owned(), zeros(17)),
            ]),
        ),
        (
            "a sheet",
            archive([
                workbook_part(),
                ("xl/worksheets/sheet1.xml".to_owned(), zeros(65)),
            ]),
        ),
        (
            "two sheets",
            archive([
                workbook_part(),
                ("xl/worksheets/sheet1.xml".to_owned(), zeros(33)),
                ("xl/worksheets/sheet2.xml".to_owned(), zeros(32)),
            ]),
        ),
        (
            "parts",
            archive(std::iter::once(workbook_part()).chain(many)),
        ),
    ];
    for (case, content) in cases {
        assert!(
            content.len() < 200_000,
            "{case} is small: {}",
            content.len()
        );
        assert_eq!(read_now(&content), Err(TableFault::TooMuch), "{case}");
    }
}

#[test]
fn too_many_rows_or_columns_are_refused() {
    let wide = |columns: usize| vec!["x"; columns].join(";");
    assert_eq!(text(wide(MAX_COLUMNS).as_bytes())[0].len(), MAX_COLUMNS);
    assert_eq!(
        read_now(wide(MAX_COLUMNS + 1).as_bytes()),
        Err(TableFault::TooManyColumns)
    );
    // Empty columns to the right of a list are nothing.
    let empty = format!("x;y{}\n", ";".repeat(10_000));
    assert_eq!(text(empty.as_bytes()), lines(&[&["x", "y"]]));
    let long = |rows: usize| "x;y\n".repeat(rows);
    assert_eq!(text(long(MAX_ROWS).as_bytes()).len(), MAX_ROWS);
    assert_eq!(
        read_now(long(MAX_ROWS + 1).as_bytes()),
        Err(TableFault::TooManyRows)
    );

    let mut workbook = Workbook::new();
    workbook
        .add_worksheet()
        .write(0, 16_383, "x")
        .expect("written");
    let far = workbook.save_to_buffer().expect("a workbook");
    assert_eq!(read_now(&far), Err(TableFault::TooManyColumns));
}

#[test]
fn a_cell_is_cut_where_no_field_reaches() {
    let long = "ñ".repeat(MAX_CELL * 2);
    assert_eq!(
        text(format!("a;{long}").as_bytes())[0][1].chars().count(),
        MAX_CELL + 1
    );
}

/// A sound workbook with three rows.
fn sound_workbook() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for row in 0..3 {
        for column in 0..4 {
            sheet
                .write(row, column, format!("{row} {column}"))
                .expect("written");
        }
    }
    workbook.save_to_buffer().expect("a workbook")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_bytes_break_the_reader(content in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        let _ = read_now(&content);
    }

    #[test]
    fn no_text_breaks_the_reader(content in "[\\PC\r\n;,\t|\"]{0,400}") {
        if let Ok(table) = read_now(content.as_bytes()) {
            prop_assert!(table.rows.windows(2).all(|pair| pair[0].number < pair[1].number));
        }
    }

    #[test]
    fn no_damage_breaks_the_reader(
        damage in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let mut content = sound_workbook();
        for (place, byte) in damage {
            let place = place.index(content.len());
            content[place] = byte;
        }
        let _ = std::panic::catch_unwind(|| read_now(&content));
    }
}
