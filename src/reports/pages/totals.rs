//! Totals: filters in one line, seven figures, the table with bars, and the same as files.
//!
//! The address holds the whole view, so it can be kept, sent and audited.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    access::viewer,
    courses::{self, CourseKind, Modality, ProgramId},
    paths::{self, Path},
    people::{self, Department, Sector, Sex},
    reports::{self, Cut, Figures, Group, Refused, Totals, TotalsQuery, TotalsRow},
    server::{
        page::{page, query_pairs},
        services,
    },
    t,
    ui::{
        self, Bar, ButtonKind, ButtonLink, ButtonRow, DateField, EmptyState, Figure, FilterBar,
        Page, SelectField, Table, number, time,
    },
};

/// The page of totals.
#[component]
pub fn TotalsPage() -> impl IntoView {
    let pairs = query_pairs();
    page(async move {
        let (state, viewer) = (services(), viewer()?);
        let programs = reports::programs(&state, &viewer).await?;
        let (query, totals) = match reports::ask(&state, Some(&viewer), &pairs).await {
            Ok(found) => found,
            Err(Refused::Bad(bad)) => return Ok(bad_parameter(&bad)),
            Err(Refused::Error(error)) => return Err(error),
        };
        let today = state.clock.today();
        Ok(view! {
            <Page title=t!(reports.title) lead=t!(reports.lead)>
                {filters(&query, &programs, today)}
                {also_filtered(&pairs)}
                {range(&query)}
                {figures(&totals)}
                {table(&query, &totals)}
                {downloads(&query, &pairs)}
                <p class="quiet small">{t!(reports.by_date, minutes = totals.academic_minutes)}</p>
            </Page>
        }
        .into_any())
    })
}

/// Filters that the line above has no field for, but that an address may carry.
const WITHOUT_FIELD: &[&str] = &["course", "edition", "month", "institution", "sex"];

fn also_filtered(pairs: &[(String, String)]) -> Option<AnyView> {
    let list: Vec<String> = pairs
        .iter()
        .filter(|(name, value)| WITHOUT_FIELD.contains(&name.as_str()) && !value.is_empty())
        .map(|(name, value)| {
            let label = name.parse().map_or_else(|_| name.clone(), cut_label);
            format!("{label}: {value}")
        })
        .collect();
    (!list.is_empty())
        .then(|| view! { <p>{t!(reports.also_filtered, list = list.join("; "))}</p> }.into_any())
}

fn bad_parameter(bad: &reports::BadParameter) -> AnyView {
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(StatusCode::BAD_REQUEST);
    }
    let body = t!(
        reports.bad_body,
        name = bad.name.as_str(),
        value = bad.value.as_str()
    );
    view! {
        <Page title=t!(reports.bad_title)>
            <p>{body}</p>
            <p><ButtonLink href=paths::totals()>{t!(reports.clear)}</ButtonLink></p>
        </Page>
    }
    .into_any()
}

