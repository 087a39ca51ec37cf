//! What is on, month by month: a grid or a list.

use chrono::{Datelike as _, Days, Months, NaiveDate, NaiveTime};
use leptos::prelude::*;

use crate::{
    access::{Viewer, maybe_viewer},
    courses::{pages::whereabouts, words},
    paths::{self, Path},
    server::{clock::from_lima, page, page::query_value, services},
    sessions::queries::{self, CalendarLine, Scope},
    t,
    ui::{
        ButtonKind, ButtonLink, ButtonRow, CalendarEntry, Chip, EmptyState, Icon, IconShape,
        MonthGrid, Notice, Page, TabItem, Table, Tabs, time,
    },
};

/// Sessions that one month shows at most.
const SHOWN: i64 = 600;

/// What the address asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Query {
    /// The first day of the month.
    month: NaiveDate,
    /// As a list rather than a grid.
    list: bool,
    /// Everything that is published rather than one's own work.
    all: bool,
}

impl Query {
    fn read(today: NaiveDate) -> Self {
        let typed = crate::values::date(&format!("{}-01", query_value("month")));
        Self {
            month: typed.unwrap_or_else(|_| first_of(today)),
            list: query_value("view") == "list",
            all: query_value("scope") == "all",
        }
    }

    fn path(self) -> Path {
        let path = paths::calendar().with("month", &self.month.format("%Y-%m").to_string());
        let path = if self.list {
            path.with("view", "list")
        } else {
            path
        };
        if self.all {
            path.with("scope", "all")
        } else {
            path
        }
    }

    /// The first day that is shown, and the one behind the last.
    fn days(self) -> (NaiveDate, NaiveDate) {
        let next = self.month + Months::new(1);
        if self.list {
            return (self.month, next);
        }
        let weeks = time::weeks_of(self.month);
        let first = weeks.first().map_or(self.month, |week| week[0]);
        let last = weeks.last().map_or(next, |week| week[6] + Days::new(1));
        (first, last)
    }
}

fn first_of(day: NaiveDate) -> NaiveDate {
    day - Days::new(u64::from(day.day0()))
}

/// Whose sessions somebody sees: strangers and participants what is published, staff their own
/// work with its drafts, and on request everything published as well.
fn scope(viewer: Option<&Viewer>, all: bool) -> Scope {
    let roles = viewer
        .map(|viewer| viewer.roles.clone())
        .unwrap_or_default();
    let teaches: Vec<_> = roles.facilitates.iter().chain(&roles.taught).collect();
    let works = !roles.coordinates.is_empty() || !teaches.is_empty();
    Scope {
        everything: roles.administrator,
        own_only: works && !roles.administrator && !all,
        programs: serde_json::json!(roles.coordinates).to_string(),
        editions: serde_json::json!(teaches).to_string(),
    }
}

/// The calendar.
#[component]
pub fn CalendarPage() -> impl IntoView {
    page(async move {
        let viewer = maybe_viewer();
        let state = services();
        let today = state.clock.today();
        let query = Query::read(today);
        let works = scope(viewer.as_ref(), false).own_only;
        let scope = scope(viewer.as_ref(), query.all);
        let (first, last) = query.days();
        let span = (midnight(first), midnight(last));
        let mut connection = state.database.read().await?;
        let lines = queries::calendar(&mut connection, span, &scope, SHOWN).await?;
        let cut = i64::try_from(lines.len()).is_ok_and(|shown| shown >= SHOWN);
        let cut = cut.then(|| view! { <Notice><p>{t!(sessions.calendar.cut)}</p></Notice> });
        let body = if query.list {
            list(lines)
        } else {
            let entries = opened_once(lines).into_iter().map(entry).collect();
            view! { <MonthGrid month=query.month today=today entries=entries /> }.into_any()
        };
        let month = time::long_month_name(query.month.month());
        let title = t!(
            sessions.calendar.title,
            month = month,
            year = query.month.year()
        );
        Ok(view! {
            <Page title=title>
                {controls(query, today, works)}
                {cut}
                {body}
            </Page>
        }
        .into_any())
    })
}

fn midnight(day: NaiveDate) -> chrono::DateTime<chrono::Utc> {
    from_lima(day.and_time(NaiveTime::MIN))
}

