//! Totals: filters in one line, seven figures, the table with bars, and the same as files.
//!
//! The address holds the whole view, so it can be kept, sent and audited.

use axum::http::StatusCode;
use leptos::prelude::*;

use super::{
    carried::{carried, told},
    filters::filters,
};
use crate::{
    access::viewer,
    courses,
    paths::{self, Path},
    people::{self, Department, Sex},
    plural,
    reports::{
        self, Cut, Figures, Group, Refused, Told, Totals, TotalsQuery, TotalsRow,
        parse::{SMALL, WITHHELD},
        withhold::{FEWEST, WITHHELD_CELL},
    },
    server::{
        page::{page, query_pairs},
        services,
    },
    t,
    ui::{
        self, Bar, ButtonKind, ButtonLink, ButtonRow, EmptyState, Figure, Page, Table, number, time,
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
        let (first, today) = (reports::first_day(&state).await?, state.clock.today());
        let presets = reports::presets(first, today, query.period.as_deref());
        let carried = carried(&state, &query).await?;
        Ok(view! {
            <Page title=t!(reports.title) lead=t!(reports.lead)>
                {filters(&query, &pairs, &carried, &programs, presets)}
                {told(&carried, &pairs)}
                {range(&query)}
                {figures(&totals)}
                {table(&query, &totals)}
                {withheld(&query)}
                {unnamed(&totals)}
                {downloads(&query, &pairs)}
                {to_share(&query, &pairs)}
                <p class="quiet small">{t!(reports.by_date, minutes = totals.academic_minutes)}</p>
            </Page>
        }
        .into_any())
    })
}

fn bad_parameter(bad: &reports::BadParameter) -> AnyView {
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(StatusCode::BAD_REQUEST);
    }
    let (name, value) = (bad.name.as_str(), bad.value.as_str());
    let body = match &bad.against {
        None => t!(reports.bad_body, name = name, value = value),
        Some((other, against)) => t!(
            reports.bad_pair,
            name = name,
            value = value,
            other = other.as_str(),
            against = against.as_str()
        ),
    };
    view! {
        <Page title=t!(reports.bad_title)>
            <p>{body}</p>
            <p><ButtonLink href=paths::totals()>{t!(reports.clear)}</ButtonLink></p>
        </Page>
    }
    .into_any()
}

/// A preset in words: "Año 2022".
pub fn preset_label(preset: &str) -> String {
    match preset.split_at(2) {
        ("fy", year) => t!(reports.fiscal_year, year = year),
        (_, year) => t!(reports.calendar_year, year = year),
    }
}

pub(super) fn cut_label(cut: Cut) -> String {
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

/// Hours that were given in tenths, as every page of totals writes them: "53.9".
pub fn hours(tenths: i64) -> String {
    format!("{}.{}", number::count(tenths / 10), tenths % 10)
}

/// Labels and values of the seven figures, in their one order, and their lengths; of one that is
/// withheld there is none.
fn labelled(figures: &Told) -> [(String, String, Option<f64>); 7] {
    let mut labels = [
        t!(reports.figures.enrolments),
        t!(reports.figures.attendances),
        t!(reports.figures.participations),
        t!(reports.figures.unique_people),
        t!(reports.figures.person_hours),
        t!(reports.figures.constancias),
        t!(reports.figures.certificados),
    ];
    std::array::from_fn(|column| {
        let figure = figures.columns[column];
        let value = match figure {
            None => WITHHELD_CELL.to_owned(),
            Some(tenths) if column == Figures::PERSON_HOURS => hours(tenths),
            Some(count) => number::count(count),
        };
        (
            std::mem::take(&mut labels[column]),
            value,
            figure.map(number::float),
        )
    })
}

fn figures(totals: &Totals<Told>) -> AnyView {
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
const DRAWN: usize = Figures::UNIQUE_PEOPLE;

fn table(query: &TotalsQuery, totals: &Totals<Told>) -> AnyView {
    if totals.total.is_nothing() {
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
        .filter_map(|row| row.figures.columns[DRAWN])
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

/// How many of the participations have no name, where any has none.
fn unnamed(totals: &Totals<Told>) -> Option<AnyView> {
    let unnamed = totals.total.unnamed;
    let text = (unnamed > 0).then(|| plural!(unnamed, reports.unnamed))?;
    Some(view! { <p class="quiet small">{text}</p> }.into_any())
}

fn table_row(query: &TotalsQuery, row: &TotalsRow<Told>, most: f64) -> AnyView {
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
            let drawn = length.filter(|_| index == DRAWN);
            let bar = drawn.map(|length| view! { <Bar value=length max=most /> });
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
    word(cut, key)
}

/// A code of a cut in the reader's words; what is no code, such as a name, stays as it is.
pub(super) fn word(cut: Cut, key: &str) -> String {
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

/// What the star stands for, where there may be one.
fn withheld(query: &TotalsQuery) -> Option<AnyView> {
    query.withholds_small.then(|| {
        let text = t!(reports.withheld, star = WITHHELD_CELL, fewest = FEWEST);
        view! { <p class="quiet small">{text}</p> }.into_any()
    })
}

/// The way to the same totals without figures of a few people.
fn to_share(query: &TotalsQuery, pairs: &[(String, String)]) -> Option<AnyView> {
    (!query.withholds_small).then(|| {
        let page = view_of(query, pairs, paths::totals()).with(SMALL, WITHHELD);
        let ask = t!(reports.to_share);
        let verb = t!(reports.withhold, fewest = FEWEST);
        view! { <p class="screen-only">{ask}" "<a href=page>{verb}</a></p> }.into_any()
    })
}

/// An address with everything that this page asks for.
fn view_of(query: &TotalsQuery, pairs: &[(String, String)], path: Path) -> Path {
    let path = pairs
        .iter()
        .filter(|(name, value)| {
            !value.is_empty() && !matches!(name.as_str(), "by" | "lang" | "kept")
        })
        .fold(path, |path, (name, value)| path.with(name, value));
    let cuts: Vec<&str> = query.by.iter().map(|cut| cut.as_str()).collect();
    if cuts.is_empty() {
        path
    } else {
        path.with("by", &cuts.join(","))
    }
}

fn downloads(query: &TotalsQuery, pairs: &[(String, String)]) -> AnyView {
    let (csv, xlsx) = (
        view_of(query, pairs, paths::totals_csv()),
        view_of(query, pairs, paths::totals_xlsx()),
    );
    view! {
        <ButtonRow>
            <ButtonLink kind=ButtonKind::Secondary href=csv>{t!(reports.csv)}</ButtonLink>
            <ButtonLink kind=ButtonKind::Secondary href=xlsx>{t!(reports.xlsx)}</ButtonLink>
        </ButtonRow>
    }
    .into_any()
}
