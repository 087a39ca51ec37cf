//! The list itself, and deciding on the chosen ones.

use leptos::{context::Provider, prelude::*, server_fn::ServerFn as _};

use super::list::Loaded;
use crate::{
    enrolment::{
        ListView,
        actions::Decide,
        queries::{ListColumn, ListRow},
        words,
    },
    paths,
    people::{Department, words::sector},
    plural, t,
    ui::{
        BulkBar, EmptyState, ErrorSummary, FormState, HiddenField, KeysetPager, Table, TextField,
        When, number, sort_head, time,
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
    // For who runs the edition: a list that is carried about is easily lost.
    let file = loaded.manages.then(|| query.file(edition, view));
    Some(view! { <KeysetPager count=count first=first next=next file=file /> }.into_any())
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
    let labels = Labels::of(loaded.view);
    let head = |label: &str| view! { <th scope="col">{label.to_owned()}</th> }.into_any();
    let sorted = |column: ListColumn, label: &str| column_head(loaded, column, label);
    let name = sorted(ListColumn::Name, &t!(enrolment.person));
    let institution = sorted(ListColumn::Institution, &labels.institution);
    let sector = head(&labels.sector);
    let department = sorted(ListColumn::Department, &labels.department);
    let standing = labels.standing.as_deref().map(head);
    let since = labels.since.as_deref();
    let since = since.map(|label| sorted(ListColumn::Since, label));
    let record = loaded.reads_register.then(|| {
        view! { <th scope="col" class="screen-only wide-only"><span class="visually-hidden">{labels.record.clone()}</span></th> }
    });
    let rows: Vec<_> = loaded
        .rows
        .iter()
        .map(|row| line(loaded, &labels, row, form))
        .collect();
    view! {
        <Table caption=loaded.view.label() caption_hidden=true cards=true>
            <thead>
                <tr>
                    {choose}
                    {name}
                    {institution}
                    {sector}
                    {department}
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

/// The head of a column that can order the list; the waiting list has its own order.
fn column_head(loaded: &Loaded, column: ListColumn, label: &str) -> AnyView {
    if loaded.view == ListView::Waiting {
        return view! { <th scope="col">{label.to_owned()}</th> }.into_any();
    }
    let query = &loaded.query;
    let address = |order| query.ordered(loaded.header.id, loaded.view, order);
    sort_head(label.to_owned(), query.order, column.natural(), address)
}

/// The words that every row repeats, looked up once a table.
struct Labels {
    institution: String,
    sector: String,
    department: String,
    /// Above the state, or above the place on the waiting list; none where all stand alike.
    standing: Option<String>,
    /// None on the waiting list, whose order says it.
    since: Option<String>,
    record: String,
}

impl Labels {
    fn of(view: ListView) -> Self {
        Self {
            institution: t!(enrolment.institution),
            sector: t!(enrolment.sector),
            department: t!(enrolment.department),
            standing: match view {
                ListView::Requested => None,
                ListView::Waiting => Some(t!(enrolment.order_head)),
                ListView::TakingPart | ListView::Left => Some(t!(enrolment.state_head)),
            },
            since: (view != ListView::Waiting).then(|| t!(enrolment.since)),
            record: t!(enrolment.record),
        }
    }
}

fn line(
    loaded: &Loaded,
    labels: &Labels,
    row: &ListRow,
    form: Option<&FormState>,
) -> impl IntoView + use<> {
    let name = row.name();
    let choose = form.map(|form| {
        let id = row.id.to_string();
        let chosen = form.is_chosen("chosen[]", &id, false);
        let label = t!(enrolment.choose, name = name.as_str());
        view! {
            <td><input type="checkbox" name="chosen[]" value=id checked=chosen aria-label=label /></td>
        }
    });
    let standing = labels.standing.clone().map(|label| {
        view! { <td data-label=label>{standing(row)}</td> }
    });
    let since = labels.since.clone().map(|label| {
        view! { <td data-label=label><When at=row.state_at /></td> }
    });
    let record = loaded.reads_register.then(|| {
        let label = t!(enrolment.record_of, name = name.as_str());
        view! { <td class="screen-only wide-only"><a href=paths::person(row.person) aria-label=label>{labels.record.clone()}</a></td> }
    });
    view! {
        <tr>
            {choose}
            <th scope="row"><a href=paths::enrolment(row.id)>{name}</a></th>
            <td data-label=labels.institution.clone()>{row.institution.clone()}</td>
            <td data-label=labels.sector.clone()>{row.sector.map(sector)}</td>
            <td data-label=labels.department.clone()>{row.department.map(Department::name)}</td>
            {standing}
            {since}
            {record}
        </tr>
    }
}

/// The state, or for who waits the place on the list with what gives it.
fn standing(row: &ListRow) -> AnyView {
    match (row.offered_until, row.position) {
        (Some(until), _) => {
            let until = time::date_time(until);
            t!(enrolment.offer.offered_until, until = until).into_any()
        }
        (None, Some(position)) => {
            let since = time::date_time(row.state_at);
            t!(enrolment.order, n = number::count(position), since = since).into_any()
        }
        (None, None) => words::state_chip(row.state),
    }
}
