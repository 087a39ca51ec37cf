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
    model::{Cut, Figures, Totals, TotalsQuery, TotalsRow},
    operations::{self, Refused},
};
use crate::{
    paths,
    people::Department,
    server::{AppState, Identity, csv_text, file_refused, incident, neutral},
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
            file("text/csv; charset=utf-8", &totals, "csv", bytes)
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
) -> Result<(TotalsQuery, Totals), Box<Response>> {
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

fn file(kind: &'static str, totals: &Totals, extension: &str, bytes: Vec<u8>) -> Response {
    let minutes = totals.academic_minutes;
    let name = format!("capacita-totals-hours-of-{minutes}-min.{extension}");
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

fn figure_cells(figures: &Figures) -> [String; 7] {
    let hours = figures.person_hours_tenths;
    [
        figures.enrolments.to_string(),
        figures.attendances.to_string(),
        figures.participations.to_string(),
        figures.unique_people.to_string(),
        format!("{}.{}", hours / 10, hours % 10),
        figures.constancias.to_string(),
        figures.certificados.to_string(),
    ]
}

fn cells<'a>(query: &'a TotalsQuery, row: &'a TotalsRow) -> impl Iterator<Item = String> + 'a {
    query
        .by
        .iter()
        .zip(&row.groups)
        .map(|(cut, group)| group_cell(*cut, &group.key))
}

fn csv_bytes(query: &TotalsQuery, totals: &Totals) -> Vec<u8> {
    let head = header_row(query).into_iter().map(str::to_owned).collect();
    let rows = totals.rows.iter().map(|row| {
        let figures = figure_cells(&row.figures);
        cells(query, row).chain(figures).collect()
    });
    let total = total_cells(query).into_iter();
    let total = total.chain(figure_cells(&totals.total)).collect();
    csv_text(head, rows.chain(std::iter::once(total)))
}

fn xlsx_bytes(query: &TotalsQuery, totals: &Totals) -> Result<Vec<u8>, XlsxError> {
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
            sheet.write_with_format(line, column, number, format)?;
        }
    }
    let hours = workbook.add_worksheet_with_constant_memory()?;
    hours.set_name("hours")?;
    hours.write_with_format(0, 0, "minutes_per_hour", &bold)?;
    hours.write(1, 0, crate::ui::number::float(totals.academic_minutes))?;
    workbook.save_to_buffer()
}

/// The figures as spreadsheet numbers; far below 2⁵², so exact.
fn numbers(figures: &Figures) -> [f64; 7] {
    use crate::ui::number::float;
    [
        float(figures.enrolments),
        float(figures.attendances),
        float(figures.participations),
        float(figures.unique_people),
        float(figures.person_hours_tenths) / 10.0,
        float(figures.constancias),
        float(figures.certificados),
    ]
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
            figures,
        };
        let totals = Totals {
            rows: vec![row],
            total: figures,
            academic_minutes: 45,
        };
        let text = String::from_utf8(csv_bytes(&query, &totals)).expect("UTF-8");
        assert_eq!(
            text,
            "\u{feff}institution,department,enrolments,attendances,participations,unique_people,person_hours,constancias,certificados\n\
             \"'=\"\"x\"\"\",Loreto,3,2,1,1,5.3,0,1\n\
             TOTAL,,3,2,1,1,5.3,0,1\n"
        );
    }
}
