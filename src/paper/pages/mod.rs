//! What comes back from a session on paper, in the order of the work.

mod count;
mod tick;

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use self::tick::Tick;
use super::{
    BySex, Count,
    queries::{self, Written},
};
use crate::{
    access::{TakeAttendance, Viewer, permit, viewer},
    attachments::{self, Listed, Owner},
    attendance::{MarkId, arrival::EARLY, is_ahead},
    check_in::waiting_walk_ins,
    courses::{EditionHeader, visible_header},
    enrolment::queries::roster,
    error::AppError,
    paths, plural,
    server::{page, page::path_id, services},
    sessions::{self, Session, SessionId},
    t,
    ui::{
        Breadcrumbs, ButtonKind, ButtonLink, ButtonRow, Notice, NoticeKind, Page, Section, Width,
        time,
    },
};

/// All that the page shows.
struct Loaded {
    header: EditionHeader,
    session: Session,
    ticks: Vec<Tick>,
    /// The newest mark of the session.
    shown: Option<MarkId>,
    walk_ins: i64,
    /// Who is known by name now.
    named: BySex,
    count: Option<Count>,
    history: Vec<Written>,
    scans: Vec<Listed>,
    now: DateTime<Utc>,
}

/// `/sessions/{id}/paper`
#[component]
pub fn PaperPage() -> impl IntoView {
    let id = path_id::<SessionId>("id");
    page(async move {
        let viewer = viewer()?;
        Ok(load(&viewer, id?).await?.view())
    })
}

async fn load(viewer: &Viewer, id: SessionId) -> Result<Loaded, AppError> {
    let state = services();
    let mut snapshot = state.database.snapshot().await?;
    let session = sessions::find(&mut snapshot, id).await?;
    let session = session.ok_or(AppError::NotFound)?;
    let _ = permit(&mut snapshot, viewer, TakeAttendance(session.edition)).await?;
    let header = visible_header(&mut snapshot, Some(viewer), session.edition).await?;
    let stands = queries::stands(&mut snapshot, id).await?;
    let people = roster(&mut snapshot, session.edition).await?;
    let tick = |person| Tick::new(person, &stands, viewer.person);
    let mut counts = queries::standing(&mut snapshot, session.edition, Some(id)).await?;
    Ok(Loaded {
        ticks: people.into_iter().map(tick).collect(),
        shown: queries::newest_mark(&mut snapshot, id).await?,
        walk_ins: waiting_walk_ins(&mut snapshot, id).await?,
        named: queries::named(&mut snapshot, id).await?,
        count: counts.remove(&id),
        history: queries::history(&mut snapshot, id).await?,
        scans: attachments::listed(&mut snapshot, Owner::Session(id)).await?,
        now: state.clock.now(),
        header,
        session,
    })
}

impl Loaded {
    /// Whether paper can be brought in now.
    fn is_open(&self) -> bool {
        !self.header.is_locked() && !is_ahead(self.session.starts_at, self.now)
    }

    /// Why nothing can be brought in, where nothing can.
    fn closed(&self) -> Option<String> {
        if self.session.is_self_paced() {
            Some(t!(paper.self_paced))
        } else if self.header.is_locked() {
            Some(t!(paper.locked))
        } else {
            let from = time::date_time(self.session.starts_at - EARLY);
            (!self.is_open()).then(|| t!(paper.ahead, when = from))
        }
    }

    fn view(&self) -> AnyView {
        let title = t!(paper.title_of, session = self.session.title.as_str());
        let lead = time::time_range(self.session.starts_at, self.session.ends_at);
        let id = self.session.id;
        let closed = self
            .closed()
            .map(|why| view! { <Notice kind=NoticeKind::Info><p>{why}</p></Notice> });
        let steps = (!self.session.is_self_paced()).then(|| {
            let (ticks, walk_ins) = (tick::section(self), self.walk_ins());
            let (scans, count) = (self.scans(), count::section(self));
            view! { {ticks}{walk_ins}{scans}{count} }.into_any()
        });
        let to_list = view! {
            <ButtonLink kind=ButtonKind::Quiet href=paths::session_attendance(id)>{t!(paper.to_list)}</ButtonLink>
        };
        view! {
            <Page title=title lead=lead width=Width::Form breadcrumbs=self.crumbs() action=to_list.into_any()>
                {closed}
                {steps}
            </Page>
        }
        .into_any()
    }

    fn crumbs(&self) -> Breadcrumbs {
        let (edition, session) = (self.header.id, self.session.id);
        vec![
            (self.header.title(), Some(paths::edition(edition).into())),
            (
                t!(attendance.title),
                Some(paths::edition_attendance(edition).into()),
            ),
            (
                self.session.title.clone(),
                Some(paths::session_attendance(session).into()),
            ),
            (t!(paper.title), None),
        ]
    }

    /// Who signed and is not enrolled.
    fn walk_ins(&self) -> AnyView {
        let waiting = plural!(self.walk_ins, paper.walk_ins.waiting);
        let write = self.is_open().then(|| {
            let walk_ins = paths::walk_ins(self.session.id);
            view! {
                <p>{t!(paper.walk_ins.lead)}</p>
                <ButtonRow>
                    <ButtonLink kind=ButtonKind::Secondary href=walk_ins>{t!(paper.walk_ins.go)}</ButtonLink>
                </ButtonRow>
            }
        });
        view! {
            <Section title=t!(paper.walk_ins.title)>
                {write}
                <p class="quiet">{waiting}</p>
            </Section>
        }
        .into_any()
    }

    /// The sheet as it was photographed.
    fn scans(&self) -> AnyView {
        let owner = Owner::Session(self.session.id);
        let files = attachments::files(owner, &self.scans, self.is_open());
        view! {
            <Section title=t!(attachments.scan_title) id="scan">
                <p>{t!(attachments.scan_lead)}</p>
                {files}
            </Section>
        }
        .into_any()
    }
}
