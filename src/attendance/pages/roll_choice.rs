//! One of the big buttons beside a person's name.

use leptos::prelude::*;

use crate::attendance::{MarkStatus, words};

/// One choice; not to be chosen where `why` says the reason.
pub(super) fn choice(name: &str, status: MarkStatus, chosen: bool, why: Option<String>) -> AnyView {
    let class = match status {
        MarkStatus::NotTaken => "mark mark-none".to_owned(),
        status => format!("mark mark-{status}"),
    };
    view! {
        <label class=class title=why.clone()>
            <input type="radio" name=name.to_owned() value=status.as_str() checked=chosen
                disabled=why.is_some() />
            <span>{words::status(status)}</span>
        </label>
    }
    .into_any()
}
