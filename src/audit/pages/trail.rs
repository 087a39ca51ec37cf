//! Who changed what: the trail, filtered.

use chrono::{Days, NaiveDate, NaiveTime};
use leptos::prelude::*;
use sqlx::SqliteConnection;

use super::changes::changes;
use crate::{
    access::{AccountId, ReadAudit, permit, viewer},
    audit::{
        queries::{self, EventRow, EventSearch},
        words,
    },
    courses::ProgramId,
    error::AppError,
    paths::{self, Path},
    plural,
    server::{
        clock::from_lima,
        page::{page, query_value},
        services,
    },
    t,
    ui::{
        DateField, EmptyState, FieldMessage, FilterBar, FormState, KeysetPager, Page, SearchField,
        SelectField, When, number,
    },
    values::date,
};

const PAGE: i64 = 50;

/// The filters in the address, as they were typed. What cannot be read is refused at its field: a
/// trail without it would look as if it had been filtered.
#[derive(Clone, Default)]
struct Filters {
    who: String,
    account: String,
    action: String,
    subject: String,
    record: String,
    program: String,
    from: String,
    to: String,
    before: String,
}

impl Filters {
    fn from_address() -> Self {
        Self {
            who: query_value("who"),
            account: query_value("account"),
            action: query_value("action"),
            subject: query_value("subject"),
            record: query_value("record"),
            program: query_value("program"),
            from: query_value("from"),
            to: query_value("to"),
            before: query_value("before"),
        }
    }

