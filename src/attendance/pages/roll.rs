//! One session, one person a line: the list on a phone, and the form that needs no JavaScript.

use std::collections::BTreeMap;

use leptos::{prelude::*, server_fn::ServerFn as _};

use super::{by_phone::by_phone, limits, locked_notice, roll_choice::choice};
use crate::{
    access::{policy::ActionKind, viewer},
    attendance::{Cell, MarkStatus, actions::MarkSession, grid::Limit, queries, words},
    courses::{EditionHeader, header_for},
    enrolment::{
        EnrolmentId,
        queries::{RosterEntry, roster},
    },
    error::AppError,
    paths,
    server::{
        page::{page, path_id, query_value, returned_form},
        services,
    },
    sessions::{self, Session, SessionId},
    t,
    ui::{
        ButtonLink, Chip, EmptyState, FilterBar, Form, FormState, HiddenField, Icon, IconShape,
        Page, SearchField, TextField, number, time,
    },
    values::fold,
};

/// The statuses with a button of their own; partial attendance needs minutes as well.
const BUTTONS: [MarkStatus; 4] = [
    MarkStatus::Present,
    MarkStatus::Late,
    MarkStatus::Excused,
    MarkStatus::Absent,
];

/// Fewer people than this are found without a search.
const SEARCHED_FROM: usize = 12;

/// What the page shows.
struct Roll {
    header: EditionHeader,
    session: Session,
    /// The edition's sessions before and after this one.
    neighbours: (Option<SessionId>, Option<SessionId>),
    people: Vec<RosterEntry>,
    cells: BTreeMap<EnrolmentId, Cell>,
    search: String,
    form: FormState,
    /// What may be said now, where that is not everything.
    limit: Option<Limit>,
}

/// The attendance of one session.
#[component]
pub fn SessionAttendancePage() -> impl IntoView {
    let (id, search) = (path_id::<SessionId>("id"), query_value("q"));
    let form = returned_form().for_action(MarkSession::PATH);
    page(async move { Ok(load(id?, search, form).await?.view()) })
}

async fn load(id: SessionId, search: String, form: FormState) -> Result<Roll, AppError> {
    let (viewer, state) = (viewer()?, services());
    let mut connection = state.database.read().await?;
    let session = sessions::find(&mut connection, id)
        .await?
        .ok_or(AppError::NotFound)?;
    let edition = session.edition;
    let header = header_for(
        &mut connection,
        &viewer,
        edition,
        ActionKind::TakeAttendance,
    )
    .await?;
    let all = sessions::list(&mut connection, edition).await?;
    let own = all.iter().position(|other| other.id == id).unwrap_or(0);
    let at = |index: Option<usize>| index.and_then(|index| all.get(index)).map(|found| found.id);
    let cells = queries::cells(&mut connection, edition, Some(id)).await?;
    Ok(Roll {
        header,
        limit: limits::ahead(&session, state.clock.now()),
        session,
        neighbours: (at(own.checked_sub(1)), at(Some(own + 1))),
        people: roster(&mut connection, edition).await?,
        cells: cells
            .into_iter()
            .map(|cell| (cell.enrolment, cell))
            .collect(),
        search,
        form,
    })
}

impl Roll {
    fn view(self) -> AnyView {
        let title = t!(attendance.roll.title, session = self.session.title.clone());
        let when = time::time_range(self.session.starts_at, self.session.ends_at);
        let crumbs = vec![
            (
                self.header.title(),
                Some(paths::edition(self.header.id).into()),
            ),
            (
                t!(attendance.title),
                Some(paths::edition_attendance(self.header.id).into()),
            ),
            (self.session.title.clone(), None),
        ];
        view! {
            <Page title=title lead=when breadcrumbs=crumbs>
                {self.around()}
                {locked_notice(&self.header)}
                {limits::notice(self.limit.as_ref().filter(|_| !self.header.is_locked()))}
                {self.search_bar()}
                {self.list()}
            </Page>
        }
        .into_any()
    }

    /// Links to the sessions before and after, and to all.
    fn around(&self) -> AnyView {
        let (before, after) = self.neighbours;
        let before = before.map(|id| {
            view! { <a href=paths::session_attendance(id)><Icon shape=IconShape::Back />{t!(attendance.roll.previous)}</a> }
        });
        let after = after.map(|id| {
            view! { <a href=paths::session_attendance(id)>{t!(attendance.roll.next)}<Icon shape=IconShape::Next /></a> }
        });
        view! {
            <p class="roll-around">
                {before}
                <a href=paths::edition_attendance(self.header.id)>{t!(attendance.roll.all_sessions)}</a>
                {after}
            </p>
            {by_phone(&self.header, &self.session)}
        }
        .into_any()
    }

