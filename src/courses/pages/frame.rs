//! What stands around every page of an edition: its head, its one next step, its tabs.

use leptos::{prelude::*, server_fn::ServerFn as _};
use leptos_meta::Title;

use crate::{
    access::{Viewer, maybe_viewer, policy::ActionKind},
    courses::{
        EditionHeader, EditionState,
        actions::{Announce, OpenEnrolment, StartEdition},
        state::starts_early,
        words,
    },
    paths,
    server::services,
    t,
    ui::{
        ButtonKind, ButtonLink, Chip, ConfirmButton, Icon, IconShape, Page, PostButton, SeatsBar,
        TabItem, Tabs, time,
    },
};

/// A page of an edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditionTab {
    /// What it is, for everyone.
    Overview,
    /// When and where it meets.
    Sessions,
    /// Who takes part.
    Enrolments,
    /// Who was there.
    Attendance,
    /// Grades and tests.
    Results,
    /// What was issued.
    Certificates,
    /// How it is closed, and what its closing said.
    Closing,
}

impl EditionTab {
    const ALL: [Self; 7] = [
        Self::Overview,
        Self::Sessions,
        Self::Enrolments,
        Self::Attendance,
        Self::Results,
        Self::Certificates,
        Self::Closing,
    ];

    fn label(self) -> String {
        match self {
            Self::Overview => t!(courses.tabs.overview),
            Self::Sessions => t!(courses.tabs.sessions),
            Self::Enrolments => t!(courses.tabs.enrolments),
            Self::Attendance => t!(courses.tabs.attendance),
            Self::Results => t!(courses.tabs.results),
            Self::Certificates => t!(courses.tabs.certificates),
            Self::Closing => t!(courses.tabs.closing),
        }
    }

    fn path(self, header: &EditionHeader) -> paths::Path {
        match self {
            Self::Overview => paths::edition(header.id),
            Self::Sessions => paths::edition_sessions(header.id),
            Self::Enrolments => paths::edition_enrolments(header.id),
            Self::Attendance => paths::edition_attendance(header.id),
            Self::Results => paths::edition_results(header.id),
            Self::Certificates => paths::edition_certificates(header.id),
            Self::Closing => paths::edition_closing(header.id),
        }
    }

    /// What one must be allowed in order to see it.
    const fn needs(self) -> ActionKind {
        match self {
            Self::Overview | Self::Sessions => ActionKind::ReadEdition,
            Self::Enrolments => ActionKind::ReadRoster,
            Self::Attendance => ActionKind::TakeAttendance,
            Self::Results => ActionKind::RecordResults,
            Self::Certificates => ActionKind::IssueCertificates,
            Self::Closing => ActionKind::ManageProgram,
        }
    }
}

/// A page of an edition: head, the one next step, tabs by what the viewer may, content.
///
/// ```text
/// let header = courses::visible_header(&mut connection, Some(&viewer), id).await?;
/// view! { <EditionFrame header=header tab=EditionTab::Enrolments>…</EditionFrame> }
/// ```
#[component]
pub fn EditionFrame(
    /// The edition.
    header: EditionHeader,
    /// Which of its pages this is.
    tab: EditionTab,
    /// The page's main action, where it is not the edition's next step.
    #[prop(optional_no_strip)]
    action: Option<AnyView>,
    /// The page.
    children: Children,
) -> impl IntoView {
    let viewer = maybe_viewer();
    let action = action.or_else(|| next_step(&header, viewer.as_ref()));
    let (title, facts) = (header.title(), facts(&header));
    let breadcrumbs = breadcrumbs(&header, viewer.as_ref());
    let tabs = tabs(&header, tab, viewer.as_ref());
    let window = (tab != EditionTab::Overview).then(|| {
        view! { <Title text=format!("{}: {title}", tab.label()) /> }
    });
    view! {
        <Page title=title breadcrumbs=breadcrumbs action=action.unwrap_or_else(|| ().into_any())
            under_title=facts>
            {window}
            {tabs}
            {children()}
        </Page>
    }
}

/// The way to an edition, for its staff and for everyone else.
pub(crate) fn breadcrumbs(
    header: &EditionHeader,
    viewer: Option<&Viewer>,
) -> Vec<(String, Option<String>)> {
    let course = (
        header.course_title.clone(),
        Some(paths::course(header.course).into()),
    );
    let here = (t!(courses.edition_number, number = header.number), None);
    if header.allows(viewer, ActionKind::ManageProgram) {
        let program = paths::program(header.program).into();
        return vec![
            (t!(courses.programs), Some(paths::programs().into())),
            (header.program_name.clone(), Some(program)),
            course,
            here,
        ];
    }
    let catalogue = (t!(courses.catalogue), Some(paths::courses().into()));
    vec![catalogue, course, here]
}

