//! Pairs of people who may be one.

use leptos::{prelude::*, server_fn::ServerFn as _};

use crate::{
    access::{ManagePeople, permit, readable_people, viewer},
    merging::{
        Likeness, PairId,
        actions::Dismiss,
        queries::{self, PairRow},
        words,
    },
    paths,
    people::{PersonId, listed_name},
    plural,
    server::{page, page::query_value, services},
    t,
    ui::{
        ButtonKind, ButtonLink, ConfirmButton, EmptyState, KeysetPager, Notice, Page, Table, number,
    },
};

/// Pairs on a page.
const PAGE: usize = 50;

/// `/people/duplicates`
#[component]
pub fn DuplicatesPage() -> impl IntoView {
    let after = query_value("after").parse::<PairId>().ok();
    page(async move {
        let (state, viewer) = (services(), viewer()?);
        let mut snapshot = state.database.snapshot().await?;
        permit(&mut snapshot, &viewer, ManagePeople).await?;
        let limit = i64::try_from(PAGE).unwrap_or(i64::MAX) + 1;
        let mut pairs = queries::pairs(&mut snapshot, after, limit).await?;
        let comparing = queries::is_comparing(&mut snapshot).await?;
        let is_more = pairs.len() > PAGE;
        pairs.truncate(PAGE);
        let next = pairs.last().filter(|_| is_more).map(|pair| pair.id);
        let people: Vec<PersonId> = pairs
            .iter()
            .flat_map(|pair| [pair.person, pair.other])
            .collect();
        let readable = readable_people(&mut snapshot, &viewer, &people).await?;
        drop(snapshot);
        let list = list(pairs, &readable, viewer.person, after.is_some(), next);
        let crumbs = vec![
            (t!(people.title), Some(paths::people().into())),
            (t!(merging.duplicates), None),
        ];
        let comparing =
            comparing.then(|| view! { <Notice><p>{t!(merging.comparing)}</p></Notice> });
        Ok(view! {
            <Page title=t!(merging.duplicates) lead=t!(merging.lead) breadcrumbs=crumbs>
                {comparing}
                {list}
            </Page>
        }
        .into_any())
    })
}

fn list(
    pairs: Vec<PairRow>,
    readable: &[PersonId],
    own: PersonId,
    is_later: bool,
    next: Option<PairId>,
) -> AnyView {
    if pairs.is_empty() {
        return view! { <EmptyState title=t!(merging.none) body=t!(merging.none_body) /> }
            .into_any();
    }
    let count = plural!(number::length(&pairs), merging.shown);
    let rows: Vec<_> = pairs
        .into_iter()
        .map(|pair| row(pair, readable, own))
        .collect();
    let first = is_later.then(paths::duplicates);
    let next = next.map(|id| paths::duplicates().with("after", &id.to_string()));
    view! {
        <Table caption=t!(merging.duplicates) caption_hidden=true cards=true>
            <thead><tr>
                <th scope="col">{t!(merging.first)}</th>
                <th scope="col">{t!(merging.second)}</th>
                <th scope="col">{t!(merging.why)}</th>
                <th scope="col"><span class="visually-hidden">{t!(merging.actions)}</span></th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </Table>
        <KeysetPager count=count first=first next=next />
    }
    .into_any()
}

fn row(pair: PairRow, readable: &[PersonId], own: PersonId) -> AnyView {
    let reasons: Vec<Likeness> = serde_json::from_str(&pair.reasons).unwrap_or_default();
    let reasons: Vec<String> = reasons.into_iter().map(words::likeness).collect();
    let name = listed_name(
        &pair.given_names,
        &pair.paternal_surname,
        pair.maternal_surname.as_deref(),
    );
    let other = listed_name(
        &pair.other_given_names,
        &pair.other_paternal_surname,
        pair.other_maternal_surname.as_deref(),
    );
    let of_both = readable.contains(&pair.person) && readable.contains(&pair.other);
    let actions = if pair.person == own || pair.other == own {
        view! { <p class="quiet small">{t!(merging.own)}</p> }.into_any()
    } else if of_both {
        let fields = vec![("pair", pair.id.to_string())];
        view! {
            <p>
                <ButtonLink href=paths::merge_people(pair.person, pair.other) kind=ButtonKind::Secondary>
                    {t!(merging.compare)}
                </ButtonLink>
            </p>
            <ConfirmButton label=t!(merging.dismiss) confirm=t!(merging.dismiss_confirm)
                explanation=t!(merging.dismiss_explain, one = name.as_str(), other = other.as_str())
                action=Dismiss::PATH fields=fields calm=true />
        }
        .into_any()
    } else {
        view! { <p class="quiet small">{t!(merging.of_another_program)}</p> }.into_any()
    };
    let (person, second) = (
        who(pair.person, name, pair.institution),
        who(pair.other, other, pair.other_institution),
    );
    view! {
        <tr>
            <th scope="row">{person}</th>
            <td data-label=t!(merging.second)>{second}</td>
            <td data-label=t!(merging.why)>{reasons.join("; ")}</td>
            <td>{actions}</td>
        </tr>
    }
    .into_any()
}

fn who(person: PersonId, name: String, institution: Option<String>) -> AnyView {
    let institution =
        institution.map(|name| view! { <br /><span class="quiet small">{name}</span> });
    view! { <a href=paths::person(person)>{name}</a>{institution} }.into_any()
}
