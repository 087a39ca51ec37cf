//! A person's own certificates, and what is missing for the next ones.

use leptos::prelude::*;

use crate::{
    access::{ActAsParticipant, Viewer, permit, viewer},
    certificates::{
        CertificateState, Code, OwnProgress, content,
        progress::standings_of,
        queries::{self, Frozen},
        words,
    },
    courses,
    documents::CertificateContent,
    error::AppError,
    paths,
    server::{page, services},
    t,
    ui::{
        ButtonKind, ButtonLink, ButtonRow, Card, Cards, EmptyState, Icon, IconShape, Page,
        Progress, Section, number, time,
    },
};

/// Own certificates.
#[component]
pub fn MyCertificatesPage() -> impl IntoView {
    page(async move {
        let (issued, progress) = load(&viewer()?).await?;
        let cards: Vec<_> = issued.into_iter().map(card).collect();
        let list = if cards.is_empty() {
            let action = view! { <ButtonLink href=paths::courses() kind=ButtonKind::Secondary>{t!(certificates.find_course)}</ButtonLink> };
            view! { <EmptyState title=t!(certificates.none) body=t!(certificates.none_body) action=action.into_any() /> }
                .into_any()
        } else {
            view! { <Cards>{cards}</Cards> }.into_any()
        };
        let running: Vec<_> = progress.into_iter().map(line).collect();
        let running = (!running.is_empty()).then(|| {
            view! {
                <Section title=t!(certificates.in_progress)>
                    <ul class="lines" role="list">{running}</ul>
                </Section>
            }
        });
        Ok(view! {
            <Page title=t!(certificates.mine) lead=t!(certificates.mine_lead)>
                {list}
                {running}
            </Page>
        }
        .into_any())
    })
}

/// A certificate and what it says.
type Issued = (Frozen, CertificateContent);

async fn load(viewer: &Viewer) -> Result<(Vec<Issued>, Vec<OwnProgress>), AppError> {
    let state = services();
    let mut connection = state.database.snapshot().await?;
    permit(&mut connection, viewer, ActAsParticipant(viewer.person)).await?;
    let rows = queries::issued_to_person(&mut connection, viewer.person).await?;
    let mut issued = Vec::with_capacity(rows.len());
    for row in rows {
        let said = content::thaw(&row.content, &row.content_digest)?;
        issued.push((row, said));
    }
    let progress = standings_of(&mut connection, state.clock.now(), viewer.person).await?;
    Ok((issued, progress))
}

fn card((row, said): Issued) -> AnyView {
    let kind = words::kind(content::kind_of(said.kind));
    let dates = time::date_range(said.starts_on, said.ends_on);
    let issued = t!(
        certificates.issued_at,
        when = time::short_date(said.issued_on)
    );
    view! {
        <Card title=said.course_title kind=kind>
            <p>{words::state_chip(row.state)}</p>
            <p><Icon shape=IconShape::Calendar />" "{dates}</p>
            <p>{hours(said.hours_tenths, said.academic_minutes)}</p>
            <p class="quiet small">{issued}</p>
            {row.code.parse::<Code>().ok().map(|code| links(&code, row.state))}
        </Card>
    }
    .into_any()
}

/// The sheet while it stands, and its verification.
fn links(code: &Code, state: CertificateState) -> AnyView {
    let verification = paths::verify_code(code);
    let pdf = (state == CertificateState::Valid).then(|| {
        view! {
            <ButtonLink href=paths::certificate_pdf(code) kind=ButtonKind::Secondary download=true>
                <Icon shape=IconShape::Download />{t!(certificates.download)}
            </ButtonLink>
        }
    });
    view! {
        <ButtonRow>
            {pdf}
            <ButtonLink href=verification kind=ButtonKind::Quiet>
                {t!(certificates.verification)}
            </ButtonLink>
        </ButtonRow>
    }
    .into_any()
}

fn line(progress: OwnProgress) -> AnyView {
    let title = courses::words::edition_title(&progress.course_title, progress.number);
    let share = progress.share;
    let attended = t!(
        certificates.attended,
        attended = time::duration(share.attended),
        planned = time::duration(share.planned)
    );
    let explained = words::explain_to_person(&progress.standing);
    view! {
        <li>
            <p><a href=paths::edition(progress.edition)>{title}</a></p>
            <Progress label=attended done=number::float(share.attended) total=number::float(share.planned) />
            <p>{explained}</p>
        </li>
    }
    .into_any()
}

/// "10.6 h lectivas (de 45 min)".
pub(super) fn hours(tenths: u32, minutes: u8) -> String {
    t!(
        ui.training_hours,
        hours = words::tenths_of_hours(i64::from(tenths)),
        minutes = minutes
    )
}
