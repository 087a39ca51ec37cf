//! Totals as files: the same rows as on the page, readable by programs. How many minutes an hour
//! has is a column of no row: the name of the file says it, and a second sheet of the workbook.

use axum::{
    Extension,
    extract::{RawQuery, State},
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
};
use rust_xlsxwriter::{Format, Workbook, XlsxError};

use super::{
    model::{Cut, Figures, Told, Totals, TotalsQuery, TotalsRow},
    operations::{self, Refused},
    withhold::{FEWEST, WITHHELD_CELL},
};
use crate::{
    paths,
    people::Department,
    server::{AppState, Identity, csv_text, file_refused, incident, neutral},
    ui::number::float,
};

/// `/reports/totals.csv`: UTF-8 with BOM, one row a group, the grand total last.
pub async fn csv(
    state: State<AppState>,
    identity: Extension<Identity>,
    query: RawQuery,
) -> Response {
    match load(&state, &identity, &query).await {
        Ok((query, totals)) => {
            let bytes = csv_bytes(&query, &totals);
            file("text/csv; charset=utf-8", &query, &totals, "csv", bytes)
        }
        Err(response) => *response,
    }
}

/// `/reports/totals.xlsx`: the same rows with numbers as numbers.
pub async fn xlsx(
    state: State<AppState>,
    identity: Extension<Identity>,
    query: RawQuery,
) -> Response {
    match load(&state, &identity, &query).await {
        Ok((query, totals)) => match xlsx_bytes(&query, &totals) {
            Ok(bytes) => file(
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                &query,
                &totals,
                "xlsx",
                bytes,
            ),
            Err(error) => file_refused(identity.locale, &paths::totals().uri(), &incident(&error)),
        },
        Err(response) => *response,
    }
}

async fn load(
    state: &AppState,
    identity: &Identity,
    RawQuery(query): &RawQuery,
) -> Result<(TotalsQuery, Totals<Told>), Box<Response>> {
    let pairs: Vec<(String, String)> =
        form_urlencoded::parse(query.as_deref().unwrap_or_default().as_bytes())
            .into_owned()
            .collect();
    operations::ask(state, identity.viewer.as_ref(), &pairs)
        .await
        .map_err(|refused| {
            Box::new(match refused {
                Refused::Bad(bad) => {
                    let (name, value) = (&bad.name, &bad.value);
                    let line = match &bad.against {
                        None => format!("unknown parameter or value: {name}={value}\n"),
                        Some((other, against)) => {
                            format!("{name}={value} contradicts {other}={against}\n")
                        }
                    };
                    (StatusCode::BAD_REQUEST, line).into_response()
                }
                Refused::Error(error) => {
                    let page = pairs.iter().fold(paths::totals(), |page, (name, value)| {
                        page.with(name, value)
                    });
                    file_refused(identity.locale, &page.uri(), &error)
                }
            })
        })
}

fn file(
    kind: &'static str,
    query: &TotalsQuery,
    totals: &Totals<Told>,
    extension: &str,
    bytes: Vec<u8>,
) -> Response {
    let minutes = totals.academic_minutes;
    let shared = if query.withholds_small {
        "-for-sharing"
    } else {
        ""
    };
    let name = format!("capacita-totals{shared}-hours-of-{minutes}-min.{extension}");
    let disposition = format!("attachment; filename=\"{name}\"");
    (
        [
            (header::CONTENT_TYPE, kind.to_owned()),
            (header::CONTENT_DISPOSITION, disposition),
        ],
        bytes,
    )
        .into_response()
}

/// The header: the cuts and the figures.
fn header_row(query: &TotalsQuery) -> Vec<&'static str> {
    query
        .by
        .iter()
        .map(|cut| cut.as_str())
        .chain(Figures::COLUMNS)
        .collect()
}

/// A group as it stands in a file: departments by name, everything else by its word or name.
fn group_cell(cut: Cut, key: &str) -> String {
    let shown = match cut {
        Cut::Department => department_name(key).unwrap_or(key),
        _ => key,
    };
    neutral(shown)
}

fn department_name(code: &str) -> Option<&'static str> {
    code.parse().ok().map(Department::name)
}

/// What the grand total's row shows in its first cell; the other cuts stay empty.
fn total_cells(query: &TotalsQuery) -> Vec<String> {
    let mut cells = vec![String::new(); query.by.len()];
    if let Some(first) = cells.first_mut() {
        "TOTAL".clone_into(first);
    }
    cells
}