/// Kind, dates, place, modality, seats and state in one line.
fn facts(header: &EditionHeader) -> AnyView {
    let place = header
        .whereabouts()
        .map(|place| view! { <span><Icon shape=IconShape::Place />" "{place}</span> });
    let dates = time::date_range(header.starts_on, header.ends_on);
    view! {
        <Chip tone=words::edition_tone(header.state) label=words::edition_state(header.state) />
        <span>{words::kind(header.kind)}</span>
        <span>{words::modality(header.modality)}</span>
        <span><Icon shape=IconShape::Calendar />" "{dates}</span>
        {place}
        <SeatsBar enrolled=header.enrolled seats=header.seats waiting=header.waiting unit=true />
    }
    .into_any()
}

fn tabs(header: &EditionHeader, tab: EditionTab, viewer: Option<&Viewer>) -> Option<AnyView> {
    if !header.allows(viewer, ActionKind::ReadEdition) {
        return None;
    }
    let decides = header.allows(viewer, ActionKind::ManageEnrolments);
    let items = EditionTab::ALL
        .into_iter()
        .filter(|item| header.allows(viewer, item.needs()))
        .map(|item| {
            let mut shown = TabItem::new(item.label(), item.path(header), item == tab);
            let badge = item == EditionTab::Enrolments && decides && header.requested > 0;
            shown.badge = badge.then_some(header.requested);
            shown
        })
        .collect();
    Some(view! { <Tabs label=t!(courses.tabs.label) items=items /> }.into_any())
}

/// The button that starts an edition; where its first day is far away, it asks first.
pub(crate) fn start_button(header: &EditionHeader, kind: ButtonKind) -> AnyView {
    let mut fields = vec![("edition", header.id.to_string())];
    if !starts_early(header.starts_on, services().clock.today()) {
        return view! {
            <PostButton action=StartEdition::PATH fields=fields kind=kind>{t!(courses.step.start)}</PostButton>
        }
        .into_any();
    }
    fields.push(("confirmed", "true".to_owned()));
    let date = time::date(header.starts_on);
    let explanation = t!(courses.step.start_explanation, date = date);
    view! {
        <ConfirmButton label=t!(courses.step.start_open) explanation=explanation
            confirm=t!(courses.step.start_confirm) action=StartEdition::PATH fields=fields calm=true />
    }
    .into_any()
}

/// The one thing to do next with the edition, for whoever may do it.
fn next_step(header: &EditionHeader, viewer: Option<&Viewer>) -> Option<AnyView> {
    let manages = header.allows(viewer, ActionKind::ManageProgram);
    let today = services().clock.today();
    let link = |path: paths::Path, label: String| {
        view! { <ButtonLink href=path>{label}</ButtonLink> }.into_any()
    };
    let post = |action: &'static str, label: String| {
        let fields = vec![("edition", header.id.to_string())];
        view! { <PostButton action=action fields=fields kind=ButtonKind::Primary>{label}</PostButton> }
            .into_any()
    };
    match header.state {
        EditionState::Draft if manages && header.sessions == 0 => Some(link(
            paths::edition_sessions(header.id),
            t!(courses.step.add_sessions),
        )),
        EditionState::Draft if manages => Some(post(Announce::PATH, t!(courses.step.announce))),
        EditionState::Announced if manages && today <= header.enrol_until => {
            Some(post(OpenEnrolment::PATH, t!(courses.step.open_enrolment)))
        }
        EditionState::Announced if manages => Some(start_button(header, ButtonKind::Primary)),
        EditionState::Enrolling if manages && today >= header.starts_on => {
            Some(start_button(header, ButtonKind::Primary))
        }
        EditionState::Enrolling if manages => Some(link(
            paths::edition_enrolments(header.id),
            t!(courses.step.see_enrolments),
        )),
        // Whatever is due is issued there, and the edition closed: once everybody is marked.
        EditionState::Running
            if header.allows(viewer, ActionKind::IssueCertificates)
                && today > header.ends_on
                && header.unmarked == 0 =>
        {
            Some(link(
                paths::edition_certificates(header.id),
                t!(courses.step.close),
            ))
        }
        EditionState::Running if header.allows(viewer, ActionKind::TakeAttendance) => Some(link(
            paths::edition_attendance(header.id),
            t!(courses.step.take_attendance),
        )),
        EditionState::Closed if header.allows(viewer, ActionKind::IssueCertificates) => Some(link(
            paths::edition_certificates(header.id),
            t!(courses.step.see_certificates),
        )),
        _ => None,
    }
}