fn filters(
    query: &TotalsQuery,
    programs: &[(ProgramId, String)],
    today: chrono::NaiveDate,
) -> AnyView {
    let periods: Vec<(String, String)> = reports::presets(today)
        .into_iter()
        .map(|preset| (preset.clone(), preset_label(&preset)))
        .collect();
    let programs: Vec<(String, String)> = programs
        .iter()
        .map(|(id, name)| (id.to_string(), name.clone()))
        .collect();
    let cuts: Vec<(String, String)> = Cut::ALL
        .iter()
        .map(|cut| (cut.as_str().to_owned(), cut_label(*cut)))
        .collect();
    let first = |values: &[&str]| {
        values
            .first()
            .map(|value| (*value).to_owned())
            .unwrap_or_default()
    };
    let program = query
        .programs
        .first()
        .map(ToString::to_string)
        .unwrap_or_default();
    let kind = first(
        &query
            .kinds
            .iter()
            .map(|kind| kind.as_str())
            .collect::<Vec<_>>(),
    );
    let modality = first(
        &query
            .modalities
            .iter()
            .map(|modality| modality.as_str())
            .collect::<Vec<_>>(),
    );
    let sector = first(
        &query
            .sectors
            .iter()
            .map(|sector| sector.as_str())
            .collect::<Vec<_>>(),
    );
    let department = first(
        &query
            .departments
            .iter()
            .map(|department| department.as_str())
            .collect::<Vec<_>>(),
    );
    let cut = |index: usize| {
        query
            .by
            .get(index)
            .map(|cut| cut.as_str().to_owned())
            .unwrap_or_default()
    };
    // Days typed in full stand for themselves; a preset fills them by itself.
    let day = |day: Option<chrono::NaiveDate>| {
        day.filter(|_| query.period.is_none())
            .map(|day| day.to_string())
            .unwrap_or_default()
    };
    let is_filtered = *query != TotalsQuery::default();
    let clear = if is_filtered {
        Some(String::from(paths::totals()))
    } else {
        None
    };
    let words = choices(CourseKind::ALL, CourseKind::as_str, courses::words::kind);
    let modalities = choices(Modality::ALL, Modality::as_str, courses::words::modality);
    let sectors = choices(Sector::ALL, Sector::as_str, people::words::sector);
    let departments: Vec<(String, String)> = Department::ALL
        .iter()
        .map(|department| (department.as_str().to_owned(), department.name().to_owned()))
        .collect();
    let all = t!(reports.all);
    let bar = view! {
        <SelectField name="period" label=t!(reports.period) value=query.period.clone().unwrap_or_default()
            placeholder=t!(reports.any_period) options=periods />
        <DateField name="from" label=t!(reports.from) value=day(query.from) />
        <DateField name="to" label=t!(reports.to) value=day(query.to) />
        <SelectField name="program" label=t!(reports.program) value=program placeholder=all.clone() options=programs />
        <SelectField name="kind" label=t!(reports.cuts.kind) value=kind placeholder=all.clone() options=words />
        <SelectField name="modality" label=t!(reports.cuts.modality) value=modality placeholder=all.clone() options=modalities />
        <SelectField name="sector" label=t!(reports.cuts.sector) value=sector placeholder=all.clone() options=sectors />
        <SelectField name="department" label=t!(reports.cuts.department) value=department placeholder=all options=departments />
        <SelectField name="by" label=t!(reports.cut) value=cut(0) placeholder=t!(reports.no_cut) options=cuts.clone() />
        <SelectField name="by" id="by-2" label=t!(reports.second_cut) value=cut(1) placeholder=t!(reports.no_cut) options=cuts />
    }
    .into_any();
    match clear {
        Some(clear) => {
            view! { <FilterBar action=paths::totals() clear=clear submit=t!(reports.apply)>{bar}</FilterBar> }.into_any()
        }
        None => view! { <FilterBar action=paths::totals() submit=t!(reports.apply)>{bar}</FilterBar> }.into_any(),
    }
}

fn choices<T: Copy>(
    all: &[T],
    value: fn(T) -> &'static str,
    label: fn(T) -> String,
) -> Vec<(String, String)> {
    all.iter()
        .map(|choice| (value(*choice).to_owned(), label(*choice)))
        .collect()
}

/// A preset in words: "Año 2022".
pub fn preset_label(preset: &str) -> String {
    match preset.split_at(2) {
        ("fy", year) => t!(reports.fiscal_year, year = year),
        (_, year) => t!(reports.calendar_year, year = year),
    }
}

fn cut_label(cut: Cut) -> String {
    match cut {
        Cut::Program => t!(reports.cuts.program),
        Cut::Course => t!(reports.cuts.course),
        Cut::Edition => t!(reports.cuts.edition),
        Cut::Kind => t!(reports.cuts.kind),
        Cut::Modality => t!(reports.cuts.modality),
        Cut::Month => t!(reports.cuts.month),
        Cut::Sector => t!(reports.cuts.sector),
        Cut::Institution => t!(reports.cuts.institution),
        Cut::Department => t!(reports.cuts.department),
        Cut::Sex => t!(reports.cuts.sex),
    }
}

fn range(query: &TotalsQuery) -> Option<AnyView> {
    let (from, to) = (query.from?, query.to?);
    let text = t!(reports.range, from = time::date(from), to = time::date(to));
    Some(view! { <p><strong>{text}</strong></p> }.into_any())
}

fn hours(tenths: i64) -> String {
    format!("{}.{}", number::count(tenths / 10), tenths % 10)
}

/// Labels and values of the seven figures, in their one order.
fn labelled(figures: &Figures) -> [(String, String, f64); 7] {
    let count = |label: String, value: i64| (label, number::count(value), number::float(value));
    [
        count(t!(reports.figures.enrolments), figures.enrolments),
        count(t!(reports.figures.attendances), figures.attendances),
        count(t!(reports.figures.participations), figures.participations),
        count(t!(reports.figures.unique_people), figures.unique_people),
        (
            t!(reports.figures.person_hours),
            hours(figures.person_hours_tenths),
            number::float(figures.person_hours_tenths),
        ),
        count(t!(reports.figures.constancias), figures.constancias),
        count(t!(reports.figures.certificados), figures.certificados),
    ]
}

fn figures(totals: &Totals) -> AnyView {
    let how = [
        t!(reports.how.enrolments),
        t!(reports.how.attendances),
        t!(reports.how.participations),
        t!(reports.how.unique_people),
        t!(reports.how.person_hours, minutes = totals.academic_minutes),
        t!(reports.how.constancias),
        t!(reports.how.certificados),
    ];
    let figures = labelled(&totals.total)
        .into_iter()
        .zip(how)
        .map(|((label, value, _), how)| view! { <Figure label=label value=value how=how /> })
        .collect_view();
    view! { <ui::Figures>{figures}</ui::Figures> }.into_any()
}