fn figure_cells(figures: &Told) -> impl Iterator<Item = String> {
    figures
        .columns
        .into_iter()
        .enumerate()
        .map(|(column, figure)| match figure {
            None => WITHHELD_CELL.to_owned(),
            Some(tenths) if column == Figures::PERSON_HOURS => {
                format!("{}.{}", tenths / 10, tenths % 10)
            }
            Some(count) => count.to_string(),
        })
}

fn cells<'a>(
    query: &'a TotalsQuery,
    row: &'a TotalsRow<Told>,
) -> impl Iterator<Item = String> + 'a {
    query
        .by
        .iter()
        .zip(&row.groups)
        .map(|(cut, group)| group_cell(*cut, &group.key))
}

fn csv_bytes(query: &TotalsQuery, totals: &Totals<Told>) -> Vec<u8> {
    let head = header_row(query).into_iter().map(str::to_owned).collect();
    let rows = totals.rows.iter().map(|row| {
        let figures = figure_cells(&row.figures);
        cells(query, row).chain(figures).collect()
    });
    let total = total_cells(query).into_iter();
    let total = total.chain(figure_cells(&totals.total)).collect();
    csv_text(head, rows.chain(std::iter::once(total)))
}

fn xlsx_bytes(query: &TotalsQuery, totals: &Totals<Told>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let bold = Format::new().set_bold();
    let plain = Format::new();
    let sheet = workbook.add_worksheet_with_constant_memory()?;
    sheet.set_name("totals")?;
    for (column, name) in (0..).zip(header_row(query)) {
        sheet.write_with_format(0, column, name, &bold)?;
    }
    let rows = totals
        .rows
        .iter()
        .map(|row| (cells(query, row).collect::<Vec<_>>(), &row.figures, &plain));
    let last = std::iter::once((total_cells(query), &totals.total, &bold));
    for (line, (groups, figures, format)) in (1..).zip(rows.chain(last)) {
        let first_figure = u16::try_from(groups.len()).unwrap_or(u16::MAX);
        for (column, group) in (0..).zip(groups) {
            sheet.write_with_format(line, column, group, format)?;
        }
        for (column, number) in (first_figure..).zip(numbers(figures)) {
            match number {
                Some(number) => sheet.write_with_format(line, column, number, format)?,
                None => sheet.write_with_format(line, column, WITHHELD_CELL, format)?,
            };
        }
    }
    let hours = workbook.add_worksheet_with_constant_memory()?;
    hours.set_name("hours")?;
    hours.write_with_format(0, 0, "minutes_per_hour", &bold)?;
    hours.write(1, 0, float(totals.academic_minutes))?;
    if query.withholds_small {
        hours.write_with_format(0, 1, "withheld_under", &bold)?;
        hours.write(1, 1, float(FEWEST))?;
    }
    workbook.save_to_buffer()
}

/// The figures as spreadsheet numbers; far below 2⁵², so exact.
fn numbers(figures: &Told) -> impl Iterator<Item = Option<f64>> {
    let figures = figures.columns.into_iter().enumerate();
    figures.map(|(column, figure)| match figure {
        Some(tenths) if column == Figures::PERSON_HOURS => Some(float(tenths) / 10.0),
        figure => figure.map(float),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reports::model::Group;

    #[test]
    fn a_file_has_header_rows_and_total() {
        let query = TotalsQuery {
            by: vec![Cut::Institution, Cut::Department],
            ..TotalsQuery::default()
        };
        let figures = Figures {
            enrolments: 3,
            attendances: 2,
            participations: 1,
            unique_people: 1,
            person_hours_tenths: 53,
            constancias: 0,
            certificados: 1,
            unnamed: 0,
        };
        let row = TotalsRow {
            groups: vec![
                Group {
                    key: "=\"x\"".into(),
                },
                Group { key: "16".into() },
            ],
            figures: Told {
                columns: figures
                    .told()
                    .columns
                    .map(|figure| figure.filter(|one| *one != 2)),
                unnamed: 0,
            },
        };
        let totals = Totals {
            rows: vec![row],
            total: figures.told(),
            academic_minutes: 45,
        };
        let text = String::from_utf8(csv_bytes(&query, &totals)).expect("UTF-8");
        assert_eq!(
            text,
            "\u{feff}institution,department,enrolments,attendances,participations,unique_people,person_hours,constancias,certificados\n\
             \"'=\"\"x\"\"\",Loreto,3,*,1,1,5.3,0,1\n\
             TOTAL,,3,2,1,1,5.3,0,1\n"
        );
    }
}
