//! What is in which column: a select for each, beside what stands there.

use leptos::{prelude::*, server_fn::ServerFn as _};

use super::list::Loaded;
use crate::{
    nomination::{Field, actions::SetColumns, words},
    t,
    tables::Row,
    ui::{Form, FormActions, HiddenField, Table},
};

/// How many lines show what a column holds.
const SAMPLES: usize = 3;

/// The form. `samples`: the first lines of the list.
pub(super) fn columns_form(loaded: &Loaded) -> AnyView {
    let held = &loaded.nomination.columns.0;
    let widest = loaded.samples.iter().map(|row| row.cells.len()).max();
    let count = held.len().max(widest.unwrap_or(0));
    let rows = (0..count)
        .map(|column| column_row(loaded, column))
        .collect_view();
    let id = loaded.nomination.id.to_string();
    view! {
        <Form action=SetColumns::PATH>
            <HiddenField name="nomination" value=id />
            <Table caption=t!(nomination.columns_title) caption_hidden=true cards=true>
                <thead><tr>
                    <th scope="col">{t!(nomination.column)}</th>
                    <th scope="col">{t!(nomination.samples)}</th>
                    <th scope="col">{t!(nomination.holds)}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </Table>
            <FormActions submit=t!(nomination.set_columns) />
        </Form>
    }
    .into_any()
}

fn column_row(loaded: &Loaded, column: usize) -> AnyView {
    let heading = loaded
        .headings
        .as_ref()
        .map(|row| row.cell(column).to_owned());
    let heading = heading
        .filter(|heading| !heading.is_empty())
        .unwrap_or_else(|| t!(nomination.column_number, n = column + 1));
    let samples = loaded
        .samples
        .iter()
        .map(|row: &Row| row.cell(column))
        .filter(|text| !text.is_empty())
        .take(SAMPLES)
        .map(|text| view! { <li>{text.to_owned()}</li> }.into_any())
        .collect_view();
    let held = loaded.nomination.columns.0.get(column).copied().flatten();
    let options = Field::ALL
        .iter()
        .map(|&field| {
            let chosen = held == Some(field);
            view! { <option value=field.as_str() selected=chosen>{words::field(field)}</option> }
                .into_any()
        })
        .collect_view();
    let label = t!(nomination.holds_of, column = heading.as_str());
    view! {
        <tr>
            <th scope="row">{heading}</th>
            <td data-label=t!(nomination.samples)><ul class="lines" role="list">{samples}</ul></td>
            <td data-label=t!(nomination.holds)>
                <select class="input" name="fields[]" aria-label=label>
                    <option value="">{t!(nomination.left_out)}</option>
                    {options}
                </select>
            </td>
        </tr>
    }
    .into_any()
}
