//! An edition as everybody sees it: what one will be able to do, for whom, when, where, how long,
//! what one gets, who teaches and how to enrol. Its staff finds here the rarer steps too.

use leptos::prelude::*;
use sqlx::SqliteConnection;

use super::fields::{session_place, session_when};
use crate::{
    access::{Viewer, policy::ActionKind},
    courses::{
        self, CourseId, EditionHeader, EditionState,
        course::Course,
        pages::{
            EditionFrame, EditionTab, completion_rule, course_texts, prerequisites_fact,
            start_button,
        },
        queries::Facilitator,
        words,
    },
    error::AppError,
    paths,
    sessions::{Session, queries},
    settings, t,
    ui::{
        ButtonKind, ButtonLink, ButtonRow, EmptyState, Fact, Facts, Notice, NoticeKind, Section,
        Table, time,
    },
};

/// What the overview shows beyond the head.
struct Details {
    course: Course,
    required: Vec<(CourseId, String)>,
    facilitators: Vec<Facilitator>,
    sessions: Vec<Session>,
    minutes: i64,
    /// Whether the viewer may see where sessions meet online.
    with_links: bool,
}

/// The overview of an edition that the viewer may know of. `enrol`: the part that says where
/// whoever looks stands and what they can do about taking part.
pub async fn edition_overview(
    connection: &mut SqliteConnection,
    viewer: Option<&Viewer>,
    header: EditionHeader,
    enrol: AnyView,
) -> Result<AnyView, AppError> {
    let seat = match viewer {
        Some(viewer) => queries::holds_seat(connection, header.id, viewer.person).await?,
        None => false,
    };
    let details = Details {
        course: courses::queries::course(connection, header.course)
            .await?
            .ok_or(AppError::NotFound)?,
        required: courses::queries::prerequisites(connection, header.course).await?,
        facilitators: courses::queries::facilitators(connection, header.id).await?,
        sessions: queries::list(connection, header.id).await?,
        minutes: settings::academic_minutes(connection).await?,
        with_links: seat || header.allows(viewer, ActionKind::ReadEdition),
    };
    let manages = header.allows(viewer, ActionKind::ManageProgram);
    let management = manages.then(|| management(&header));
    let texts = course_texts(&details.course);
    let (notice, notes) = (state_notice(&header), notes(&header));
    let sessions = sessions_table(&details);
    let facts = facts(&header, &details);
    let calendar = (!details.sessions.is_empty()).then(|| {
        let file = paths::edition_ics(header.id);
        view! { <p><a href=file download=true>{t!(sessions.ics.download)}</a></p> }
    });
    Ok(view! {
        <EditionFrame header=header tab=EditionTab::Overview>
            {notice}
            <div class="split split-leading">
                <div>{enrol}</div>
                <div>
                    {notes}
                    <Section title=t!(sessions.title)>{sessions}{calendar}</Section>
                    {texts}
                </div>
                <Section title=t!(public.in_short) framed=true>{facts}</Section>
            </div>
            {management}
        </EditionFrame>
    }
    .into_any())
}

/// Why it was cancelled, or opened again.
fn state_notice(header: &EditionHeader) -> Option<AnyView> {
    let reason = header.state_reason.clone()?;
    let (kind, title) = match header.state {
        EditionState::Cancelled => (NoticeKind::Attention, t!(public.edition_cancelled)),
        EditionState::Running => (NoticeKind::Info, t!(public.edition_reopened)),
        _ => return None,
    };
    Some(view! { <Notice kind=kind title=title><p>{reason}</p></Notice> }.into_any())
}

fn notes(header: &EditionHeader) -> Option<AnyView> {
    let notes = header.notes.clone();
    (!notes.trim().is_empty()).then(|| {
        let lines: Vec<_> = notes
            .lines()
            .filter(|line| !line.trim().is_empty())
            .map(|line| view! { <p>{line.to_owned()}</p> }.into_any())
            .collect();
        view! { <Notice title=t!(courses.edition.notes)>{lines}</Notice> }.into_any()
    })
}

