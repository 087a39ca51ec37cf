//! The history of one cell: who marked what, when, from where, and what they had seen.

use leptos::{prelude::*, server_fn::ServerFn as _};

use super::locked_notice;
use crate::{
    access::{TakeAttendance, permit, viewer},
    attendance::{
        MarkId, MarkStatus,
        actions::Settle,
        queries::{self, HistoryRow, PersonRow},
        standing::Standing,
        words,
    },
    courses::{EditionHeader, visible_header},
    enrolment::EnrolmentId,
    error::AppError,
    paths,
    people::listed_name,
    server::{
        page::{page, path_id},
        services,
    },
    sessions::{self, Session, SessionId},
    t,
    ui::{
        ButtonKind, ButtonLink, Chip, EmptyState, Fact, Facts, Form, FormActions, HiddenField,
        NumberField, Page, RadioGroup, Section, Table, TextField, Tone, When, Width, time,
    },
};

/// What the page shows.
struct History {
    header: EditionHeader,
    session: Session,
    enrolment: EnrolmentId,
    person: PersonRow,
    marks: Vec<HistoryRow>,
    standing: Standing,
}

/// The history of one person's marks in one session.
#[component]
pub fn MarkHistoryPage() -> impl IntoView {
    let enrolment = path_id::<EnrolmentId>("enrolment");
    let session = path_id::<SessionId>("session");
    page(async move { Ok(load(enrolment?, session?).await?.view()) })
}

async fn load(enrolment: EnrolmentId, session: SessionId) -> Result<History, AppError> {
    let (viewer, state) = (viewer()?, services());
    let mut connection = state.database.read().await?;
    let session = sessions::find(&mut connection, session)
        .await?
        .ok_or(AppError::NotFound)?;
    let _ = permit(&mut connection, &viewer, TakeAttendance(session.edition)).await?;
    let person = queries::person(&mut connection, enrolment)
        .await?
        .filter(|person| person.edition == session.edition)
        .ok_or(AppError::NotFound)?;
    let marks = queries::marks_of_cell(&mut connection, enrolment, session.id).await?;
    Ok(History {
        header: visible_header(&mut connection, Some(&viewer), session.edition).await?,
        marks: queries::history(&mut connection, enrolment, session.id).await?,
        standing: Standing::of(&marks),
        session,
        enrolment,
        person,
    })
}

impl History {
    fn view(self) -> AnyView {
        let name = listed_name(
            &self.person.given_names,
            &self.person.paternal_surname,
            self.person.maternal_surname.as_deref(),
        );
        let roll = paths::session_attendance(self.session.id);
        let crumbs = vec![
            (
                self.header.title(),
                Some(paths::edition(self.header.id).into()),
            ),
            (
                t!(attendance.title),
                Some(paths::edition_attendance(self.header.id).into()),
            ),
            (self.session.title.clone(), Some(roll.clone().into())),
            (name.clone(), None),
        ];
        let action = view! {
            <ButtonLink href=roll kind=ButtonKind::Secondary>{t!(attendance.history.to_roll)}</ButtonLink>
        };
        view! {
            <Page title=t!(attendance.history.title, person = name) breadcrumbs=crumbs
                action=action.into_any() width=Width::Work>
                {locked_notice(&self.header)}
                {self.facts()}
                {self.settling()}
                {self.table()}
            </Page>
        }
        .into_any()
    }

    fn facts(&self) -> AnyView {
        let stands = self.standing.stands;
        let status = stands.map_or(MarkStatus::NotTaken, |mark| mark.status);
        let minutes = stands.map_or(0, |mark| mark.worth(self.session.planned_minutes));
        let label = words::status_with_minutes(status, minutes);
        let when = time::time_range(self.session.starts_at, self.session.ends_at);
        let held = format!("{}, {when}", self.session.title);
        let institution = self.person.institution.clone().map(|name| {
            view! { <Fact label=t!(attendance.history.institution)>{name}</Fact> }
        });
        view! {
            <Facts>
                <Fact label=t!(attendance.history.stands)><Chip tone=words::tone(status) label=label /></Fact>
                <Fact label=t!(attendance.history.session)>{held}</Fact>
                {institution}
            </Facts>
        }
        .into_any()
    }

