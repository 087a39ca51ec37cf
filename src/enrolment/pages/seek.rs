//! Enrolling somebody: words, hits, a button.

use leptos::{prelude::*, server_fn::ServerFn as _};
use sqlx::SqliteConnection;

use super::list::Loaded;
use crate::{
    courses::EditionId,
    enrolment::{
        EnrolmentId, EnrolmentState, ListView, actions::EnrolOther, queries, words::state_chip,
    },
    error::AppError,
    paths,
    people::{self, PersonHit, PersonId},
    server::AppState,
    t,
    ui::{
        ButtonKind, ButtonLink, EmptyState, ErrorSummary, FormState, HiddenField, PostButton,
        SearchField, Section,
    },
};

/// How many hits are shown; who is not among them is found by more words.
const HITS: i64 = 20;
const HITS_SHOWN: usize = 20;

/// Who was found, and which of them are in the edition already.
#[derive(Debug)]
pub(super) struct Seek {
    hits: Vec<PersonHit>,
    active: Vec<(PersonId, EnrolmentId, EnrolmentState)>,
}

impl Seek {
    /// Looks the words up; `None` when nothing was typed.
    pub(super) async fn load(
        state: &AppState,
        connection: &mut SqliteConnection,
        edition: EditionId,
        text: &str,
    ) -> Result<Option<Self>, AppError> {
        if text.trim().is_empty() {
            return Ok(None);
        }
        let hits = people::find_with_document(connection, &state.secrets, text, HITS).await?;
        let ids: Vec<PersonId> = hits.iter().map(|hit| hit.id).collect();
        let active = queries::active_among(connection, edition, &ids).await?;
        Ok(Some(Self { hits, active }))
    }
}

impl Seek {
    /// Who was found and is not in the edition.
    pub(super) fn free(&self) -> impl Iterator<Item = &PersonHit> {
        let active = |hit: &&PersonHit| self.active.iter().any(|(person, ..)| *person == hit.id);
        self.hits.iter().filter(move |hit| !active(hit))
    }
}

/// The section at the foot of the list.
pub(super) fn seek_section(loaded: &Loaded, form: &FormState) -> AnyView {
    let edition = loaded.header.id;
    let action = format!("{}#enrol", paths::edition_enrolments(edition));
    let found = loaded.seek.as_ref().map(|seek| hits(edition, seek));
    let refused = form.for_action(EnrolOther::PATH);
    let title = t!(enrolment.enrol_somebody);
    let (view, typed) = (loaded.view.as_str(), loaded.query.person.clone());
    view! {
        <Section title=title.clone() id="enrol" framed=true>
            <p>
                {t!(enrolment.enrol_somebody_body)} " "
                <a href=paths::edition_nominations(edition)>{t!(enrolment.import_list)}</a>
                " · "
                <a href=paths::edition_quotas(edition)>{t!(enrolment.quota.link)}</a>
            </p>
            <ErrorSummary form=refused />
            <form class="filter" method="get" action=action role="search" aria-label=title>
                <HiddenField name=ListView::PARAMETER value=view />
                <SearchField name="person" label=t!(enrolment.find_person) value=typed />
                <div class="filter-actions">
                    <button class="button button-secondary" type="submit">{t!(enrolment.find)}</button>
                </div>
            </form>
            {found}
        </Section>
    }
    .into_any()
}

fn hits(edition: EditionId, seek: &Seek) -> AnyView {
    if seek.hits.is_empty() {
        let register = view! {
            <ButtonLink href=paths::person_new() kind=ButtonKind::Secondary>
                {t!(enrolment.register_person)}
            </ButtonLink>
        };
        return view! {
            <EmptyState title=t!(enrolment.nobody_found) body=t!(enrolment.nobody_found_body)
                action=register.into_any() />
        }
        .into_any();
    }
    let lines: Vec<AnyView> = seek
        .hits
        .iter()
        .map(|hit| hit_line(edition, seek, hit))
        .collect();
    let many = (lines.len() == HITS_SHOWN)
        .then(|| view! { <p class="quiet small">{t!(enrolment.many_found)}</p> });
    view! { <ul class="lines" role="list">{lines}</ul> {many} }.into_any()
}

fn hit_line(edition: EditionId, seek: &Seek, hit: &PersonHit) -> AnyView {
    let active = seek.active.iter().find(|(person, ..)| *person == hit.id);
    let end = if let Some(&(_, enrolment, state)) = active {
        view! { <a href=paths::enrolment(enrolment)>{state_chip(state)}</a> }.into_any()
    } else {
        let fields = vec![
            ("edition", edition.to_string()),
            ("person", hit.id.to_string()),
        ];
        let describe = t!(enrolment.enrol_person, name = hit.name.as_str());
        view! {
            <PostButton action=EnrolOther::PATH fields=fields describe=describe>
                {t!(enrolment.enrol)}
            </PostButton>
        }
        .into_any()
    };
    view! {
        <li class="line-ends">
            <div>
                <p>{hit.name.clone()}</p>
                <p class="quiet small">{hit.institution.clone()}</p>
            </div>
            {end}
        </li>
    }
    .into_any()
}
