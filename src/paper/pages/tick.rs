//! Who signed: a box for each line of the sheet, in the sheet's order.

use std::collections::BTreeMap;

use leptos::{prelude::*, server_fn::ServerFn as _};

use super::Loaded;
use crate::{
    attendance::words,
    documents::sign_in_sheet::ROWS_PER_PAGE,
    enrolment::{EnrolmentId, queries::RosterEntry},
    paper::{actions::MarkSigned, queries::Stands},
    paths,
    people::PersonId,
    server::returned_form,
    t,
    ui::{Form, FormActions, FormState, HiddenField, Icon, IconShape, Section},
};

/// A line of the sheet.
pub(super) struct Tick {
    enrolment: EnrolmentId,
    name: String,
    serves: Option<String>,
    stands: Option<Stands>,
    /// The one who copies the sheet: nobody marks themselves.
    is_own: bool,
}

impl Tick {
    pub fn new(
        person: RosterEntry,
        stands: &BTreeMap<EnrolmentId, Stands>,
        copies: PersonId,
    ) -> Self {
        Self {
            enrolment: person.enrolment,
            name: person.listed_name(),
            stands: stands.get(&person.enrolment).copied(),
            is_own: person.person == copies,
            serves: person.institution,
        }
    }

    fn attended(&self) -> bool {
        self.stands.is_some_and(|stands| stands.status.attended())
    }

    /// What stands and where it was said; that nobody marks themselves.
    fn said(&self) -> Option<AnyView> {
        if let Some(stands) = self.stands {
            let said = t!(
                paper.tick.stands,
                what = words::status_with_minutes(stands.status, stands.minutes),
                source = words::source(stands.source)
            );
            let conflict = stands.conflict.then(|| {
                view! { " "<Icon shape=IconShape::Triangle />" "{t!(attendance.roll.conflict)} }
            });
            return Some(view! { {said}{conflict} }.into_any());
        }
        self.is_own.then(|| t!(paper.tick.own).into_any())
    }

    /// Its box. Without an open form, what stands alone.
    fn line(&self, row: usize, form: Option<&FormState>) -> AnyView {
        let label = t!(paper.tick.row, row = row, name = self.name.as_str());
        let serves = self
            .serves
            .clone()
            .map(|serves| view! { <span class="serves quiet small">{serves}</span> });
        let said = self.said();
        let Some(form) = form else {
            let said = said.unwrap_or_else(|| t!(paper.tick.nothing).into_any());
            return view! {
                <li><p>{label}" "{serves}</p><p class="quiet small">{said}</p></li>
            }
            .into_any();
        };
        let said = said.map(|said| view! { <span class="choice-hint">{said}</span> });
        let value = self.enrolment.to_string();
        let id = format!("signed-{value}");
        let done = self.attended();
        let checked = done || form.is_chosen("signed[]", &value, false);
        view! {
            <li>
                <div class="choice">
                    <input type="checkbox" id=id.clone() name="signed[]" value=value checked=checked
                        disabled=done || self.is_own />
                    <label for=id><span>{label}" "{serves}</span></label>
                    {said}
                </div>
            </li>
        }
        .into_any()
    }
}

/// The first step.
pub(super) fn section(loaded: &Loaded) -> AnyView {
    let title = t!(paper.tick.title);
    if loaded.ticks.is_empty() {
        return view! { <Section title=title><p>{t!(paper.tick.nobody)}</p></Section> }.into_any();
    }
    let form = loaded
        .is_open()
        .then(|| returned_form().for_action(MarkSigned::PATH));
    let pages: Vec<AnyView> = loaded
        .ticks
        .chunks(ROWS_PER_PAGE)
        .enumerate()
        .map(|(page, ticks)| sheet_page(page, ticks, form.as_ref()))
        .collect();
    let Some(form) = form else {
        return view! { <Section title=title>{pages}</Section> }.into_any();
    };
    let (session, shown) = (loaded.session.id, loaded.shown);
    let shown = shown.map_or_else(String::new, |mark| mark.to_string());
    let roll = paths::session_attendance(session);
    view! {
        <Section title=title>
            <p>{t!(paper.tick.lead)}</p>
            <p class="quiet small">{t!(paper.tick.order)}</p>
            <Form action=MarkSigned::PATH form=form>
                <HiddenField name="session" value=session.to_string() />
                <HiddenField name="shown" value=shown />
                {pages}
                <FormActions submit=t!(paper.tick.save) />
            </Form>
            <p class="quiet small">{t!(paper.tick.late)}" "<a href=roll>{t!(paper.to_list)}</a></p>
        </Section>
    }
    .into_any()
}

/// The rows of one page of the sheet.
fn sheet_page(page: usize, ticks: &[Tick], form: Option<&FormState>) -> AnyView {
    let before = page * ROWS_PER_PAGE;
    let heading = t!(
        paper.tick.page,
        page = page + 1,
        from = before + 1,
        to = before + ticks.len()
    );
    let lines: Vec<AnyView> = (before + 1..)
        .zip(ticks)
        .map(|(row, tick)| tick.line(row, form))
        .collect();
    view! {
        <fieldset class="fieldset">
            <legend class="fieldset-legend">{heading}</legend>
            <ul class="lines" role="list">{lines}</ul>
        </fieldset>
    }
    .into_any()
}
