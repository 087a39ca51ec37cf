//! The list itself, and deciding on the chosen ones.

use leptos::{context::Provider, prelude::*, server_fn::ServerFn as _};

use super::list::Loaded;
use crate::{
    enrolment::{ListView, actions::Decide, queries::ListRow, words},
    paths,
    people::{Department, words::sector},
    plural, t,
    ui::{
        BulkBar, EmptyState, ErrorSummary, FormState, HiddenField, KeysetPager, Table, TextField,
        When, number, time,
    },
};

/// The rows: a form with checkboxes where something can be decided, otherwise a plain table.
pub(super) fn list_table(loaded: &Loaded, form: &FormState) -> AnyView {
    if loaded.rows.is_empty() {
        return empty(loaded);
    }
    let in_order = (loaded.view == ListView::Waiting)
        .then(|| view! { <p class="quiet">{t!(enrolment.order_explained)}</p> });
    let to_decide = matches!(loaded.view, ListView::Requested | ListView::Waiting);
    if !(loaded.decides && to_decide) {
        return view! { {in_order} {table(loaded, None)} }.into_any();
    }
    let form = form.for_action(Decide::PATH);
    let approve = (loaded.view == ListView::Requested).then(|| {
        view! {
            <button class="button" type="submit" name="verdict" value="approve">
                {t!(enrolment.approve)}
            </button>
        }
    });
    let table = table(loaded, Some(&form));
    // Enter in the reason presses the first button: the one that belongs to the reason.
    view! {
        {in_order}
        <form class="bulk" id="chosen" method="post" action=Decide::PATH>
            <ErrorSummary form=&form />
            <HiddenField name="edition" value=loaded.header.id.to_string() />
            <HiddenField name="view" value=loaded.view.as_str() />
            {table}
            <BulkBar label=t!(enrolment.chosen)>
                <Provider value=form.clone()>
                    <TextField name="reason" label=t!(enrolment.decline_reason) maxlength=500 />
                </Provider>
                <button class="button button-secondary" type="submit" name="verdict" value="decline">
                    {t!(enrolment.decline)}
                </button>
                {approve}
            </BulkBar>
        </form>
    }
    .into_any()
}

/// How many are shown, and the way to the next.
pub(super) fn pager(loaded: &Loaded) -> Option<AnyView> {
    let last = loaded.rows.last()?.id;
    let (edition, view, query) = (loaded.header.id, loaded.view, &loaded.query);
    let shown = i64::try_from(loaded.rows.len()).unwrap_or(i64::MAX);
    let count = if query.is_filtered() {
        plural!(shown, enrolment.shown_filtered)
    } else {
        let total = number::count(view.count(&loaded.counts));
        plural!(shown, enrolment.shown, total = total.as_str())
    };
    let first = query.after.map(|_| query.page(edition, view, None));
    let next = loaded.more.then(|| query.page(edition, view, Some(last)));
    Some(view! { <KeysetPager count=count first=first next=next /> }.into_any())
}

fn empty(loaded: &Loaded) -> AnyView {
    if loaded.query.is_filtered() {
        let (title, body) = (t!(enrolment.none_match), t!(enrolment.none_match_body));
        return view! { <EmptyState title=title body=body /> }.into_any();
    }
    let (title, body) = match loaded.view {
        ListView::Requested => (
            t!(enrolment.none_requested),
            t!(enrolment.none_requested_body),
        ),
        ListView::TakingPart => (
            t!(enrolment.none_taking_part),
            t!(enrolment.none_taking_part_body),
        ),
        ListView::Waiting => (t!(enrolment.none_waiting), t!(enrolment.none_waiting_body)),
        ListView::Left => (t!(enrolment.none_left), t!(enrolment.none_left_body)),
    };
    view! { <EmptyState title=title body=body /> }.into_any()
}

fn table(loaded: &Loaded, form: Option<&FormState>) -> AnyView {
    let chooses = form.is_some();
    let choose =
        chooses.then(|| view! { <th scope="col"><span class="visually-hidden">{t!(enrolment.choose_head)}</span></th> });
    let standing = match loaded.view {
        ListView::Requested => None,
        ListView::Waiting => Some(t!(enrolment.order_head)),
        ListView::TakingPart | ListView::Left => Some(t!(enrolment.state_head)),
    };
    let standing = standing.map(|label| view! { <th scope="col">{label}</th> });
    let since = (loaded.view != ListView::Waiting)
        .then(|| view! { <th scope="col">{t!(enrolment.since)}</th> });
    let record = loaded.reads_register.then(|| {
        view! { <th scope="col" class="screen-only"><span class="visually-hidden">{t!(enrolment.record)}</span></th> }
    });
    let rows: Vec<AnyView> = loaded
        .rows
        .iter()
        .map(|row| line(loaded, row, form))
        .collect();
    view! {
        <Table caption=loaded.view.label() caption_hidden=true cards=true>
            <thead>
                <tr>
                    {choose}
                    <th scope="col">{t!(enrolment.person)}</th>
                    <th scope="col">{t!(enrolment.institution)}</th>
                    <th scope="col">{t!(enrolment.sector)}</th>
                    <th scope="col">{t!(enrolment.department)}</th>
                    {standing}
                    {since}
                    {record}
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </Table>
    }
    .into_any()
}

fn line(loaded: &Loaded, row: &ListRow, form: Option<&FormState>) -> AnyView {
    let name = row.name();
    let choose = form.map(|form| {
        let id = row.id.to_string();
        let chosen = form.is_chosen("chosen[]", &id, false);
        let label = t!(enrolment.choose, name = name.as_str());
        view! {
            <td><input type="checkbox" name="chosen[]" value=id checked=chosen aria-label=label /></td>
        }
    });
    let since = (loaded.view != ListView::Waiting)
        .then(|| view! { <td data-label=t!(enrolment.since)><When at=row.state_at /></td> });
    let record = loaded.reads_register.then(|| {
        let label = t!(enrolment.record_of, name = name.as_str());
        view! { <td class="screen-only"><a href=paths::person(row.person) aria-label=label>{t!(enrolment.record)}</a></td> }
    });
    view! {
        <tr>
            {choose}
            <th scope="row"><a href=paths::enrolment(row.id)>{name}</a></th>
            <td data-label=t!(enrolment.institution)>{row.institution.clone()}</td>
            <td data-label=t!(enrolment.sector)>{row.sector.map(sector)}</td>
            <td data-label=t!(enrolment.department)>{row.department.map(Department::name)}</td>
            {standing(loaded.view, row)}
            {since}
            {record}
        </tr>
    }
    .into_any()
}

/// The state, or for who waits the place on the list with what gives it. All requests stand alike.
fn standing(view: ListView, row: &ListRow) -> Option<AnyView> {
    if view == ListView::Requested {
        return None;
    }
    let (label, content) = match (row.offered_until, row.position) {
        (Some(until), _) => {
            let offer = t!(
                enrolment.offer.offered_until,
                until = time::date_time(until)
            );
            (t!(enrolment.order_head), offer.into_any())
        }
        (None, Some(position)) => {
            let since = time::date_time(row.state_at);
            let order = t!(enrolment.order, n = number::count(position), since = since);
            (t!(enrolment.order_head), order.into_any())
        }
        (None, None) => (t!(enrolment.state_head), words::state_chip(row.state)),
    };
    Some(view! { <td data-label=label>{content}</td> }.into_any())
}
