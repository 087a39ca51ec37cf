//! Adding somebody to the register.

use leptos::{prelude::*, server_fn::ServerFn as _};
use sqlx::SqliteConnection;

use super::{
    affiliation_fields::{AffiliationValues, InstitutionChoices, affiliation_fields},
    person_fields::{PersonValues, person_fields},
    register_crumbs,
};
use crate::{
    access::{ManagePeople, permit, viewer},
    error::AppError,
    paths,
    people::{PersonHit, actions::CreatePerson, duplicates::possible_duplicates},
    server::{page, returned_form, services},
    t,
    ui::{CheckboxField, FieldSet, Form, FormActions, FormState, Notice, NoticeKind, Page, Width},
};

/// The form of a new person.
#[component]
pub fn NewPersonPage() -> impl IntoView {
    page(async move {
        let (state, viewer) = (services(), viewer()?);
        let mut connection = state.database.read().await?;
        permit(&mut connection, &viewer, ManagePeople).await?;
        let form = returned_form().for_action(CreatePerson::PATH);
        let duplicates = duplicates(&mut connection, &form).await?;
        let choices = InstitutionChoices::read(&mut connection).await?;
        drop(connection);
        let today = state.clock.today();
        let asked = is_asked(&form);
        Ok(view! {
            <Page title=t!(people.new) lead=t!(people.new_lead) width=Width::Form
                breadcrumbs=register_crumbs(None, t!(people.new))>
                {duplicate_notice(duplicates)}
                <Form action=CreatePerson::PATH form=&form>
                    {person_fields(PersonValues::blank())}
                    <FieldSet legend=t!(people.affiliation) hint=t!(people.affiliation_optional)>
                        {affiliation_fields(&choices, AffiliationValues::blank(), today)}
                    </FieldSet>
                    {asked.then(confirmation)}
                    <FormActions submit=t!(people.create) cancel=paths::people() />
                </Form>
            </Page>
        }
        .into_any())
    })
}

/// Who may be meant, once the form was refused for it.
async fn duplicates(
    connection: &mut SqliteConnection,
    form: &FormState,
) -> Result<Vec<PersonHit>, AppError> {
    let refused = ["not_duplicate", "document_number"];
    if refused.iter().all(|field| form.error(field).is_none()) {
        return Ok(Vec::new());
    }
    let typed = |name| form.value(name).unwrap_or_default();
    possible_duplicates(connection, &services().secrets, typed).await
}

fn duplicate_notice(found: Vec<PersonHit>) -> Option<AnyView> {
    if found.is_empty() {
        return None;
    }
    let lines = found.into_iter().map(|person| {
        let institution = person
            .institution
            .map(|institution| view! { <span class="quiet">{institution}</span> });
        view! { <li><a href=paths::person(person.id)>{person.name}</a>" "{institution}</li> }
    });
    let notice = view! {
        <Notice kind=NoticeKind::Attention title=t!(people.possible_duplicates)>
            <ul>{lines.collect_view()}</ul>
            <p>{t!(people.possible_duplicates_body)}</p>
        </Notice>
    };
    Some(notice.into_any())
}

/// Whether the form asks if it is another person: once there is somebody with the same names.
fn is_asked(form: &FormState) -> bool {
    form.error("not_duplicate").is_some() || form.value("not_duplicate").is_some()
}

fn confirmation() -> AnyView {
    view! { <CheckboxField name="not_duplicate" label=t!(people.not_duplicate) value="1" /> }
        .into_any()
}
