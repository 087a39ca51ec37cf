//! The closing of an edition: the checklist before it, the record after it.

use chrono::{DateTime, Utc};
use leptos::{context::Provider, prelude::*, server_fn::ServerFn as _};

use super::{list::checklist, record};
use crate::{
    access::{ManageEnrolments, Viewer, permit, viewer},
    closing::{
        actions::ReopenEdition,
        checklist::Check,
        content::Present,
        queries::{self, Stored},
    },
    courses::{
        EditionHeader, EditionId, EditionState, Modality,
        operations::manage_edition,
        pages::{EditionFrame, EditionTab},
        visible_header,
    },
    error::AppError,
    paths,
    server::{page, page::path_id, returned_form, services},
    sessions::Session,
    t,
    ui::{ButtonKind, ButtonLink, ButtonRow, ConfirmButton, EmptyState, Section},
};

/// Everything the page shows.
pub(super) struct Shown {
    pub header: EditionHeader,
    pub present: Present,
    pub records: Vec<Stored>,
    pub now: DateTime<Utc>,
}

impl Shown {
    /// When the last meeting ends, while it has not.
    pub fn meets_until(&self) -> Option<DateTime<Utc>> {
        let meets = |session: &&Session| session.modality != Modality::SelfPaced;
        let ends = self.present.sessions.iter().filter(meets);
        let last = ends.map(|session| session.ends_at).max();
        last.filter(|end| *end > self.now)
    }

    /// Whether nothing stands in the way that no explanation answers.
    pub fn is_settled(&self) -> bool {
        !self.present.checks.iter().any(Check::must_be_settled)
    }
}

/// The closing of an edition, for who may close it.
#[component]
pub fn EditionClosingPage() -> impl IntoView {
    let id = path_id::<EditionId>("id");
    page(async move {
        let viewer = viewer()?;
        render(load(&viewer, id?).await?)
    })
}

async fn load(viewer: &Viewer, edition: EditionId) -> Result<Shown, AppError> {
    let state = services();
    let now = state.clock.now();
    let mut snapshot = state.database.snapshot().await?;
    let _ = manage_edition(&mut snapshot, viewer, edition).await?;
    let _ = permit(&mut snapshot, viewer, ManageEnrolments(edition)).await?;
    let header = visible_header(&mut snapshot, Some(viewer), edition).await?;
    Ok(Shown {
        present: Present::load(&mut snapshot, now, &header).await?,
        records: queries::of_edition(&mut snapshot, edition).await?,
        header,
        now,
    })
}

fn render(shown: Shown) -> Result<AnyView, AppError> {
    let content = match shown.header.state {
        EditionState::Running => {
            let reopened = record::reopened(&shown.records);
            let today = shown.present.facts();
            let difference = record::present_difference(&shown.records, &today)?;
            let list = checklist(&shown);
            view! { {reopened}{difference}{list} }.into_any()
        }
        EditionState::Closed => {
            let standing = record::standing(&shown.records)?;
            let reopen = reopen(&shown);
            view! { {standing}{reopen} }.into_any()
        }
        _ => view! { <EmptyState title=t!(closing.not_yet) body=t!(closing.not_yet_body) /> }
            .into_any(),
    };
    let aside = record::aside(shown.header.id, &shown.records);
    Ok(view! {
        <EditionFrame header=shown.header tab=EditionTab::Closing action=None>
            <Provider value=returned_form()>
                {content}
                {aside}
            </Provider>
        </EditionFrame>
    }
    .into_any())
}

fn reopen(shown: &Shown) -> AnyView {
    let fields = vec![("edition", shown.header.id.to_string())];
    let certificates = paths::edition_certificates(shown.header.id);
    view! {
        <Section title=t!(closing.after_title) framed=true>
            <p>{t!(closing.closed)}</p>
            <ButtonRow>
                <ButtonLink href=certificates kind=ButtonKind::Secondary>{t!(closing.see_certificates)}</ButtonLink>
            </ButtonRow>
            <ConfirmButton label=t!(closing.reopen) confirm=t!(closing.reopen_confirm)
                explanation=t!(closing.reopen_explain)
                action=ReopenEdition::PATH fields=fields reason=("reason", t!(closing.reason)) />
        </Section>
    }
    .into_any()
}
