//! The certificates of an edition: what is due, what was issued, what is missing, and the closing.

use leptos::{context::Provider, prelude::*, server_fn::ServerFn as _};

use super::{
    closing::{attendance_is_missing, closing_section, may_close_now},
    due::due_section,
    issued::{CHOSEN, issued_section, revise_section},
    lost::lost_section,
    missing::missing_section,
};
use crate::{
    access::{IssueCertificates, Viewer, permit, policy::ActionKind, viewer},
    certificates::{
        Candidate, CertificateId,
        actions::IssueDue,
        candidates::{candidates_for, rule_of},
        queries::{self, IssuedRow, Schedule},
        words,
    },
    courses::{
        EditionHeader, EditionId,
        pages::{EditionFrame, EditionTab},
        visible_header,
    },
    error::AppError,
    paths, plural,
    server::{
        page,
        page::{path_id, query_value},
        returned_form, services,
    },
    sessions, t,
    ui::{ButtonKind, ButtonLink, EmptyState, PostButton, Section},
};

/// Everything the page shows.
pub(super) struct Shown {
    pub header: EditionHeader,
    pub people: Vec<Candidate>,
    pub issued: Vec<IssuedRow>,
    pub schedule: Schedule,
    pub planned_minutes: i64,
    /// Planned minutes of the sessions that have not ended.
    pub ahead: i64,
    /// Whether the viewer may close and reopen the edition.
    pub manages: bool,
    pub now: chrono::DateTime<chrono::Utc>,
}

impl Shown {
    fn due(&self) -> i64 {
        let due = self.people.iter().filter(|person| person.due().is_some());
        i64::try_from(due.count()).unwrap_or(i64::MAX)
    }
}

/// The certificates of an edition, for who issues them.
#[component]
pub fn EditionCertificatesPage() -> impl IntoView {
    let id = path_id::<EditionId>("id");
    let chosen = query_value(CHOSEN).parse::<CertificateId>().ok();
    page(async move {
        let viewer = viewer()?;
        Ok(render(load(&viewer, id?).await?, chosen))
    })
}

async fn load(viewer: &Viewer, edition: EditionId) -> Result<Shown, AppError> {
    let state = services();
    let now = state.clock.now();
    let mut snapshot = state.database.snapshot().await?;
    permit(&mut snapshot, viewer, IssueCertificates(edition)).await?;
    let header = visible_header(&mut snapshot, Some(viewer), edition).await?;
    Ok(Shown {
        people: candidates_for(&mut snapshot, now, &header, viewer).await?,
        issued: queries::issued_in_edition(&mut snapshot, edition).await?,
        schedule: queries::schedule(&mut snapshot, edition).await?,
        planned_minutes: queries::planned_minutes(&mut snapshot, edition).await?,
        ahead: sessions::minutes_ahead(&mut snapshot, edition, now).await?,
        manages: header.allows(Some(viewer), ActionKind::ManageProgram),
        header,
        now,
    })
}

fn render(shown: Shown, chosen: Option<CertificateId>) -> AnyView {
    let action = main_action(&shown);
    let rule = words::rule(
        rule_of(&shown.header),
        shown.planned_minutes,
        shown.header.excused_counts,
    );
    let rule: Vec<_> = rule
        .into_iter()
        .map(|line| view! { <li>{line}</li> })
        .collect();
    let sections = if shown.people.is_empty() && shown.issued.is_empty() {
        let link = paths::edition_enrolments(shown.header.id);
        let action = view! { <ButtonLink href=link kind=ButtonKind::Secondary>{t!(certificates.see_enrolments)}</ButtonLink> };
        view! { <EmptyState title=t!(certificates.nobody) body=t!(certificates.nobody_body) action=action.into_any() /> }
            .into_any()
    } else {
        view! {
            {lost_section(&shown)}
            {due_section(&shown)}
            {issued_section(&shown)}
            {missing_section(&shown)}
        }
        .into_any()
    };
    let revise = revise_section(&shown, chosen);
    let closing = closing_section(&shown);
    view! {
        <EditionFrame header=shown.header tab=EditionTab::Certificates action=action>
            <Provider value=returned_form()>
                {revise}
                <Section title=t!(certificates.rule.title) framed=true>
                    <ul>{rule}</ul>
                    <p class="quiet">{t!(certificates.rule.when)}</p>
                </Section>
                {sections}
                {closing}
            </Provider>
        </EditionFrame>
    }
    .into_any()
}

/// Issue what is due; when all is issued, close; but before attendance is there, take it.
fn main_action(shown: &Shown) -> Option<AnyView> {
    let due = shown.due();
    if due > 0 {
        let fields = vec![("edition", shown.header.id.to_string())];
        let label = plural!(due, certificates.issue_many);
        return Some(
            view! { <PostButton action=IssueDue::PATH fields=fields kind=ButtonKind::Primary>{label}</PostButton> }
                .into_any(),
        );
    }
    if attendance_is_missing(shown) {
        let href = paths::edition_attendance(shown.header.id);
        let label = t!(certificates.closing.take_attendance);
        return Some(view! { <ButtonLink href=href>{label}</ButtonLink> }.into_any());
    }
    may_close_now(shown).then(|| {
        let href = format!("{}#closing", paths::edition_certificates(shown.header.id));
        view! { <ButtonLink href=href>{t!(certificates.closing.close)}</ButtonLink> }.into_any()
    })
}
