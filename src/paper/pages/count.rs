//! How many were counted, beside those known by name.

use leptos::{prelude::*, server_fn::ServerFn as _};

use super::Loaded;
use crate::{
    paper::{BySex, Count, actions::CountHeads, model::MOST, queries::Written},
    people::{self, Sex},
    t,
    ui::{
        Chip, FieldRow, Form, FormActions, HiddenField, Notice, NoticeKind, NumberField, Section,
        Table, TextAreaField, Tone, number, time,
    },
};

/// The last step.
pub(super) fn section(loaded: &Loaded) -> AnyView {
    let form = loaded.is_open().then(|| form(loaded));
    let comparison = loaded.count.as_ref().map(comparison);
    let history = history(&loaded.history);
    let none = loaded.count.is_none().then(|| {
        let named = t!(paper.count.named_so_far, people = said(loaded.named));
        view! { <p class="quiet">{t!(paper.count.none)}" "{named}</p> }
    });
    view! {
        <Section title=t!(paper.count.title) id="headcount">
            {none}
            {comparison}
            {form}
            {history}
        </Section>
    }
    .into_any()
}

fn form(loaded: &Loaded) -> AnyView {
    let counted = loaded.count.as_ref().map(|count| count.counted);
    let value =
        |of: fn(BySex) -> i64| counted.map_or_else(String::new, |counted| of(counted).to_string());
    let explanation = loaded.count.as_ref().and_then(Count::holding);
    let explanation = explanation.unwrap_or_default().to_owned();
    let (women, men, unstated) = (
        value(|by| by.women),
        value(|by| by.men),
        value(|by| by.unstated),
    );
    let most = number::float(MOST);
    let id = loaded.session.id.to_string();
    view! {
        <p>{t!(paper.count.lead)}</p>
        <Form action=CountHeads::PATH>
            <HiddenField name="session" value=id />
            <FieldRow>
                <NumberField name="women" label=t!(paper.count.women) value=women required=true min=0.0 max=most />
                <NumberField name="men" label=t!(paper.count.men) value=men required=true min=0.0 max=most />
                <NumberField name="unstated" label=t!(paper.count.unstated) value=unstated min=0.0 max=most />
            </FieldRow>
            <TextAreaField name="explanation" label=t!(paper.count.explanation)
                hint=t!(paper.count.explanation_hint) value=explanation maxlength=500 rows=2 />
            <FormActions submit=t!(paper.count.save) />
        </Form>
    }
    .into_any()
}

/// Counted, named and the difference, sex by sex, and whether it is explained.
fn comparison(count: &Count) -> AnyView {
    let unnamed = count.unnamed();
    let row = |&sex: &Sex| {
        let name = people::words::sex(sex);
        line(
            name,
            [count.counted, count.named, unnamed].map(|by| by.of(sex)),
        )
    };
    let mut rows: Vec<AnyView> = Sex::ALL.iter().map(row).collect();
    let totals = [count.counted, count.named, unnamed].map(BySex::total);
    rows.push(line(t!(paper.count.total), totals));
    let verdict = if let Some(explanation) = count.holding() {
        let explanation = explanation.to_owned();
        view! {
            <p><Chip tone=Tone::Good label=t!(paper.count.explained) />" "{explanation}</p>
        }
        .into_any()
    } else if count.is_open() {
        let again = count.explanation.is_some();
        let text = if again {
            t!(paper.count.open_again)
        } else {
            t!(paper.count.open)
        };
        view! { <Notice kind=NoticeKind::Attention><p>{text}</p></Notice> }.into_any()
    } else {
        view! { <p><Chip tone=Tone::Good label=t!(paper.count.equal) /></p> }.into_any()
    };
    view! {
        <Table caption=t!(paper.count.compared) caption_hidden=true cards=true>
            <thead><tr>
                <th scope="col">{t!(paper.count.sex)}</th>
                <th scope="col" class="num">{t!(paper.count.counted)}</th>
                <th scope="col" class="num">{t!(paper.count.named)}</th>
                <th scope="col" class="num">{t!(paper.count.unnamed)}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </Table>
        {verdict}
    }
    .into_any()
}

fn line(name: String, figures: [i64; 3]) -> AnyView {
    let labels = [
        t!(paper.count.counted),
        t!(paper.count.named),
        t!(paper.count.unnamed),
    ];
    let cells: Vec<AnyView> = labels
        .into_iter()
        .zip(figures.map(number::count))
        .map(|(label, figure)| view! { <td class="num" data-label=label>{figure}</td> }.into_any())
        .collect();
    view! { <tr><th scope="row">{name}</th>{cells}</tr> }.into_any()
}

/// "12 mujeres, 8 hombres, 0 sin declarar".
fn said(people: BySex) -> String {
    t!(
        paper.count.said,
        women = number::count(people.women),
        men = number::count(people.men),
        unstated = number::count(people.unstated)
    )
}

/// What was written before, and by whom.
fn history(written: &[Written]) -> Option<AnyView> {
    let line = |written: &Written| {
        let counted = BySex {
            women: written.women,
            men: written.men,
            unstated: written.unstated,
        };
        let when = time::date_time(written.counted_at);
        let who = written.writer.clone().map(|who| format!(", {who}"));
        let why = written.explanation.clone().map(|why| view! { <br />{why} });
        view! {
            <li>{said(counted)}" "<span class="quiet">{when}{who}</span>{why}</li>
        }
        .into_any()
    };
    let lines: Vec<AnyView> = written.iter().map(line).collect();
    (!lines.is_empty()).then(|| {
        view! {
            <details class="more">
                <summary>{t!(paper.count.history)}</summary>
                <ul class="lines" role="list">{lines}</ul>
            </details>
        }
        .into_any()
    })
}
