//! The line of filters above the totals: it holds what the address asks for.

use leptos::prelude::*;

use super::{
    carried::{Carried, hidden, values},
    totals::{cut_label, preset_label},
};
use crate::{
    courses::{self, CourseKind, Modality, ProgramId},
    paths,
    people::{self, Department, Sector},
    reports::{Cut, TotalsQuery},
    t,
    ui::{DateField, FilterBar, SelectField},
};

/// The line.
pub(super) fn filters(
    query: &TotalsQuery,
    pairs: &[(String, String)],
    carried: &[Carried],
    programs: &[(ProgramId, String)],
    presets: Vec<String>,
) -> AnyView {
    let periods: Vec<(String, String)> = presets
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
    let first = |cut: Cut| values(query, cut).into_iter().next().unwrap_or_default();
    let cut = |index: usize| {
        query
            .by
            .get(index)
            .map(|cut| cut.as_str().to_owned())
            .unwrap_or_default()
    };
    // The days as they were typed: a preset narrows them.
    let day = |name: &str| {
        let typed = pairs.iter().filter(|(found, _)| found == name);
        let mut typed = typed.map(|(_, value)| value.trim().to_owned());
        typed.find(|value| !value.is_empty()).unwrap_or_default()
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
        <DateField name="from" label=t!(reports.from) value=day("from") />
        <DateField name="to" label=t!(reports.to) value=day("to") />
        <SelectField name="program" label=t!(reports.program) value=first(Cut::Program) placeholder=all.clone() options=programs />
        <SelectField name="kind" label=t!(reports.cuts.kind) value=first(Cut::Kind) placeholder=all.clone() options=words />
        <SelectField name="modality" label=t!(reports.cuts.modality) value=first(Cut::Modality) placeholder=all.clone() options=modalities />
        <SelectField name="sector" label=t!(reports.cuts.sector) value=first(Cut::Sector) placeholder=all.clone() options=sectors />
        <SelectField name="department" label=t!(reports.cuts.department) value=first(Cut::Department) placeholder=all options=departments />
        <SelectField name="by" label=t!(reports.cut) value=cut(0) placeholder=t!(reports.no_cut) options=cuts.clone() />
        <SelectField name="by" id="by-2" label=t!(reports.second_cut) value=cut(1) placeholder=t!(reports.no_cut) options=cuts />
        {hidden(carried)}
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