    /// The form that settles a conflict.
    fn settling(&self) -> Option<AnyView> {
        if !self.standing.conflict || self.header.is_locked() {
            return None;
        }
        let options: Vec<(&str, String)> = MarkStatus::ALL
            .iter()
            .map(|status| (status.as_str(), words::status(*status)))
            .collect();
        let newest = self.standing.newest();
        let newest = newest.map_or_else(String::new, |mark| mark.to_string());
        let hint = t!(
            attendance.history.minutes_hint,
            max = self.session.planned_minutes - 1
        );
        let (enrolment, session) = (self.enrolment.to_string(), self.session.id.to_string());
        let reason = self.session.is_self_paced().then(|| {
            view! {
                <TextField name="reason" label=t!(attendance.roll.reason)
                    hint=t!(attendance.roll.reason_hint) maxlength=500 />
            }
        });
        Some(
            view! {
                <Section title=t!(attendance.history.conflict_title) framed=true>
                    <p>{t!(attendance.history.conflict_body)}</p>
                    <Form action=Settle::PATH>
                        <HiddenField name="enrolment" value=enrolment />
                        <HiddenField name="session" value=session />
                        <HiddenField name="seen" value=newest />
                        <RadioGroup name="status" label=t!(attendance.history.decide) options=options required=true />
                        <NumberField name="minutes" label=t!(attendance.minutes) min=1.0
                            hint=hint unit="min" />
                        {reason}
                        <FormActions submit=t!(attendance.history.settle) />
                    </Form>
                </Section>
            }
            .into_any(),
        )
    }

    fn table(&self) -> AnyView {
        if self.marks.is_empty() {
            return view! {
                <EmptyState title=t!(attendance.history.empty) body=t!(attendance.history.empty_body) />
            }
            .into_any();
        }
        let rows: Vec<AnyView> = self.marks.iter().rev().map(|mark| self.row(mark)).collect();
        view! {
            <Table caption=t!(attendance.history.marks) cards=true>
                <thead><tr>
                    <th scope="col">{t!(attendance.history.when)}</th>
                    <th scope="col">{t!(attendance.history.who)}</th>
                    <th scope="col">{t!(attendance.history.what)}</th>
                    <th scope="col">{t!(attendance.history.source)}</th>
                    <th scope="col">{t!(attendance.history.seen)}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </Table>
        }
        .into_any()
    }

    fn row(&self, mark: &HistoryRow) -> AnyView {
        let who = mark
            .marker
            .clone()
            .unwrap_or_else(|| t!(attendance.history.system));
        let stands = self
            .standing
            .stands
            .is_some_and(|stands| stands.id == mark.id);
        let stands = stands.then(|| {
            view! { " " <Chip tone=Tone::Good label=t!(attendance.history.stands_here) /> }
        });
        let what = words::status_with_minutes(mark.status, mark.minutes);
        let reason = mark.reason.clone();
        let reason = reason.map(|reason| view! { <br /><span class="quiet small">{reason}</span> });
        view! {
            <tr>
                <th scope="row"><When at=mark.marked_at /></th>
                <td data-label=t!(attendance.history.who)>{who}</td>
                <td data-label=t!(attendance.history.what)><span>{what}{stands}{reason}</span></td>
                <td data-label=t!(attendance.history.source)>{words::source(mark.source)}</td>
                <td data-label=t!(attendance.history.seen)>{self.seen(mark.seen)}</td>
            </tr>
        }
        .into_any()
    }

    fn seen(&self, seen: Option<MarkId>) -> String {
        let found = self.marks.iter().find(|mark| Some(mark.id) == seen);
        found.map_or_else(
            || t!(attendance.history.seen_nothing),
            |mark| {
                t!(
                    attendance.history.seen_mark,
                    what = words::status_with_minutes(mark.status, mark.minutes),
                    when = time::date_time(mark.marked_at)
                )
            },
        )
    }
}
