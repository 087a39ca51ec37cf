//! Pages of the register, of institutions and of one's own data.

mod affiliation_fields;
mod institution;
mod institution_new;
mod institutions;
mod invitation;
mod my_data;
mod parts;
mod people;
mod person;
mod person_affiliation;
mod person_edit;
mod person_fields;
mod person_new;

use futures::future::BoxFuture;
use leptos::prelude::AnyView;
use sqlx::SqliteConnection;

pub use self::{
    institution::InstitutionPage, institution_new::NewInstitutionPage,
    institutions::InstitutionsPage, my_data::MyDataPage, people::PeoplePage, person::PersonPage,
    person_affiliation::PersonAffiliationPage, person_edit::EditPersonPage,
    person_new::NewPersonPage,
};
use super::PersonId;
use crate::{
    access::{Place, Viewer, may, policy::ActionKind},
    error::AppError,
    paths, t,
    ui::Breadcrumbs,
};

/// A part of a page about a person that a later domain hands in where the route is declared: given
/// who looks and at whom, the section to show. Whether they may is settled before it is asked.
pub type PersonPart = for<'a> fn(
    &'a mut SqliteConnection,
    &'a Viewer,
    PersonId,
) -> BoxFuture<'a, Result<AnyView, AppError>>;

/// The way to a page beneath the register; the last word is the page itself.
fn register_crumbs(parent: Option<(String, paths::Path)>, page: String) -> Breadcrumbs {
    let mut crumbs = vec![(t!(people.title), Some(paths::people().into()))];
    crumbs.extend(parent.map(|(word, path)| (word, Some(path.into()))));
    crumbs.push((page, None));
    crumbs
}

/// The way to a page beneath the institutions.
fn institution_crumbs(page: String) -> Breadcrumbs {
    let list = (t!(people.institutions), paths::institutions());
    register_crumbs(Some(list), page)
}

/// What a later domain shows of a person, if the route hands it in.
async fn part_of(
    part: Option<PersonPart>,
    connection: &mut SqliteConnection,
    viewer: &Viewer,
    person: PersonId,
) -> Result<Option<AnyView>, AppError> {
    match part {
        Some(part) => part(connection, viewer, person).await.map(Some),
        None => Ok(None),
    }
}

/// Whether the viewer may do something to the register as a whole.
fn may_here(viewer: &Viewer, kind: ActionKind) -> bool {
    let register = Place {
        public: true,
        ..Place::default()
    };
    may(viewer, kind, register)
}
