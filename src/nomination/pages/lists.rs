//! The lists of an edition, and sending another.

use leptos::prelude::*;

use crate::{
    access::{policy::ActionKind, viewer},
    courses::{EditionId, EditionState, header_for, pages::*},
    nomination::{
        queries::{self, Listed},
        words::state_chip,
    },
    paths,
    people::institution_choices,
    plural,
    server::{page, page::path_id, services},
    t,
    ui::{
        ButtonKind, ButtonLink, ButtonRow, Choices, EmptyState, FileField, Form, FormActions,
        HiddenField, Notice, Section, SelectField, Table, TextField, When, number,
    },
};

/// `/editions/{id}/nominations`
#[component]
pub fn EditionNominationsPage() -> impl IntoView {
    let id = path_id::<EditionId>("id");
    page(async move {
        let (state, viewer, id) = (services(), viewer()?, id?);
        let mut connection = state.database.read().await?;
        let header = header_for(&mut connection, &viewer, id, ActionKind::ManageEnrolments).await?;
        let lists = queries::of_edition(&mut connection, id).await?;
        let institutions = institution_choices(&mut connection).await?;
        let takes_lists = !header.is_locked() && header.state != EditionState::Draft;
        let sending = if takes_lists {
            upload_form(id, institutions)
        } else {
            view! { <Notice><p>{t!(nomination.closed)}</p></Notice> }.into_any()
        };
        let lists = lists_table(lists);
        Ok(view! {
            <EditionFrame header=header tab=EditionTab::Enrolments>
                <h2>{t!(nomination.title)}</h2>
                <p>{t!(nomination.lead)}</p>
                {sending}
                {lists}
            </EditionFrame>
        }
        .into_any())
    })
}

fn upload_form(edition: EditionId, institutions: Vec<(String, Choices)>) -> AnyView {
    view! {
        <Section title=t!(nomination.send_title) framed=true>
            <Form action=paths::upload_nomination() multipart=true>
                <HiddenField name="edition" value=edition.to_string() />
                <FileField name="file" label=t!(nomination.file) hint=t!(nomination.file_hint)
                    required=true accept=".xlsx,.csv,.txt" />
                <SelectField name="institution" label=t!(nomination.institution)
                    hint=t!(nomination.institution_hint)
                    placeholder=t!(nomination.no_institution) groups=institutions />
                <TextField name="letter" label=t!(nomination.letter) hint=t!(nomination.letter_hint)
                    maxlength=80 />
                <FormActions submit=t!(nomination.send) cancel=paths::edition_enrolments(edition) />
            </Form>
            <p>{t!(nomination.template_lead)}</p>
            <ButtonRow>
                <ButtonLink href=paths::nomination_template_xlsx() kind=ButtonKind::Secondary>
                    {t!(nomination.template_xlsx)}
                </ButtonLink>
                <ButtonLink href=paths::nomination_template_csv() kind=ButtonKind::Quiet>
                    {t!(nomination.template_csv)}
                </ButtonLink>
            </ButtonRow>
        </Section>
    }
    .into_any()
}

fn lists_table(lists: Vec<Listed>) -> AnyView {
    if lists.is_empty() {
        let (title, body) = (t!(nomination.none), t!(nomination.none_body));
        return view! { <EmptyState title=title body=body /> }.into_any();
    }
    let rows = lists.into_iter().map(row).collect_view();
    view! {
        <Section title=t!(nomination.received)>
            <Table caption=t!(nomination.received) caption_hidden=true cards=true>
                <thead><tr>
                    <th scope="col">{t!(nomination.file)}</th>
                    <th scope="col">{t!(nomination.institution)}</th>
                    <th scope="col">{t!(nomination.letter)}</th>
                    <th scope="col">{t!(nomination.received_at)}</th>
                    <th scope="col">{t!(nomination.state_head)}</th>
                    <th scope="col" class="num">{t!(nomination.people)}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </Table>
        </Section>
    }
    .into_any()
}

fn row(list: Listed) -> AnyView {
    let people = if list.enrolled > 0 {
        let all = number::count(list.lines);
        plural!(list.enrolled, nomination.enrolled_of, all = all.as_str())
    } else {
        number::count(list.lines)
    };
    view! {
        <tr>
            <th scope="row"><a href=paths::nomination(list.id)>{list.file_name}</a></th>
            <td data-label=t!(nomination.institution)>{list.institution}</td>
            <td data-label=t!(nomination.letter)>{list.letter}</td>
            <td data-label=t!(nomination.received_at)><When at=list.created_at /></td>
            <td data-label=t!(nomination.state_head)>{state_chip(list.state)}</td>
            <td class="num" data-label=t!(nomination.people)>{people}</td>
        </tr>
    }
    .into_any()
}