/// Month by month, grid or list, own work or everything.
fn controls(query: Query, today: NaiveDate, works: bool) -> AnyView {
    let at = move |month: NaiveDate| Query { month, ..query }.path();
    let views = [
        (false, t!(sessions.calendar.grid)),
        (true, t!(sessions.calendar.list)),
    ]
    .into_iter()
    .map(|(list, label)| TabItem::new(label, Query { list, ..query }.path(), list == query.list))
    .collect();
    let scopes = works.then(|| {
        let label = if query.all {
            t!(sessions.calendar.own)
        } else {
            t!(sessions.calendar.all)
        };
        let path = Query {
            all: !query.all,
            ..query
        }
        .path();
        view! { <ButtonLink href=path kind=ButtonKind::Quiet>{label}</ButtonLink> }
    });
    view! {
        <ButtonRow>
            <ButtonLink href=at(query.month - Months::new(1)) kind=ButtonKind::Secondary>
                <Icon shape=IconShape::Back />{t!(sessions.calendar.previous)}
            </ButtonLink>
            <ButtonLink href=at(first_of(today)) kind=ButtonKind::Secondary>
                {t!(sessions.calendar.this_month)}
            </ButtonLink>
            <ButtonLink href=at(query.month + Months::new(1)) kind=ButtonKind::Secondary>
                {t!(sessions.calendar.next)}<Icon shape=IconShape::Next />
            </ButtonLink>
            {scopes}
        </ButtonRow>
        <Tabs label=t!(sessions.calendar.views) items=views />
    }
    .into_any()
}

/// "Cadena de custodia: Primera", and for self-paced ones that they open.
fn label(line: &CalendarLine) -> String {
    let name = match line.title.as_str() {
        "" => line.course.clone(),
        title => format!("{}: {title}", line.course),
    };
    if line.is_self_paced() {
        t!(sessions.calendar.opens, session = name)
    } else {
        name
    }
}

/// The self-paced sessions of an edition that open on one day make one entry, which names the course
/// alone.
fn opened_once(lines: Vec<CalendarLine>) -> Vec<CalendarLine> {
    let mut kept: Vec<CalendarLine> = Vec::new();
    for line in lines {
        let same = |one: &&mut CalendarLine| {
            line.is_self_paced()
                && one.is_self_paced()
                && one.edition == line.edition
                && time::in_lima(one.starts_at).date() == time::in_lima(line.starts_at).date()
        };
        match kept.iter_mut().find(same) {
            Some(one) => one.title.clear(),
            None => kept.push(line),
        }
    }
    kept
}

fn hour(line: &CalendarLine) -> String {
    if line.is_self_paced() {
        String::new()
    } else {
        time::hour(line.starts_at)
    }
}

fn entry(line: CalendarLine) -> CalendarEntry {
    CalendarEntry {
        date: time::in_lima(line.starts_at).date(),
        hour: hour(&line),
        label: label(&line),
        href: paths::edition(line.edition).into(),
        tone: words::edition_tone(line.state),
    }
}

fn list(lines: Vec<CalendarLine>) -> AnyView {
    if lines.is_empty() {
        return view! {
            <EmptyState title=t!(sessions.calendar.nothing) body=t!(sessions.calendar.nothing_body) />
        }
        .into_any();
    }
    let rows = lines.into_iter().map(|line| {
        let when = if line.is_self_paced() {
            time::date(time::in_lima(line.starts_at).date())
        } else {
            time::time_range(line.starts_at, line.ends_at)
        };
        let place = whereabouts(line.venue.as_deref(), line.department);
        let place = place.unwrap_or_else(|| words::modality(line.modality));
        view! {
            <tr>
                <th scope="row">{when}</th>
                <td data-label=t!(sessions.session)><a href=paths::edition(line.edition)>{label(&line)}</a></td>
                <td data-label=t!(courses.kind)>{words::kind(line.kind)}</td>
                <td data-label=t!(courses.place)>{place}</td>
                <td data-label=t!(courses.state)>
                    <Chip tone=words::edition_tone(line.state) label=words::edition_state(line.state) />
                </td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <Table caption=t!(courses.calendar) caption_hidden=true cards=true>
            <thead><tr>
                <th scope="col">{t!(sessions.when)}</th>
                <th scope="col">{t!(sessions.session)}</th>
                <th scope="col">{t!(courses.kind)}</th>
                <th scope="col">{t!(courses.place)}</th>
                <th scope="col">{t!(courses.state)}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </Table>
    }
    .into_any()
}