fn sessions_table(details: &Details) -> AnyView {
    if details.sessions.is_empty() {
        return view! {
            <EmptyState title=t!(sessions.none) body=t!(sessions.none_body) />
        }
        .into_any();
    }
    // Where all teach together, the facts name them.
    let shared = details
        .sessions
        .iter()
        .all(|session| session.facilitator.is_none());
    let rows = details.sessions.iter().map(|session| {
        let place = session_place(session, details.with_links);
        let teacher = (!shared).then(|| {
            let name = session.facilitator.clone();
            let name = name.unwrap_or_else(|| t!(sessions.all_facilitators));
            view! { <td data-label=t!(sessions.facilitator)>{name}</td> }
        });
        view! {
            <tr>
                <th scope="row">{session_when(session)}</th>
                <td data-label=t!(sessions.session)>{session.title.clone()}</td>
                <td data-label=t!(courses.place)>{place}</td>
                {teacher}
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <Table caption=t!(sessions.title) caption_hidden=true cards=true>
            <thead><tr>
                <th scope="col">{t!(sessions.when)}</th>
                <th scope="col">{t!(sessions.session)}</th>
                <th scope="col">{t!(courses.place)}</th>
                {(!shared).then(|| view! { <th scope="col">{t!(sessions.facilitator)}</th> })}
            </tr></thead>
            <tbody>{rows}</tbody>
        </Table>
    }
    .into_any()
}

fn facts(header: &EditionHeader, details: &Details) -> AnyView {
    let course = &details.course;
    let rule = completion_rule(
        header.min_share_permille,
        header.min_grade_tenths,
        header.excused_counts,
    );
    let teachers = details.facilitators.iter();
    let teachers: Vec<_> = teachers
        .map(|teacher| view! { <li>{teacher.name.clone()}</li> }.into_any())
        .collect();
    let teachers = (!teachers.is_empty()).then(|| {
        view! {
            <Fact label=t!(sessions.facilitators)><ul class="lines" role="list">{teachers}</ul></Fact>
        }
    });
    let place = header
        .whereabouts()
        .map(|place| view! { <Fact label=t!(courses.place)>{place}</Fact> });
    let dates = time::date_range(header.starts_on, header.ends_on);
    let (modality, language) = (
        words::modality(header.modality),
        words::language(header.language),
    );
    let length = time::training_hours(course.planned_minutes, details.minutes);
    let required = prerequisites_fact(details.required.clone());
    let program = header.program_name.clone();
    view! {
        <Facts stacked=true>
            <Fact label=t!(courses.dates)>{dates}</Fact>
            {place}
            <Fact label=t!(courses.modality)>{modality}</Fact>
            <Fact label=t!(courses.language)>{language}</Fact>
            <Fact label=t!(courses.length)>
                {length}
            </Fact>
            <Fact label=t!(public.what_you_get)>{rule}</Fact>
            {required}
            {teachers}
            <Fact label=t!(public.program)>{program}</Fact>
        </Facts>
    }
    .into_any()
}

/// What its coordinator rarely does with it.
fn management(header: &EditionHeader) -> AnyView {
    let edit = (!header.is_locked()).then(|| {
        view! {
            <ButtonLink href=paths::edition_edit(header.id) kind=ButtonKind::Secondary>
                {t!(courses.edition.edit)}
            </ButtonLink>
        }
    });
    let startable = matches!(
        header.state,
        EditionState::Announced | EditionState::Enrolling
    );
    let start = startable.then(|| start_button(header, ButtonKind::Secondary));
    let cancel = (!header.is_locked()).then(|| {
        view! {
            <ButtonLink href=paths::edition_cancel(header.id) kind=ButtonKind::HarmQuiet>
                {t!(courses.edition.cancel_open)}
            </ButtonLink>
        }
    });
    let copy = paths::edition_clone(header.id);
    view! {
        <Section title=t!(courses.edition.manage)>
            <ButtonRow>
                {edit}
                <ButtonLink href=copy kind=ButtonKind::Secondary>
                    {t!(sessions.copy.open)}
                </ButtonLink>
                {start}
                {cancel}
            </ButtonRow>
        </Section>
    }
    .into_any()
}