    fn pairs(&self) -> [(&'static str, &str); 8] {
        [
            ("who", &self.who),
            ("account", &self.account),
            ("action", &self.action),
            ("subject", &self.subject),
            ("record", &self.record),
            ("program", &self.program),
            ("from", &self.from),
            ("to", &self.to),
        ]
    }

    /// The address of this list from its beginning.
    fn address(&self) -> Path {
        self.pairs()
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .fold(paths::audit(), |path, (name, value)| path.with(name, value))
    }

    /// What cannot be read.
    fn faults(&self) -> Vec<FieldMessage> {
        let is_day = |typed: &str| typed.trim().is_empty() || date(typed).is_ok();
        let is_number =
            |typed: &str| typed.trim().is_empty() || typed.trim().parse::<i64>().is_ok();
        let checked = [
            ("record", &self.record, is_number(&self.record)),
            ("from", &self.from, is_day(&self.from)),
            ("to", &self.to, is_day(&self.to)),
        ];
        let faulty = checked.into_iter().filter(|(.., sound)| !sound);
        let message = |(field, typed, _): (&str, &String, bool)| FieldMessage {
            field: field.to_owned(),
            message: if field == "record" {
                t!(audit.not_a_number, typed = typed.as_str())
            } else {
                t!(audit.not_a_day, typed = typed.as_str())
            },
        };
        faulty.map(message).collect()
    }

    /// The filters as a form that was refused; a fresh one where all can be read.
    fn form(&self) -> FormState {
        let faults = self.faults();
        if faults.is_empty() {
            return FormState::default();
        }
        let pairs = self.pairs().into_iter();
        let typed = pairs.map(|(name, value)| (name.to_owned(), value.to_owned()));
        FormState::returned(typed.collect(), faults, None)
    }

    fn is_set(&self) -> bool {
        self.pairs().iter().any(|(_, value)| !value.is_empty())
    }

    /// What the database is asked; `None`: nothing can be found.
    async fn search(
        &self,
        connection: &mut SqliteConnection,
    ) -> Result<Option<EventSearch>, AppError> {
        let Some(account) = self.account(connection).await? else {
            return Ok(None);
        };
        let Some((first, end)) = self.days(connection).await? else {
            return Ok(None);
        };
        let text = |value: &String| (!value.is_empty()).then(|| value.clone());
        let before: Option<i64> = self.before.parse().ok();
        Ok(Some(EventSearch {
            account,
            action: text(&self.action),
            subject_kind: text(&self.subject),
            subject_id: self.record.trim().parse().ok(),
            program: self.program.parse::<ProgramId>().ok(),
            first,
            before: before.unwrap_or(i64::MAX).min(end),
        }))
    }

    /// Whose doings are looked for; outer `None`: there is no such account.
    async fn account(
        &self,
        connection: &mut SqliteConnection,
    ) -> Result<Option<Option<AccountId>>, AppError> {
        if let Ok(account) = self.account.parse() {
            return Ok(Some(Some(account)));
        }
        let email = self.who.trim().to_lowercase();
        if email.is_empty() {
            return Ok(Some(None));
        }
        let found = queries::account_by_email(connection, &email).await?;
        Ok(found.map(Some))
    }

    /// The ids of the days: the first, and the one behind the last; `None`: nothing happened since.
    async fn days(
        &self,
        connection: &mut SqliteConnection,
    ) -> Result<Option<(i64, i64)>, AppError> {
        let first = match date(&self.from) {
            Ok(day) => match first_of(connection, day).await? {
                Some(first) => first,
                None => return Ok(None),
            },
            Err(_) => 1,
        };
        let end = match date(&self.to) {
            Ok(day) => first_of(connection, day + Days::new(1)).await?,
            Err(_) => None,
        };
        Ok(Some((first, end.unwrap_or(i64::MAX))))
    }
}

/// The first event of a day in Lima, or of a later one.
async fn first_of(
    connection: &mut SqliteConnection,
    day: NaiveDate,
) -> Result<Option<i64>, AppError> {
    let midnight = from_lima(day.and_time(NaiveTime::MIN));
    Ok(queries::first_since(connection, midnight).await?)
}

/// The audit trail, the latest first.
#[component]
pub fn AuditPage() -> impl IntoView {
    let filters = Filters::from_address();
    page(async move {
        let (state, viewer) = (services(), viewer()?);
        let mut connection = state.database.read().await?;
        let _ = permit(&mut connection, &viewer, ReadAudit).await?;
        let form = filters.form();
        let search = filters.search(&mut connection).await?;
        let mut events = match search.filter(|_| !form.is_returned()) {
            Some(search) => queries::events(&mut connection, &search, PAGE + 1).await?,
            None => Vec::new(),
        };
        let more = number::length(&events) > PAGE;
        events.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
        let programs = queries::programs(&mut connection).await?;
        let who = match filters.account.parse() {
            Ok(account) => queries::email_of_account(&mut connection, account).await?,
            Err(_) => Some(filters.who.clone()),
        };
        let list = if form.is_returned() {
            view! { <EmptyState title=t!(audit.unreadable) body=t!(audit.unreadable_next) /> }
                .into_any()
        } else {
            list(&filters, events, more)
        };
        let parts = (
            filter_bar(&filters, form, who.unwrap_or_default(), programs),
            list,
        );
        Ok(view! { <Page title=t!(audit.title) lead=t!(audit.lead)>{parts}</Page> }.into_any())
    })
}

fn filter_bar(
    filters: &Filters,
    form: FormState,
    who: String,
    programs: Vec<(ProgramId, String)>,
) -> AnyView {
    let Filters {
        action,
        subject,
        record,
        program,
        from,
        to,
        ..
    } = filters.clone();
    let clear = filters.is_set().then(paths::audit);
    let programs: Vec<(String, String)> = programs
        .into_iter()
        .map(|(id, name)| (id.to_string(), name))
        .collect();
    view! {
        <FilterBar action=paths::audit() clear=clear form=form>
            <SearchField name="who" label=t!(audit.who) value=who />
            <SelectField name="action" label=t!(audit.what) value=action
                placeholder=t!(audit.anything) options=named(words::ACTIONS, words::action) />
            <SelectField name="subject" label=t!(audit.record) value=subject
                placeholder=t!(audit.any_record) options=named(words::SUBJECTS, words::subject) />
            <SearchField name="record" label=t!(audit.number) value=record />
            <SelectField name="program" label=t!(audit.program) value=program
                placeholder=t!(audit.any_program) options=programs />
            <DateField name="from" label=t!(audit.from) value=from />
            <DateField name="to" label=t!(audit.to) value=to />
        </FilterBar>
    }
    .into_any()
}

/// Codes with their words, in the order of the words.
fn named(codes: &[&str], word: fn(&str) -> Option<String>) -> Vec<(String, String)> {
    let mut named: Vec<(String, String)> = codes
        .iter()
        .filter_map(|code| Some(((*code).to_owned(), word(code)?)))
        .collect();
    named.sort_by_key(|(_, word)| crate::values::fold(word));
    named
}

fn list(filters: &Filters, events: Vec<EventRow>, more: bool) -> AnyView {
    let Some(last) = events.last() else {
        return view! { <EmptyState title=t!(audit.none) body=t!(audit.none_next) /> }.into_any();
    };
    let next = more.then(|| {
        let before = last.id.to_string();
        filters.address().with("before", &before)
    });
    let first = (!filters.before.is_empty()).then(|| filters.address());
    let shown = plural!(number::length(&events), audit.shown);
    let lines = events.into_iter().map(line).collect_view();
    view! {
        <ul class="lines" role="list">{lines}</ul>
        <KeysetPager count=shown first=first next=next />
    }
    .into_any()
}

fn line(event: EventRow) -> AnyView {
    let action = words::action(&event.action).unwrap_or(event.action);
    let kind = words::subject(&event.subject_kind).unwrap_or(event.subject_kind.clone());
    // There is one database: it has no number.
    let subject = if event.subject_id == 0 {
        kind
    } else {
        t!(audit.numbered, kind = kind, id = event.subject_id)
    };
    let subject = match words::subject_page(&event.subject_kind, event.subject_id) {
        Some(page) => view! { <a href=page>{subject}</a> }.into_any(),
        None => subject.into_any(),
    };
    let actor = event.email.unwrap_or_else(|| t!(audit.system));
    let program = event.program.map(|program| format!(" · {program}"));
    let changes = changes(event.before.as_deref(), event.after.as_deref());
    let details = changes.map(|changes| {
        view! { <details><summary>{t!(audit.details)}</summary>{changes}</details> }
    });
    view! {
        <li>
            <p><strong>{action}</strong>" · "{subject}{program}</p>
            <p class="quiet small"><When at=event.at />" · "{actor}</p>
            {details}
        </li>
    }
    .into_any()
}
