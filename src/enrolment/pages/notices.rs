//! What people without e-mail are to be told, for whoever calls them or writes them a note.

use leptos::{prelude::*, server_fn::ServerFn as _};

use crate::{
    access::{ReadTemplates, allowed, policy::ActionKind, viewer},
    courses::{EditionId, header_for, pages::*},
    enrolment::actions::TickNotice,
    messages::{self, Notice, Told},
    paths,
    people::{full_name, listed_name},
    plural,
    server::{
        page::{page, path_id},
        services,
    },
    t,
    ui::{ButtonKind, EmptyState, PostButton, Section, Table, When, number},
};

/// The notices of an edition.
#[component]
pub fn NoticesPage() -> impl IntoView {
    let id = path_id::<EditionId>("id");
    page(async move {
        let (id, viewer, state) = (id?, viewer()?, services());
        let mut connection = state.database.read().await?;
        let header = header_for(&mut connection, &viewer, id, ActionKind::ManageEnrolments).await?;
        let open = messages::open_notices(&mut connection, id, state.clock.now()).await?;
        let told = messages::told_notices(&mut connection, id).await?;
        let letters = allowed(&mut connection, &viewer, ReadTemplates).await?;
        let letters = letters.then(|| {
            view! { <p><a href=paths::letters()>{t!(admin.see_letters)}</a></p> }
        });
        let parts = (open_part(open), told_part(told), letters);
        Ok(view! {
            <EditionFrame header=header tab=EditionTab::Enrolments>
                {parts}
            </EditionFrame>
        }
        .into_any())
    })
}

fn open_part(notices: Vec<Notice>) -> AnyView {
    if notices.is_empty() {
        return view! {
            <EmptyState title=t!(enrolment.notices.none) body=t!(enrolment.notices.none_body) />
        }
        .into_any();
    }
    let title = plural!(number::length(&notices), enrolment.notices.open);
    let lines = notices.into_iter().map(line).collect_view();
    view! {
        <Section title=title>
            <p>{t!(enrolment.notices.lead)}</p>
            <ul class="lines" role="list">{lines}</ul>
        </Section>
    }
    .into_any()
}

/// Who, how they are reached, what to say, and that it was said.
fn line(notice: Notice) -> AnyView {
    let (given, paternal) = (notice.given_names.as_str(), &notice.paternal_surname);
    let maternal = notice.maternal_surname.as_deref();
    let name = listed_name(given, paternal, maternal);
    let called = full_name(given, paternal, maternal);
    let tick = t!(
        enrolment.notices.tick_of,
        name = called,
        subject = notice.subject.as_str()
    );
    let reached = match &notice.phone {
        Some(phone) => t!(enrolment.notices.phone, phone = phone.as_str()),
        None => t!(enrolment.notices.no_phone),
    };
    view! {
        <li>
            <p><strong>{name}</strong>" · "{reached}</p>
            <p>{notice.subject}</p>
            <p class="message-body">{notice.body}</p>
            <p class="small quiet">{t!(enrolment.notices.written)}" "<When at=notice.created_at /></p>
            <PostButton action=TickNotice::PATH fields=vec![("notice", notice.id.to_string())]
                kind=ButtonKind::Secondary describe=tick>
                {t!(enrolment.notices.tick)}
            </PostButton>
        </li>
    }
    .into_any()
}

fn told_part(told: Vec<Told>) -> AnyView {
    if told.is_empty() {
        return ().into_any();
    }
    let rows = told.into_iter().map(|told| {
        let maternal = told.maternal_surname.as_deref();
        let name = listed_name(&told.given_names, &told.paternal_surname, maternal);
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td data-label=t!(admin.message)>{told.subject}</td>
                <td data-label=t!(enrolment.notices.told_at)><When at=told.at /></td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <Section title=t!(enrolment.notices.told)>
            <Table caption=t!(enrolment.notices.told) caption_hidden=true cards=true>
                <thead><tr>
                    <th scope="col">{t!(enrolment.person)}</th>
                    <th scope="col">{t!(admin.message)}</th>
                    <th scope="col">{t!(enrolment.notices.told_at)}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </Table>
        </Section>
    }
    .into_any()
}
