//! Who of an edition is vetted, where it stands, and what the funder answered.

use leptos::{context::Provider, prelude::*, server_fn::ServerFn as _};

use crate::{
    access::{policy::ActionKind, viewer},
    courses::{EditionHeader, EditionId, header_for, pages::*},
    enrolment::{EnrolmentId, words::state_chip as enrolment_chip},
    paths,
    people::words::sector,
    plural,
    server::{
        page,
        page::{path_id, query_value},
        returned_form, services,
    },
    t,
    ui::{
        BulkBar, DateField, EmptyState, ErrorSummary, Figure, Figures, FilterBar, FormState,
        HiddenField, KeysetPager, SelectField, Table, number, time,
    },
    vetting::{
        VettingState,
        actions::Record,
        queries::{self, PAGE, Vetted},
        words::{state_chip, states},
    },
};

/// `/editions/{id}/vetting`
#[component]
pub fn EditionVettingPage() -> impl IntoView {
    let id = path_id::<EditionId>("id");
    let (after, filter) = (query_value("after"), query_value("state"));
    let form = returned_form();
    page(async move {
        let (state, viewer, id) = (services(), viewer()?, id?);
        let mut connection = state.database.read().await?;
        let header = header_for(&mut connection, &viewer, id, ActionKind::ManageEnrolments).await?;
        let filter: Option<VettingState> = filter.parse().ok();
        let after: Option<EnrolmentId> = after.parse().ok();
        let from = after.unwrap_or(EnrolmentId::new(0));
        let rows = queries::list(&mut connection, id, filter, from).await?;
        let counts = queries::counts(&mut connection, id).await?;
        let list = List {
            filter,
            after,
            rows,
        };
        let figures = figures(&counts);
        let list = list.view(&header, &form);
        Ok(view! {
            <EditionFrame header=header tab=EditionTab::Enrolments>
                <h2>{t!(vetting.title)}</h2>
                <p>{t!(vetting.edition_lead)}</p>
                {figures}
                {list}
            </EditionFrame>
        }
        .into_any())
    })
}

fn figures(counts: &[(VettingState, i64)]) -> Option<AnyView> {
    let figure = |&(state, people): &(VettingState, i64)| {
        let label = crate::vetting::words::state(state);
        view! { <Figure label=label value=number::count(people) /> }
    };
    let figures = counts.iter().map(figure).collect_view();
    (!counts.is_empty()).then(|| view! { <Figures>{figures}</Figures> }.into_any())
}

struct List {
    filter: Option<VettingState>,
    after: Option<EnrolmentId>,
    rows: Vec<Vetted>,
}

impl List {
    fn view(mut self, header: &EditionHeader, form: &FormState) -> AnyView {
        let list = paths::edition_vetting(header.id);
        let filter = self.filter.map_or("", VettingState::as_str);
        let clear = self.filter.map(|_| list.clone());
        let table = if self.rows.is_empty() {
            let (title, body) = (t!(vetting.nobody), t!(vetting.nobody_body));
            view! { <EmptyState title=title body=body /> }.into_any()
        } else {
            self.form(header, &form.for_action(Record::PATH))
        };
        view! {
            <FilterBar action=list clear=clear>
                <SelectField name="state" label=t!(vetting.state_head) value=filter
                    placeholder=t!(vetting.any_state) options=states() />
            </FilterBar>
            {table}
        }
        .into_any()
    }

    fn form(&mut self, header: &EditionHeader, form: &FormState) -> AnyView {
        let more = self.rows.len() > PAGE;
        self.rows.truncate(PAGE);
        let lines = self.rows.iter().map(|row| line(row, form)).collect_view();
        let pager = self.pager(header.id, more);
        let form = form.clone();
        view! {
            <form class="bulk" id="chosen" method="post" action=Record::PATH>
                <ErrorSummary form=form.clone() />
                <HiddenField name="edition" value=header.id.to_string() />
                <Table caption=t!(vetting.title) caption_hidden=true cards=true>
                    <thead><tr>
                        <th scope="col"><span class="visually-hidden">{t!(enrolment.choose_head)}</span></th>
                        <th scope="col">{t!(enrolment.person)}</th>
                        <th scope="col">{t!(enrolment.institution)}</th>
                        <th scope="col">{t!(enrolment.sector)}</th>
                        <th scope="col">{t!(vetting.enrolment_head)}</th>
                        <th scope="col">{t!(vetting.state_head)}</th>
                    </tr></thead>
                    <tbody>{lines}</tbody>
                </Table>
                <BulkBar label=t!(vetting.chosen)>
                    <Provider value=form>
                        <SelectField name="state" id="new-state" label=t!(vetting.new_state) required=true
                            placeholder=t!(vetting.choose_state) options=states() />
                        <DateField name="cleared_until" label=t!(vetting.cleared_until)
                            hint=t!(vetting.cleared_until_hint) />
                    </Provider>
                    <button class="button" type="submit">{t!(vetting.record)}</button>
                </BulkBar>
            </form>
            {pager}
        }
        .into_any()
    }

    fn pager(&self, edition: EditionId, more: bool) -> Option<AnyView> {
        let last = self.rows.last()?.enrolment;
        let list = || {
            let list = paths::edition_vetting(edition);
            match self.filter {
                Some(state) => list.with("state", state.as_str()),
                None => list,
            }
        };
        let count = plural!(number::length(&self.rows), vetting.shown);
        let first = self.after.map(|_| list());
        let next = more.then(|| list().with("after", &last.to_string()));
        Some(view! { <KeysetPager count=count first=first next=next /> }.into_any())
    }
}

fn line(row: &Vetted, form: &FormState) -> AnyView {
    let (id, name) = (row.enrolment.to_string(), row.name());
    let chosen = form.is_chosen("chosen[]", &id, false);
    let label = t!(enrolment.choose, name = name.as_str());
    let until = row.cleared_until.map(|day| {
        let text = t!(vetting.until, date = time::date(day));
        let short = (!row.cleared).then(|| t!(vetting.too_short));
        view! { <p class="quiet small">{text} " " {short}</p> }
    });
    view! {
        <tr>
            <td><input type="checkbox" name="chosen[]" value=id checked=chosen aria-label=label /></td>
            <th scope="row"><a href=paths::enrolment(row.enrolment)>{name}</a></th>
            <td data-label=t!(enrolment.institution)>{row.institution.clone()}</td>
            <td data-label=t!(enrolment.sector)>{row.sector.map(sector)}</td>
            <td data-label=t!(vetting.enrolment_head)>{enrolment_chip(row.enrolled)}</td>
            <td data-label=t!(vetting.state_head)>{state_chip(row.state, row.cleared)}{until}</td>
        </tr>
    }
    .into_any()
}
