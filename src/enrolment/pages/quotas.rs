//! Seats of an edition that are kept for groups of people, and the most that groups may take.

use leptos::{prelude::*, server_fn::ServerFn as _};

use crate::{
    access::{policy::ActionKind, viewer},
    courses::{EditionHeader, EditionId, header_for, pages::*},
    enrolment::{
        actions::{RemoveQuota, SetQuota},
        operations::seating,
        queries::{self, QuotaRow},
        quota::{QuotaGroup, Seating},
        words,
    },
    people::{
        Department, Sector, Sex, institution_choices,
        words::{sector, sex},
    },
    plural,
    server::{page, page::path_id, services},
    t,
    ui::{
        Bar, ButtonKind, Choices, EmptyState, FieldRow, Form, FormActions, HiddenField, Notice,
        NoticeKind, NumberField, PostButton, Section, SelectField, Table, number,
    },
};

/// `/editions/{id}/quotas`
#[component]
pub fn QuotasPage() -> impl IntoView {
    let id = path_id::<EditionId>("id");
    page(async move {
        let (state, viewer, id) = (services(), viewer()?, id?);
        let mut connection = state.database.read().await?;
        let header = header_for(&mut connection, &viewer, id, ActionKind::ManageEnrolments).await?;
        let rows = queries::quotas(&mut connection, id).await?;
        let seating = seating(&mut connection, &header).await?;
        let institutions = institution_choices(&mut connection).await?;
        let warning = overcommitted(&seating);
        let table = quotas_table(&header, &rows, &seating);
        let form = (!header.is_locked()).then(|| quota_form(&header, institutions));
        Ok(view! {
            <EditionFrame header=header tab=EditionTab::Enrolments>
                <h2>{t!(enrolment.quota.title)}</h2>
                <p>{t!(enrolment.quota.lead)}</p>
                {warning}
                {table}
                {form}
            </EditionFrame>
        }
        .into_any())
    })
}

/// More seats are kept than are free: nobody else gets one, though some are.
fn overcommitted(seating: &Seating) -> Option<AnyView> {
    let (kept, free) = seating.overcommitted()?;
    let kept = plural!(kept, enrolment.quota.kept_open);
    let free = plural!(free, enrolment.quota.free);
    let text = format!("{kept} {free}");
    Some(view! { <Notice kind=NoticeKind::Attention><p>{text}</p></Notice> }.into_any())
}

fn quotas_table(header: &EditionHeader, rows: &[QuotaRow], seating: &Seating) -> AnyView {
    if rows.is_empty() {
        let (title, body) = (t!(enrolment.quota.none), t!(enrolment.quota.none_body));
        return view! { <EmptyState title=title body=body /> }.into_any();
    }
    let lines = rows
        .iter()
        .map(|row| line(header, row, seating))
        .collect_view();
    view! {
        <Table caption=t!(enrolment.quota.title) caption_hidden=true cards=true>
            <thead><tr>
                <th scope="col">{t!(enrolment.quota.group)}</th>
                <th scope="col" class="num">{t!(enrolment.quota.taken)}</th>
                <th scope="col" class="num">{t!(enrolment.quota.reserved)}</th>
                <th scope="col" class="num">{t!(enrolment.quota.at_most)}</th>
                <th scope="col"><span class="visually-hidden">{t!(enrolment.quota.remove)}</span></th>
            </tr></thead>
            <tbody>{lines}</tbody>
        </Table>
    }
    .into_any()
}

fn line(header: &EditionHeader, row: &QuotaRow, seating: &Seating) -> AnyView {
    let quota = row.quota;
    let name = words::quota_group(quota.group, row.institution_name.as_deref());
    let taken = seating.taken(quota.group);
    let goal = quota.at_most.unwrap_or(quota.reserved);
    let at_most = match quota.at_most {
        Some(most) => number::count(most),
        None => t!(enrolment.quota.no_limit),
    };
    let remove = (!header.is_locked()).then(|| {
        let fields = vec![("edition", header.id.to_string()), ("quota", row.id.to_string())];
        let describe = t!(enrolment.quota.remove_of, group = name.as_str());
        view! {
            <PostButton action=RemoveQuota::PATH fields=fields describe=describe kind=ButtonKind::Quiet>
                {t!(enrolment.quota.remove)}
            </PostButton>
        }
    });
    view! {
        <tr>
            <th scope="row">{name.clone()}</th>
            <td class="num" data-label=t!(enrolment.quota.taken)>
                {number::count(taken)}
                <Bar value=number::float(taken) max=number::float(goal) />
            </td>
            <td class="num" data-label=t!(enrolment.quota.reserved)>{number::count(quota.reserved)}</td>
            <td class="num" data-label=t!(enrolment.quota.at_most)>{at_most}</td>
            <td>{remove}</td>
        </tr>
    }
    .into_any()
}

fn quota_form(header: &EditionHeader, institutions: Vec<(String, Choices)>) -> AnyView {
    let id = header.id.to_string();
    let cancel = crate::paths::edition_enrolments(header.id);
    view! {
        <Section title=t!(enrolment.quota.set_title) framed=true>
            <Form action=SetQuota::PATH>
                <HiddenField name="edition" value=id />
                <SelectField name="group" label=t!(enrolment.quota.group) hint=t!(enrolment.quota.group_hint)
                    required=true placeholder=t!(enrolment.quota.choose) groups=groups(institutions) />
                <FieldRow>
                    <NumberField name="reserved" label=t!(enrolment.quota.reserved)
                        hint=t!(enrolment.quota.reserved_hint) min=0.0 max=100_000.0 />
                    <NumberField name="at_most" label=t!(enrolment.quota.at_most)
                        hint=t!(enrolment.quota.at_most_hint) min=0.0 max=100_000.0 />
                </FieldRow>
                <FormActions submit=t!(enrolment.quota.save) cancel=cancel />
            </Form>
        </Section>
    }
    .into_any()
}

/// Every group that can have a quota, under headings.
fn groups(institutions: Vec<(String, Choices)>) -> Vec<(String, Choices)> {
    let choices = |groups: Vec<(QuotaGroup, String)>| -> Choices {
        let pairs = groups
            .into_iter()
            .map(|(group, label)| (group.to_string(), label));
        pairs.collect::<Vec<_>>().into()
    };
    let sectors = Sector::ALL
        .iter()
        .map(|&one| (QuotaGroup::Sector(one), sector(one)));
    let sexes = Sex::ALL.iter().map(|&one| (QuotaGroup::Sex(one), sex(one)));
    let departments = Department::ALL
        .iter()
        .map(|&one| (QuotaGroup::Department(one), one.name().to_owned()));
    let mut groups = vec![
        (t!(enrolment.sector), choices(sectors.collect())),
        (t!(enrolment.quota.sex), choices(sexes.collect())),
        (t!(enrolment.department), choices(departments.collect())),
    ];
    let of_kind = |(heading, choices): (String, Choices)| {
        let heading = t!(enrolment.quota.institutions_of, sector = heading);
        (heading, choices.prefixed("institution:"))
    };
    groups.extend(institutions.into_iter().map(of_kind));
    groups
}
