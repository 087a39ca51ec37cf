//! Giving an edition up: whom it concerns, and the reason that all of them will read.

use leptos::{prelude::*, server_fn::ServerFn as _};

use crate::{
    access::viewer,
    courses::{EditionId, operations::manage_edition, pages::breadcrumbs, visible_header},
    enrolment::{
        actions::CancelEdition,
        queries::{self, Concerned},
    },
    error::Reason,
    paths, plural,
    server::{
        page::{page, path_id},
        services,
    },
    t,
    ui::{
        ButtonKind, ButtonLink, Form, FormActions, HiddenField, Notice, NoticeKind, Page,
        TextField, Width,
    },
};

/// The confirmation of a cancelling.
#[component]
pub fn EditionCancelPage() -> impl IntoView {
    let id = path_id::<EditionId>("id");
    page(async move {
        let (id, viewer, state) = (id?, viewer()?, services());
        let mut connection = state.database.read().await?;
        let _permit = manage_edition(&mut connection, &viewer, id).await?;
        let header = visible_header(&mut connection, Some(&viewer), id).await?;
        if header.is_locked() {
            return Err(Reason::WrongEditionState.into());
        }
        let people = concerned(queries::concerned(&mut connection, id).await?);
        let mut crumbs = breadcrumbs(&header, Some(&viewer));
        if let Some(edition) = crumbs.last_mut() {
            edition.1 = Some(paths::edition(id).into());
        }
        crumbs.push((t!(enrolment.cancel.title), None));
        Ok(view! {
            <Page title=t!(enrolment.cancel.title) lead=header.title() width=Width::Form
                breadcrumbs=crumbs>
                <p>{t!(enrolment.cancel.lead)}</p>
                {people}
                <Form action=CancelEdition::PATH>
                    <HiddenField name="edition" value=id.to_string() />
                    <TextField name="reason" label=t!(enrolment.cancel.reason)
                        hint=t!(enrolment.cancel.reason_hint) required=true maxlength=500 />
                    <FormActions submit=t!(enrolment.cancel.submit) kind=ButtonKind::Harm>
                        <ButtonLink href=paths::edition(id) kind=ButtonKind::Quiet>
                            {t!(enrolment.cancel.keep)}
                        </ButtonLink>
                    </FormActions>
                </Form>
            </Page>
        }
        .into_any())
    })
}

/// How many people it concerns, and what becomes of them.
fn concerned(people: Concerned) -> AnyView {
    let all = people.enrolled + people.requested + people.waiting + people.facilitators;
    if all == 0 {
        return view! { <p>{t!(enrolment.cancel.nobody)}</p> }.into_any();
    }
    let lines: [(i64, fn(i64) -> String); 6] = [
        (people.enrolled, |n| plural!(n, enrolment.cancel.enrolled)),
        (people.requested, |n| plural!(n, enrolment.cancel.requested)),
        (people.waiting, |n| plural!(n, enrolment.cancel.waiting)),
        (people.facilitators, |n| {
            plural!(n, enrolment.cancel.facilitators)
        }),
        (people.attended, |n| plural!(n, enrolment.cancel.attended)),
        (people.without_address, |n| {
            plural!(n, enrolment.cancel.without_address)
        }),
    ];
    let lines: Vec<_> = lines
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, line)| view! { <li>{line(n)}</li> })
        .collect();
    let title = plural!(all, enrolment.cancel.concerned);
    view! {
        <Notice kind=NoticeKind::Attention title=title><ul>{lines}</ul></Notice>
    }
    .into_any()
}
