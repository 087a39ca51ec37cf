//! `/people.csv`: everybody whom a search of the register finds, with what the list shows of them.
//!
//! Numbers of documents stay masked, and of people of other programs the file says what the page
//! says: their name and where they serve. Whoever takes it is written down with how many they got,
//! for a file is easily passed on.

use axum::{
    Extension,
    extract::{Query, State},
    response::Response,
};
use capacita_locales::Locale;
use futures::stream;
use serde_json::json;
use std::collections::HashMap;

use super::{
    Department,
    name::listed_name,
    queries::ListRow,
    register::{COUNTED, RegisterPage, RegisterQuery, Sought, count, read_page},
    words::document_masked,
};
use crate::{
    access::{ReadRegister, Viewer, permit},
    audit::{self, Event},
    error::AppError,
    server::{
        AppState, Cells, Identity, clock::lima_date, csv_stream, file_refused, words::in_language,
    },
    t,
};

/// Lines that are read at once.
const PART: usize = 500;

/// The file, for whoever may look people up.
pub async fn people(
    State(state): State<AppState>,
    Extension(identity): Extension<Identity>,
    Query(parameters): Query<HashMap<String, String>>,
) -> Response {
    let query = RegisterQuery {
        after: None,
        ..RegisterQuery::read(|name| parameters.get(name).cloned().unwrap_or_default())
    };
    let locale = identity.locale;
    match begin(&state, identity.viewer, &query).await {
        Ok(viewer) => {
            let (name, head) = in_language(locale, || (t!(people.file), head()));
            let first = Some((state, viewer, query));
            let parts = stream::try_unfold(first, move |rest| part(rest, locale));
            csv_stream(&name, head, parts)
        }
        Err(error) => file_refused(locale, &query.address(None).uri(), &error),
    }
}

/// Whether they may, and a line in the trail that they did.
async fn begin(
    state: &AppState,
    viewer: Option<Viewer>,
    query: &RegisterQuery,
) -> Result<Viewer, AppError> {
    let viewer = viewer.ok_or(AppError::SignInRequired)?;
    let mut tx = state.database.write().await?;
    let permit = permit(&mut tx, &viewer, ReadRegister).await?;
    let sought = Sought::read(&mut tx, &state.secrets, query).await?;
    let found = count(&mut tx, query, &sought).await?;
    let lines = (found <= COUNTED).then_some(found);
    let after = json!({
        "lines": lines,
        "sector": query.sector,
        "institution": query.institution,
        "department": query.department,
    });
    let event = Event::new("people_export", "account", viewer.account.get()).after(&after);
    audit::record_permitted(&mut tx, state.clock.now(), &permit, event).await?;
    tx.commit().await?;
    Ok(viewer)
}

type Rest = Option<(AppState, Viewer, RegisterQuery)>;

/// The next lines, and what follows them.
async fn part(rest: Rest, locale: Locale) -> Result<Option<(Vec<Cells>, Rest)>, AppError> {
    let Some((state, viewer, query)) = rest else {
        return Ok(None);
    };
    let mut connection = state.database.read().await?;
    let sought = Sought::read(&mut connection, &state.secrets, &query).await?;
    let page = read_page(&mut connection, &viewer, &query, &sought, PART).await?;
    drop(connection);
    let lines = in_language(locale, || lines(&state, &page));
    let rest = page.next.map(|after| {
        let after = Some(after);
        (state, viewer, RegisterQuery { after, ..query })
    });
    Ok(Some((lines, rest)))
}

fn head() -> Cells {
    vec![
        t!(people.name),
        t!(people.document),
        t!(people.institution),
        t!(people.position),
        t!(people.department),
        t!(people.recorded),
        t!(people.account),
    ]
}

fn lines(state: &AppState, page: &RegisterPage) -> Vec<Cells> {
    let readable = |row: &ListRow| page.readable.contains(&row.id);
    page.rows
        .iter()
        .map(|row| line(state, row, readable(row)))
        .collect()
}

fn line(state: &AppState, row: &ListRow, readable: bool) -> Cells {
    let maternal = row.maternal_surname.as_deref();
    let name = listed_name(&row.given_names, &row.paternal_surname, maternal);
    let institution = row.institution.clone().unwrap_or_default();
    if !readable {
        let hidden = t!(people.of_another_program);
        let [position, department, recorded, account] = [const { String::new() }; 4];
        return vec![
            name,
            hidden,
            institution,
            position,
            department,
            recorded,
            account,
        ];
    }
    let sealed = row.document_sealed.as_deref();
    let number = sealed.and_then(|sealed| state.secrets.open(sealed));
    vec![
        name,
        document_masked(row.document_kind, number.as_deref()),
        institution,
        row.position.clone().unwrap_or_default(),
        row.department
            .map(Department::name)
            .unwrap_or_default()
            .to_owned(),
        lima_date(row.recorded_at).to_string(),
        if row.has_account {
            t!(people.has_account)
        } else {
            t!(people.has_no_account)
        },
    ]
}
