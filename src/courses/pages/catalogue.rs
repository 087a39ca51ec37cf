//! The public catalogue.

use std::collections::HashMap;

use leptos::prelude::*;

use super::parts::whereabouts;
use crate::{
    courses::{
        CourseId, CourseKind, EditionState, Modality,
        queries::{self, CatalogueFilter, CatalogueLine, EditionLine},
        words,
    },
    error::AppError,
    paths::{self, Path},
    people::{Department, words::departments},
    plural,
    server::{page, page::query_value, services},
    settings, t,
    ui::{
        Card, Cards, CheckboxField, Chip, EmptyState, FilterBar, Icon, IconShape, KeysetPager,
        Page, SearchField, SelectField, time,
    },
    values::fold,
};

/// Courses on one page of the catalogue.
const COURSES: usize = 24;

/// What the address asks for. Words that are no choice ask for nothing.
struct Query {
    text: String,
    kind: Option<CourseKind>,
    modality: Option<Modality>,
    department: Option<Department>,
    open: bool,
    after: Option<CourseId>,
}

impl Query {
    fn read() -> Self {
        Self {
            text: query_value("q").chars().take(100).collect(),
            kind: query_value("kind").parse().ok(),
            modality: query_value("modality").parse().ok(),
            department: query_value("department").parse().ok(),
            open: !query_value("open").is_empty(),
            after: query_value("after").parse().ok(),
        }
    }

    fn filter(&self) -> CatalogueFilter {
        CatalogueFilter {
            kind: self.kind,
            modality: self.modality,
            department: self.department,
            open: self.open,
            words: fold(&self.text).split(' ').map(str::to_owned).collect(),
        }
    }

    /// The catalogue with these filters, from its beginning.
    fn path(&self) -> Path {
        let pairs = [
            ("q", Some(self.text.clone()).filter(|text| !text.is_empty())),
            ("kind", self.kind.map(|kind| kind.to_string())),
            ("modality", self.modality.map(|one| one.to_string())),
            ("department", self.department.map(|one| one.to_string())),
            ("open", self.open.then(|| "true".to_owned())),
        ];
        pairs
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?)))
            .fold(paths::courses(), |path, (name, value)| {
                path.with(name, &value)
            })
    }
}

/// Every course with a published edition; filters in the address.
#[component]
pub fn CataloguePage() -> impl IntoView {
    page(async move {
        let query = Query::read();
        let state = services();
        let today = state.clock.today();
        let mut connection = state.database.read().await?;
        let key = match query.after {
            Some(after) => queries::folded_title(&mut connection, after).await?,
            None => None,
        };
        let after = key.as_deref().zip(query.after);
        let after = after.unwrap_or(("", CourseId::new(0)));
        let fetched = i64::try_from(COURSES).unwrap_or(i64::MAX) + 1;
        let mut lines =
            queries::catalogue(&mut connection, &query.filter(), today, after, fetched).await?;
        let more = lines.len() > COURSES;
        lines.truncate(COURSES);
        let next = lines.last().filter(|_| more);
        let next = next.map(|last| query.path().with("after", &last.id.to_string()));
        let first = query.after.is_some().then(|| query.path());
        let editions = next_editions(&mut connection, &lines).await?;
        let minutes = settings::academic_minutes(&mut connection).await?;
        let count = plural!(
            lines.len().try_into().unwrap_or(i64::MAX),
            public.courses_shown
        );
        let counts = !lines.is_empty() || first.is_some();
        let pager = counts.then(|| view! { <KeysetPager count=count first=first next=next /> });
        Ok(view! {
            <Page title=t!(public.courses) lead=t!(public.catalogue_lead)>
                {filters(&query)}
                {cards(lines, &editions, minutes)}
                {pager}
            </Page>
        }
        .into_any())
    })
}

/// Of each course the edition that a visitor would want first: one that is open, else the next.
async fn next_editions(
    connection: &mut sqlx::SqliteConnection,
    lines: &[CatalogueLine],
) -> Result<HashMap<CourseId, EditionLine>, AppError> {
    let ids: Vec<i64> = lines.iter().map(|line| line.id.get()).collect();
    let ids = serde_json::json!(ids).to_string();
    let mut chosen: HashMap<CourseId, EditionLine> = HashMap::new();
    for edition in queries::editions_of_courses(connection, &ids).await? {
        let better = chosen.get(&edition.course).is_none_or(|known| {
            known.state != EditionState::Enrolling && edition.state == EditionState::Enrolling
        });
        if better {
            chosen.insert(edition.course, edition);
        }
    }
    Ok(chosen)
}

fn filters(query: &Query) -> AnyView {
    let kinds: Vec<_> = CourseKind::ALL
        .iter()
        .map(|&kind| (kind.as_str(), words::kind(kind)))
        .collect();
    let modalities: Vec<_> = Modality::ALL
        .iter()
        .map(|&modality| (modality.as_str(), words::modality(modality)))
        .collect();
    let value = |chosen: Option<&'static str>| chosen.unwrap_or_default();
    let kind = value(query.kind.map(CourseKind::as_str));
    let modality = value(query.modality.map(Modality::as_str));
    let department = value(query.department.map(Department::as_str));
    let (text, open) = (query.text.clone(), query.open);
    let clear = (query.path() != paths::courses()).then(paths::courses);
    view! {
        <FilterBar action=paths::courses() clear=clear>
            <SearchField name="q" label=t!(public.search_courses) value=text />
            <SelectField name="kind" label=t!(courses.kind) placeholder=t!(public.any_kind)
                value=kind options=kinds />
            <SelectField name="modality" label=t!(courses.modality) placeholder=t!(public.any_modality)
                value=modality options=modalities />
            <SelectField name="department" label=t!(courses.department)
                placeholder=t!(public.any_department)
                value=department options=departments() />
            <CheckboxField name="open" label=t!(public.only_open) checked=open />
        </FilterBar>
    }
    .into_any()
}

fn cards(
    lines: Vec<CatalogueLine>,
    editions: &HashMap<CourseId, EditionLine>,
    minutes: i64,
) -> AnyView {
    if lines.is_empty() {
        return view! {
            <EmptyState title=t!(public.no_courses) body=t!(public.no_courses_body) />
        }
        .into_any();
    }
    let cards = lines.into_iter().map(|line| {
        let edition = editions.get(&line.id).map(edition_facts);
        let hours = time::training_hours(line.planned_minutes, minutes);
        view! {
            <Card title=line.title href=paths::course(line.id) kind=words::kind(line.kind)>
                <p>{line.summary}</p>
                <p class="small"><Icon shape=IconShape::Clock />" "{hours}</p>
                {edition}
            </Card>
        }
    });
    let cards = cards.collect_view();
    view! { <Cards>{cards}</Cards> }.into_any()
}

/// When, where and in which state: on cards.
pub(crate) fn edition_facts(edition: &EditionLine) -> AnyView {
    let place = whereabouts(edition.venue.as_deref(), edition.department)
        .map(|place| view! { <p class="small"><Icon shape=IconShape::Place />" "{place}</p> });
    let dates = time::date_range(edition.starts_on, edition.ends_on);
    let (tone, label) = (
        words::edition_tone(edition.state),
        words::edition_state(edition.state),
    );
    view! {
        <p class="small"><Icon shape=IconShape::Calendar />" "{dates}</p>
        {place}
        <p class="small">{words::modality(edition.modality)}</p>
        <Chip tone=tone label=label />
    }
    .into_any()
}