/// The column that the bars draw: people trained.
const DRAWN: usize = 3;

fn table(query: &TotalsQuery, totals: &Totals) -> AnyView {
    if totals.total.enrolments == 0 {
        let action =
            view! { <ButtonLink href=paths::totals()>{t!(reports.clear)}</ButtonLink> }.into_any();
        return view! {
            <EmptyState title=t!(reports.empty_title) body=t!(reports.empty_body) action=action />
        }
        .into_any();
    }
    if query.by.is_empty() {
        return ().into_any();
    }
    let most = totals
        .rows
        .iter()
        .map(|row| row.figures.unique_people)
        .max()
        .unwrap_or(0);
    let heads = query
        .by
        .iter()
        .map(|cut| view! { <th scope="col">{cut_label(*cut)}</th> })
        .collect_view();
    let columns = labelled(&totals.total)
        .into_iter()
        .map(|(label, ..)| view! { <th scope="col" class="num">{label}</th> })
        .collect_view();
    let rows = totals
        .rows
        .iter()
        .map(|row| table_row(query, row, number::float(most)))
        .collect_view();
    let total_cells = labelled(&totals.total)
        .into_iter()
        .map(|(label, value, _)| view! { <td class="num" data-label=label>{value}</td> })
        .collect_view();
    let span = query.by.len().to_string();
    view! {
        <Table caption=t!(reports.table) wide=true>
            <thead><tr>{heads}{columns}</tr></thead>
            <tbody>{rows}</tbody>
            <tfoot><tr><th scope="row" colspan=span>{t!(reports.total)}</th>{total_cells}</tr></tfoot>
        </Table>
        <p class="quiet small">{t!(reports.overlap)}</p>
    }
    .into_any()
}

fn table_row(query: &TotalsQuery, row: &TotalsRow, most: f64) -> AnyView {
    let groups = query
        .by
        .iter()
        .zip(&row.groups)
        .enumerate()
        .map(|(index, (cut, group))| {
            let label = group_label(*cut, group);
            if index == 0 {
                view! { <th scope="row">{label}</th> }.into_any()
            } else {
                view! { <td>{label}</td> }.into_any()
            }
        })
        .collect_view();
    let cells = labelled(&row.figures)
        .into_iter()
        .enumerate()
        .map(|(index, (label, value, length))| {
            let bar = (index == DRAWN).then(|| view! { <Bar value=length max=most /> });
            view! { <td class="num" data-label=label>{value}{bar}</td> }
        })
        .collect_view();
    view! { <tr>{groups}{cells}</tr> }.into_any()
}

/// A group in the reader's words.
fn group_label(cut: Cut, group: &Group) -> String {
    let key = group.key.as_str();
    if key.is_empty() {
        return t!(reports.unrecorded);
    }
    let worded = match cut {
        Cut::Kind => key.parse().ok().map(courses::words::kind),
        Cut::Modality => key.parse().ok().map(courses::words::modality),
        Cut::Sector => key.parse().ok().map(people::words::sector),
        Cut::Sex => key.parse::<Sex>().ok().map(people::words::sex),
        Cut::Department => key
            .parse::<Department>()
            .ok()
            .map(|department| department.name().to_owned()),
        Cut::Month => key
            .parse::<reports::Month>()
            .ok()
            .map(|month| format!("{} {}", time::long_month_name(month.month), month.year)),
        Cut::Program | Cut::Course | Cut::Edition | Cut::Institution => None,
    };
    worded.unwrap_or_else(|| key.to_owned())
}

fn downloads(query: &TotalsQuery, pairs: &[(String, String)]) -> AnyView {
    let cuts: Vec<&str> = query.by.iter().map(|cut| cut.as_str()).collect();
    let with_view = |path: Path| {
        let path = pairs
            .iter()
            .filter(|(name, value)| {
                !value.is_empty() && !matches!(name.as_str(), "by" | "lang" | "kept")
            })
            .fold(path, |path, (name, value)| path.with(name, value));
        if cuts.is_empty() {
            path
        } else {
            path.with("by", &cuts.join(","))
        }
    };
    let (csv, xlsx) = (
        with_view(paths::totals_csv()),
        with_view(paths::totals_xlsx()),
    );
    view! {
        <ButtonRow>
            <ButtonLink kind=ButtonKind::Secondary href=csv>{t!(reports.csv)}</ButtonLink>
            <ButtonLink kind=ButtonKind::Secondary href=xlsx>{t!(reports.xlsx)}</ButtonLink>
        </ButtonRow>
    }
    .into_any()
}
