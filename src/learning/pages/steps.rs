//! The steps of a session, for their author.

use leptos::{prelude::*, server_fn::ServerFn as _};

use super::frame::{UnitTab, facts, staff_way, tabs};
use crate::{
    access::viewer,
    courses::operations::manage_edition,
    learning::{
        StepKind,
        actions::MoveStep,
        queries::{self, AuthorStep},
        unit::{self, Unit},
        words,
    },
    paths,
    server::{page, page::path_id, services},
    sessions::SessionId,
    t,
    ui::{
        ButtonKind, ButtonLink, ButtonRow, EmptyState, Icon, IconShape, Notice, Page, PostButton,
        Section, Table, number,
    },
};

/// `/sessions/{id}/steps`
#[component]
pub fn SessionStepsPage() -> impl IntoView {
    let session = path_id::<SessionId>("id");
    page(async move {
        let viewer = viewer()?;
        let state = services();
        let mut connection = state.database.read().await?;
        let unit = unit::find(&mut connection, session?).await?;
        let _ = manage_edition(&mut connection, &viewer, unit.edition).await?;
        let steps = queries::author_steps(&mut connection, unit.session).await?;
        let breadcrumbs = staff_way(&unit, &viewer, None);
        let tabs = tabs(&unit, &viewer, UnitTab::Steps);
        let (under_title, content) = (facts(&unit), content(&unit, steps));
        Ok(view! {
            <Page title=unit.title breadcrumbs=breadcrumbs under_title=under_title>
                {tabs}
                {content}
            </Page>
        }
        .into_any())
    })
}

fn content(unit: &Unit, steps: Vec<AuthorStep>) -> AnyView {
    let list = if steps.is_empty() {
        view! { <EmptyState title=t!(learning.no_steps) body=t!(learning.no_steps_author) /> }
            .into_any()
    } else {
        table(unit, steps)
    };
    let below = if unit.is_locked() {
        view! { <Notice><p>{t!(learning.locked)}</p></Notice> }.into_any()
    } else {
        adding(unit)
    };
    view! { {list}{below} }.into_any()
}

/// One button for each kind of step.
fn adding(unit: &Unit) -> AnyView {
    let buttons = StepKind::ALL.iter().map(|kind| {
        let href = paths::step_new(unit.session).with("kind", kind.as_str());
        view! {
            <ButtonLink kind=ButtonKind::Secondary href=href>
                <Icon shape=IconShape::Plus />{words::kind(*kind)}
            </ButtonLink>
        }
    });
    let buttons = buttons.collect_view();
    view! {
        <Section title=t!(learning.add_title)>
            <p>{t!(learning.add_lead)}</p>
            <ButtonRow>{buttons}</ButtonRow>
        </Section>
    }
    .into_any()
}

fn table(unit: &Unit, steps: Vec<AuthorStep>) -> AnyView {
    let (session, last) = (unit.session, steps.len());
    let locked = unit.is_locked();
    let rows = (1_usize..).zip(steps).map(move |(position, step)| {
        let moves = (!locked).then(|| moves(&step, position, last));
        let title = if locked {
            view! { <a href=paths::learn_step(session, step.id)>{step.title}</a> }.into_any()
        } else {
            view! { <a href=paths::step_edit(step.id)>{step.title}</a> }.into_any()
        };
        view! {
            <tr>
                <th scope="row">{format!("{position}. ")}{title}</th>
                <td data-label=t!(learning.kind)>{words::kind(step.kind)}</td>
                <td class="num" data-label=t!(learning.done_by)>{number::count(step.done)}</td>
                <td>{moves}</td>
            </tr>
        }
    });
    view! {
        <Table caption=t!(learning.tab.steps) caption_hidden=true cards=true>
            <thead><tr>
                <th scope="col">{t!(learning.step)}</th>
                <th scope="col">{t!(learning.kind)}</th>
                <th scope="col" class="num">{t!(learning.done_by)}</th>
                <th scope="col">{t!(learning.order)}</th>
            </tr></thead>
            <tbody>{rows.collect_view()}</tbody>
        </Table>
    }
    .into_any()
}

/// The buttons that move a step, where there is anywhere to move it to.
fn moves(step: &AuthorStep, position: usize, last: usize) -> AnyView {
    let button = |to: usize, word: String, described: String| {
        let fields = vec![("step", step.id.to_string()), ("position", to.to_string())];
        view! {
            <PostButton action=MoveStep::PATH fields=fields kind=ButtonKind::Quiet describe=described>
                {word}
            </PostButton>
        }
    };
    let up = (position > 1).then(|| {
        let described = t!(learning.up_step, title = step.title.clone());
        button(position - 1, t!(learning.up), described)
    });
    let down = (position < last).then(|| {
        let described = t!(learning.down_step, title = step.title.clone());
        button(position + 1, t!(learning.down), described)
    });
    view! { <ButtonRow>{up}{down}</ButtonRow> }.into_any()
}
