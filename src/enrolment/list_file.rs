//! `/editions/{id}/enrolments.csv`: a part of the list of enrolments with what the page shows, for
//! whoever decides on them.
//!
//! Facilitators have the lists they need on paper and in their phones. Whoever takes the file is
//! written down with what they took, for a file is easily passed on.

use std::collections::HashMap;

use axum::{
    Extension,
    extract::{Path as PathParts, Query, State},
    response::Response,
};
use capacita_locales::Locale;
use futures::stream;
use serde_json::json;

use super::{
    EnrolmentId, ListView,
    list_query::ListQuery,
    queries::{self, Filter, ListRow},
    words,
};
use crate::{
    access::{ManageEnrolments, Viewer, permit},
    audit::{self, Event},
    courses::{EditionId, actions::hidden_id},
    error::AppError,
    paths,
    people::{Department, words::sector},
    server::{
        AppState, Cells, Identity, clock::lima_date, csv_stream, file_refused, words::in_language,
    },
    t,
    values::Order,
};

/// Lines that are read at once.
const PART: usize = 500;

/// The file.
pub(super) async fn enrolments(
    State(state): State<AppState>,
    Extension(identity): Extension<Identity>,
    PathParts(edition): PathParts<String>,
    Query(parameters): Query<HashMap<String, String>>,
) -> Response {
    let query = ListQuery::read(|name| parameters.get(name).cloned().unwrap_or_default());
    let locale = identity.locale;
    let edition: Result<EditionId, _> = hidden_id(&edition);
    let begun = match &edition {
        Ok(edition) => begin(&state, identity.viewer.as_ref(), *edition, &query).await,
        Err(_) => Err(AppError::NotFound),
    };
    match begun {
        Ok(list) => {
            let head = in_language(locale, || head(list.view));
            let name = in_language(locale, || t!(enrolment.file, edition = list.edition.get()));
            let parts = stream::try_unfold(Some((state, list)), move |rest| part(rest, locale));
            csv_stream(&name, head, parts)
        }
        Err(error) => {
            let page = edition.map_or_else(|_| paths::home(), paths::edition_enrolments);
            file_refused(locale, &page.uri(), &error)
        }
    }
}

/// What is left of the list.
struct List {
    edition: EditionId,
    view: ListView,
    filter: Filter,
    order: Order<queries::ListColumn>,
    after: Option<EnrolmentId>,
}

/// Whether they may, and a line in the trail that they did.
async fn begin(
    state: &AppState,
    viewer: Option<&Viewer>,
    edition: EditionId,
    query: &ListQuery,
) -> Result<List, AppError> {
    let viewer = viewer.ok_or(AppError::SignInRequired)?;
    let mut tx = state.database.write().await?;
    let permit = permit(&mut tx, viewer, ManageEnrolments(edition)).await?;
    let counts = queries::counts(&mut tx, edition).await?;
    let view = query.shown(&counts, true);
    let filtered = query.is_filtered();
    let after = json!({
        "view": view,
        // Of a filtered list nobody has counted how many pass.
        "lines": (!filtered).then(|| view.count(&counts)),
        "sector": query.sector,
        "filtered": filtered,
    });
    let event = Event::new("enrolments_export", "edition", edition.get()).after(&after);
    audit::record_permitted(&mut tx, state.clock.now(), &permit, event).await?;
    tx.commit().await?;
    Ok(List {
        edition,
        view,
        filter: query.filter(view),
        order: query.order,
        after: None,
    })
}

type Rest = Option<(AppState, List)>;

/// The next lines, and what follows them.
async fn part(rest: Rest, locale: Locale) -> Result<Option<(Vec<Cells>, Rest)>, AppError> {
    let Some((state, mut list)) = rest else {
        return Ok(None);
    };
    let page = queries::Page {
        order: list.order,
        after: list.after,
        limit: i64::try_from(PART).unwrap_or(i64::MAX),
    };
    let mut connection = state.database.read().await?;
    let rows = queries::list(&mut connection, list.edition, &list.filter, page).await?;
    drop(connection);
    let lines = in_language(locale, || {
        rows.iter().map(|row| line(list.view, row)).collect()
    });
    list.after = rows.last().map(|row| row.id);
    let rest = (rows.len() == PART).then_some((state, list));
    Ok(Some((lines, rest)))
}

fn head(view: ListView) -> Cells {
    let mut head = vec![
        t!(enrolment.person),
        t!(enrolment.institution),
        t!(enrolment.sector),
        t!(enrolment.department),
        t!(enrolment.state_head),
        t!(enrolment.since),
    ];
    if view == ListView::Waiting {
        head.push(t!(enrolment.order_head));
    }
    head
}

fn line(view: ListView, row: &ListRow) -> Cells {
    let department = row.department.map(Department::name);
    let mut cells = vec![
        row.name(),
        row.institution.clone().unwrap_or_default(),
        row.sector.map(sector).unwrap_or_default(),
        department.unwrap_or_default().to_owned(),
        words::state(row.state),
        lima_date(row.state_at).to_string(),
    ];
    if view == ListView::Waiting {
        let position = row.position.map(|position| position.to_string());
        cells.push(position.unwrap_or_default());
    }
    cells
}
