//! The certificates of an edition: what is due, what was issued, what is missing.

use leptos::{context::Provider, prelude::*, server_fn::ServerFn as _};

use super::{
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
        candidates::{candidates_for, nobody_attended, rule_of},
        content::edition_facts,
        queries::{self, IssuedRow, Schedule},
        words,
    },
    courses::{
        EditionHeader, EditionId, EditionState,
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
    t,
    ui::{ButtonKind, ButtonLink, EmptyState, PostButton, Section},
};

/// Everything the page shows.
pub(super) struct Shown {
    pub header: EditionHeader,
    pub people: Vec<Candidate>,
    pub issued: Vec<IssuedRow>,
    /// What all sheets would say and none can print.
    pub unprintable: Option<String>,
    pub schedule: Schedule,
    pub planned_minutes: i64,
    /// Whether the viewer may close and reopen the edition.
    pub manages: bool,
    pub now: chrono::DateTime<chrono::Utc>,
}

impl Shown {
    fn due(&self) -> i64 {
        if self.unprintable.is_some() {
            return 0;
        }
        let due = self.people.iter().filter_map(Candidate::printable_due);
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
    let facts = edition_facts(&mut snapshot, header.clone()).await?;
    Ok(Shown {
        unprintable: facts.unprintable().map(str::to_owned),
        people: candidates_for(&mut snapshot, now, &header, viewer).await?,
        issued: queries::issued_in_edition(&mut snapshot, edition).await?,
        schedule: queries::schedule(&mut snapshot, edition).await?,
        planned_minutes: queries::planned_minutes(&mut snapshot, edition).await?,
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
    view! {
        <EditionFrame header=shown.header tab=EditionTab::Certificates action=action>
            <Provider value=returned_form()>
                {revise}
                <Section title=t!(certificates.rule.title) framed=true>
                    <ul>{rule}</ul>
                    <p class="quiet">{t!(certificates.rule.when)}</p>
                </Section>
                {sections}
            </Provider>
        </EditionFrame>
    }
    .into_any()
}

/// Whether the edition can be closed by this viewer at this moment.
fn may_close_now(shown: &Shown) -> bool {
    shown.manages && is_over(shown)
}

/// Whether the sessions are over and nobody is written down as there: more likely it was forgotten.
pub(super) fn attendance_is_missing(shown: &Shown) -> bool {
    is_over(shown) && nobody_attended(&shown.people)
}

fn is_over(shown: &Shown) -> bool {
    let over = shown.schedule.last_end.is_none_or(|end| end <= shown.now);
    over && shown.header.state == EditionState::Running
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
        let label = t!(certificates.take_attendance);
        return Some(view! { <ButtonLink href=href>{label}</ButtonLink> }.into_any());
    }
    may_close_now(shown).then(|| {
        let href = paths::edition_closing(shown.header.id);
        view! { <ButtonLink href=href>{t!(certificates.close)}</ButtonLink> }.into_any()
    })
}