    /// Looking for a surname where there is nothing to save.
    fn search_bar(&self) -> Option<AnyView> {
        if self.people.len() < SEARCHED_FROM || !self.header.is_locked() {
            return None;
        }
        let own = paths::session_attendance(self.session.id);
        let clear = (!self.search.is_empty()).then(|| own.clone());
        let search = self.search.clone();
        Some(
            view! {
                <FilterBar action=own clear=clear submit=t!(attendance.roll.find)>
                    <SearchField name="q" label=t!(attendance.roll.search) value=search />
                </FilterBar>
            }
            .into_any(),
        )
    }

    fn list(&self) -> AnyView {
        let wanted = fold(&self.search);
        let found: Vec<&RosterEntry> = self
            .people
            .iter()
            .filter(|person| person.sort_name.contains(&wanted))
            .collect();
        if found.is_empty() {
            return self.nobody();
        }
        let lines = found
            .iter()
            .map(|person| self.line(person))
            .collect::<Vec<_>>();
        let list = view! { <ul class="roll" role="list">{lines}</ul> };
        if self.header.is_locked() {
            return view! { <p class="roll-count">{self.count(&found)}</p>{list} }.into_any();
        }
        let session = self.session.id.to_string();
        let (search, actions) = (self.search_line(), self.actions(found.len()));
        let reason = (self.session.is_self_paced() && self.limit.is_none()).then(|| {
            view! {
                <TextField name="reason" label=t!(attendance.roll.reason)
                    hint=t!(attendance.roll.reason_hint) maxlength=500 />
            }
        });
        view! {
            <Form action=MarkSession::PATH form=&self.form>
                <HiddenField name="session" value=session />
                <div class="roll-form">{search}{list}{reason}{actions}</div>
            </Form>
        }
        .into_any()
    }

    /// Looking for a surname within the form: what was chosen is saved on the way.
    fn search_line(&self) -> Option<AnyView> {
        (self.people.len() >= SEARCHED_FROM).then(|| {
            view! {
                <div class="roll-search">
                    <label class="field">
                        <span class="field-label">{t!(attendance.roll.search)}</span>
                        <input class="input" type="search" name="q" maxlength="80" autocomplete="off"
                            value=self.search.clone() />
                    </label>
                    <button class="button button-secondary" type="submit" name="then" value="find">
                        {t!(attendance.roll.save_and_find)}
                    </button>
                </div>
            }
            .into_any()
        })
    }

    /// Saving; while only some are shown nobody else is marked along.
    fn actions(&self, shown: usize) -> AnyView {
        let all = number::count(i64::try_from(shown).unwrap_or(i64::MAX));
        let other = if self.search.is_empty() {
            self.allows(MarkStatus::Present)
                .then(|| ("rest_present", t!(attendance.roll.rest_present)))
        } else {
            Some(("all", t!(attendance.roll.save_and_see_all)))
        };
        let other = other.map(|(then, label)| {
            view! {
                <button class="button button-secondary" type="submit" name="then" value=then>{label}</button>
            }
        });
        view! {
            <div class="roll-actions">
                <p class="roll-tally">{t!(attendance.roll.chosen, all = all)}</p>
                <button class="button" type="submit">{t!(attendance.roll.save)}</button>
                {other}
            </div>
        }
        .into_any()
    }

    fn nobody(&self) -> AnyView {
        if self.search.is_empty() {
            return view! {
                <EmptyState title=t!(attendance.roll.nobody) body=t!(attendance.roll.nobody_body) />
            }
            .into_any();
        }
        let all = view! {
            <ButtonLink href=paths::session_attendance(self.session.id)>{t!(attendance.roll.see_all)}</ButtonLink>
        };
        view! {
            <EmptyState title=t!(attendance.roll.nobody_found)
                body=t!(attendance.roll.nobody_found_body) action=all.into_any() />
        }
        .into_any()
    }

    fn allows(&self, status: MarkStatus) -> bool {
        self.limit.as_ref().is_none_or(|limit| limit.allows(status))
    }

    fn count(&self, people: &[&RosterEntry]) -> String {
        let taken = people
            .iter()
            .filter(|person| self.status(person.enrolment) != MarkStatus::NotTaken)
            .count();
        let count = |number: usize| number::count(i64::try_from(number).unwrap_or(i64::MAX));
        t!(
            attendance.roll.count,
            taken = count(taken),
            all = count(people.len())
        )
    }

    fn status(&self, enrolment: EnrolmentId) -> MarkStatus {
        self.cells
            .get(&enrolment)
            .map_or(MarkStatus::NotTaken, |cell| cell.status)
    }

