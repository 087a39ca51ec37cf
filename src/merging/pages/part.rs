//! On the page of a person: the records that went into theirs.

use leptos::{prelude::*, server_fn::ServerFn as _};
use sqlx::SqliteConnection;

use crate::{
    access::{ManagePerson, Viewer, allowed},
    error::AppError,
    merging::{
        actions::UndoMerge,
        queries::{self, MergeRow},
    },
    people::{PersonId, listed_name},
    t,
    ui::{ConfirmButton, Section, time},
};

/// The records that went into somebody's, each with the way back; nothing where there are none.
pub async fn merged_records(
    connection: &mut SqliteConnection,
    viewer: &Viewer,
    person: PersonId,
) -> Result<Option<AnyView>, AppError> {
    let merges = queries::merges_of(connection, person).await?;
    if merges.is_empty() || viewer.person == person {
        return Ok(None);
    }
    let may_undo = allowed(connection, viewer, ManagePerson(person)).await?;
    let line = |merge: MergeRow| {
        let name = listed_name(
            &merge.given_names,
            &merge.paternal_surname,
            merge.maternal_surname.as_deref(),
        );
        let text = t!(
            merging.merged_on,
            name = name,
            number = merge.gone.to_string(),
            when = time::date_time(merge.merged_at)
        );
        let fields = vec![("merge", merge.id.to_string())];
        let undo = may_undo.then(|| {
            view! {
                <ConfirmButton label=t!(merging.undo) confirm=t!(merging.undo_confirm)
                    explanation=t!(merging.undo_explain) action=UndoMerge::PATH fields=fields />
            }
        });
        view! { <li><p>{text}</p>{undo}</li> }
    };
    let lines: Vec<_> = merges.into_iter().map(line).collect();
    Ok(Some(
        view! {
            <Section title=t!(merging.merged_title) id="merged">
                <ul class="lines" role="list">{lines}</ul>
            </Section>
        }
        .into_any(),
    ))
}
