//! The manager's home: this year and this fiscal year at a glance.

use chrono::Datelike as _;
use leptos::prelude::*;

use crate::{
    access::Viewer,
    error::AppError,
    paths,
    reports::{self, TotalsQuery},
    server::AppState,
    t,
    ui::{ButtonKind, ButtonLink, Figure, Figures, Section, number},
};

/// The part of the home.
pub async fn part(state: &AppState, viewer: &Viewer) -> Result<AnyView, AppError> {
    let today = state.clock.today();
    let fiscal = reports::fiscal_year(today);
    let calendar_year = period(state, viewer, format!("cy{}", today.year())).await?;
    let fiscal_year = period(state, viewer, format!("fy{fiscal}")).await?;
    Ok(view! { {calendar_year}{fiscal_year} }.into_any())
}

async fn period(state: &AppState, viewer: &Viewer, preset: String) -> Result<AnyView, AppError> {
    let Some((from, to)) = reports::period(&preset) else {
        return Ok(().into_any());
    };
    let query = TotalsQuery {
        from: Some(from),
        to: Some(to),
        ..TotalsQuery::default()
    };
    let total = reports::totals(state, viewer, &query).await?.total;
    let title = reports::pages::preset_label(&preset);
    let details = paths::totals().with("period", &preset).with("by", "sector");
    let action =
        view! { <ButtonLink kind=ButtonKind::Quiet href=details>{t!(home.by_sector)}</ButtonLink> }
            .into_any();
    Ok(view! {
        <Section title=title action=action>
            <Figures>
                <Figure label=t!(reports.figures.unique_people) value=number::count(total.unique_people) />
                <Figure label=t!(reports.figures.participations) value=number::count(total.participations) />
                <Figure label=t!(reports.figures.person_hours) value=reports::pages::hours(total.person_hours_tenths) />
                <Figure label=t!(reports.figures.certificados) value=number::count(total.certificados) />
                <Figure label=t!(reports.figures.constancias) value=number::count(total.constancias) />
            </Figures>
        </Section>
    }
    .into_any())
}