    /// One person.
    fn line(&self, person: &RosterEntry) -> AnyView {
        let cell = self.cells.get(&person.enrolment);
        let in_conflict = cell.is_some_and(|cell| cell.conflict);
        let class = if in_conflict {
            "roll-line is-conflict"
        } else if self.status(person.enrolment) == MarkStatus::NotTaken {
            "roll-line"
        } else {
            "roll-line is-saved"
        };
        let institution = person
            .institution
            .clone()
            .map(|name| view! { <span class="quiet">{name}</span> });
        let conflict = in_conflict.then(|| self.conflict(person));
        let choices = if self.header.is_locked() {
            self.chip(person)
        } else {
            self.choices(person)
        };
        view! {
            <li class=class>
                <div><p class="roll-name">{person.listed_name()}{institution}</p>{conflict}</div>
                {choices}
            </li>
        }
        .into_any()
    }

    fn conflict(&self, person: &RosterEntry) -> AnyView {
        let history = paths::mark_history(person.enrolment, self.session.id);
        let link = t!(attendance.roll.see_history, person = person.listed_name());
        view! {
            <p class="small"><Icon shape=IconShape::Triangle />" "{t!(attendance.roll.conflict)}" "<a href=history>{link}</a></p>
        }
        .into_any()
    }

    fn chip(&self, person: &RosterEntry) -> AnyView {
        let none = || words::status(MarkStatus::NotTaken);
        let label = self
            .cells
            .get(&person.enrolment)
            .map_or_else(none, words::cell);
        let tone = words::tone(self.status(person.enrolment));
        view! { <Chip tone=tone label=label /> }.into_any()
    }

    /// Four big buttons, and behind a fold what is rarer.
    fn choices(&self, person: &RosterEntry) -> AnyView {
        let id = person.enrolment;
        let (name, minutes_name) = (format!("mark-{id}"), format!("minutes-{id}"));
        let cell = self.cells.get(&id);
        let stands = cell.map_or(MarkStatus::NotTaken, |cell| cell.status);
        let shown = if stands == MarkStatus::NotTaken {
            ""
        } else {
            stands.as_str()
        };
        let chosen = self.form.value_or(&name, shown);
        let partial = cell.filter(|cell| cell.status == MarkStatus::Partial);
        let partial = partial.map_or_else(String::new, |cell| cell.minutes.to_string());
        let minutes = self.form.value_or(&minutes_name, partial);
        let newest = cell.and_then(|cell| cell.newest);
        let newest = newest.map_or_else(String::new, |mark| mark.to_string());
        let seen = self.form.value_or(&format!("seen-{id}"), newest);
        let button = |status: MarkStatus| {
            let why = self.limit.as_ref().filter(|limit| !limit.allows(status));
            let why = why.map(|limit| limit.why.clone());
            choice(&name, status, chosen == status.as_str(), why)
        };
        let more = self.more(
            &minutes_name,
            minutes,
            &chosen,
            [button(MarkStatus::Partial), button(MarkStatus::NotTaken)],
        );
        view! {
            <fieldset class="marks" id=name.clone()>
                <legend class="visually-hidden">{person.listed_name()}</legend>
                {BUTTONS.map(button).into_iter().collect::<Vec<_>>()}
                {more}
                <input type="hidden" name=format!("seen-{id}") value=seen />
            </fieldset>
        }
        .into_any()
    }

    fn more(&self, name: &str, minutes: String, chosen: &str, buttons: [AnyView; 2]) -> AnyView {
        let fault = self.form.error(name).map(str::to_owned);
        let rare = [MarkStatus::Partial, MarkStatus::NotTaken];
        let open = fault.is_some() || rare.iter().any(|status| status.as_str() == chosen);
        let max = self.session.planned_minutes - 1;
        let invalid = fault.is_some().then_some("true");
        let error = fault.map(|fault| {
            view! { <p class="field-error"><Icon shape=IconShape::Triangle />{fault}</p> }
        });
        view! {
            <details class="roll-more" open=open>
                <summary>{t!(attendance.roll.more)}</summary>
                <div class="marks">
                    {buttons.into_iter().collect::<Vec<_>>()}
                    <label class="roll-minutes">
                        <span>{t!(attendance.roll.minutes, max = max)}</span>
                        <input class="input input-number" type="number" inputmode="numeric" min="1"
                            max=max disabled=!self.allows(MarkStatus::Partial) id=name.to_owned() name=name.to_owned() value=minutes aria-invalid=invalid />
                    </label>
                </div>
                {error}
            </details>
        }
        .into_any()
    }
}
