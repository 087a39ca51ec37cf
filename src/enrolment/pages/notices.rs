//! What people without e-mail are to be told, for whoever calls them or writes them a note.

use leptos::{prelude::*, server_fn::ServerFn as _};

use crate::{
    access::{ReadTemplates, allowed, policy::ActionKind, viewer},
    courses::{EditionId, header_for, pages::*},
    enrolment::actions::TickNotice,
    messages::{self, Notice, NoticeId, Told},
    paths,
    people::{full_name, listed_name},
    plural,
    server::{
        page::{page, path_id, query_value},
        services,
    },
    t,
    ui::{ButtonKind, EmptyState, KeysetPager, PostButton, Section, Table, When, number},
};

/// Notices of a page: as many as somebody prints and works through.
const PAGE: usize = 200;
const PAGE_AND_ONE: i64 = 201;

/// The notices of an edition.
#[component]
pub fn NoticesPage() -> impl IntoView {
    let id = path_id::<EditionId>("id");
    page(async move {
        let (id, viewer, state) = (id?, viewer()?, services());
        let mut connection = state.database.read().await?;
        let header = header_for(&mut connection, &viewer, id, ActionKind::ManageEnrolments).await?;
        let (now, after) = (state.clock.now(), query_value("after").parse().ok());
        let from = after.unwrap_or(NoticeId::new(0));
        let open = Open {
            edition: id,
            after,
            all: messages::open_count(&mut connection, id, now).await?,
            notices: messages::open_notices(&mut connection, id, now, from, PAGE_AND_ONE).await?,
        };
        let told = messages::told_notices(&mut connection, id).await?;
        let letters = allowed(&mut connection, &viewer, ReadTemplates).await?;
        let letters = letters.then(|| {
            view! { <p><a href=paths::letters()>{t!(admin.see_letters)}</a></p> }
        });
        let parts = (open.view(), told_part(told), letters);
        Ok(view! {
            <EditionFrame header=header tab=EditionTab::Enrolments>
                {parts}
            </EditionFrame>
        }
        .into_any())
    })
}

/// What is still to be told: a page, and how much there is in all.
struct Open {
    edition: EditionId,
    after: Option<NoticeId>,
    all: i64,
    notices: Vec<Notice>,
}

impl Open {
    fn view(mut self) -> AnyView {
        if self.all == 0 {
            return view! {
                <EmptyState title=t!(enrolment.notices.none) body=t!(enrolment.notices.none_body) />
            }
            .into_any();
        }
        let more = self.notices.len() > PAGE;
        self.notices.truncate(PAGE);
        let pager = self.pager(more);
        let title = plural!(self.all, enrolment.notices.open);
        let lines = self.notices.into_iter().map(line).collect_view();
        view! {
            <Section title=title>
                <p>{t!(enrolment.notices.lead)}</p>
                <ul class="lines" role="list">{lines}</ul>
                {pager}
            </Section>
        }
        .into_any()
    }

    /// Nothing where one page holds it all.
    fn pager(&self, more: bool) -> Option<AnyView> {
        let list = || paths::edition_notices(self.edition);
        let last = self.notices.last().filter(|_| more);
        let next = last.map(|last| list().with("after", &last.id.to_string()));
        let first = self.after.map(|_| list());
        let shown = number::length(&self.notices);
        let count = plural!(shown, enrolment.shown, total = number::count(self.all));
        (first.is_some() || next.is_some())
            .then(|| view! { <KeysetPager count=count first=first next=next /> }.into_any())
    }
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
