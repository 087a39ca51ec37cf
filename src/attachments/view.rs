//! An owner's files on the page that shows them.

use leptos::{prelude::*, server_fn::ServerFn as _};

use super::{AttachmentKind, Owner, actions::Remove, queries::Listed};
use crate::{
    paths, t,
    ui::{ConfirmButton, FileField, Form, FormActions, HiddenField, number, time},
};

/// The files with their downloads; with `open`, the form that adds to them and the way to remove one.
pub fn files(owner: Owner, listed: &[Listed], open: bool) -> AnyView {
    let lines: Vec<AnyView> = listed.iter().map(|file| line(file, open)).collect();
    let list = if lines.is_empty() {
        view! { <p class="quiet">{t!(attachments.none)}</p> }.into_any()
    } else {
        view! { <ul class="lines" role="list">{lines}</ul> }.into_any()
    };
    let form = open.then(|| form(owner));
    view! { {list}{form} }.into_any()
}

fn line(file: &Listed, open: bool) -> AnyView {
    let sent = time::date_time(file.created_at);
    let who = file.sender.clone().map(|who| format!(", {who}"));
    let name = file.file_name.clone();
    if let (Some(at), Some(reason)) = (file.removed_at, &file.removed_reason) {
        let text = t!(
            attachments.removed,
            when = time::date_time(at),
            reason = reason.as_str()
        );
        return view! { <li><p><s>{name}</s></p><p class="quiet small">{text}</p></li> }.into_any();
    }
    let said = format!("{} · {sent}", size(file.size));
    let remove = open.then(|| {
        let fields = vec![("attachment", file.id.to_string())];
        view! {
            <ConfirmButton label=t!(attachments.remove) explanation=t!(attachments.remove_note, name = name.as_str())
                confirm=t!(attachments.remove_confirm) action=Remove::PATH fields=fields
                reason=("reason", t!(attachments.reason)) />
        }
    });
    let address = paths::attachment(file.id);
    view! {
        <li>
            <p><a href=address>{name.clone()}</a>" "<span class="quiet small">{said}{who}</span></p>
            {remove}
        </li>
    }
    .into_any()
}

fn form(owner: Owner) -> AnyView {
    let (name, value) = match owner {
        Owner::Session(id) => ("session", id.to_string()),
        Owner::Nomination(id) => ("nomination", id.to_string()),
    };
    view! {
        <Form action=paths::upload_attachment() multipart=true>
            <HiddenField name=name value=value />
            <FileField name="file" label=t!(attachments.file) hint=t!(attachments.hint)
                accept=AttachmentKind::ACCEPT multiple=true required=true />
            <FormActions submit=t!(attachments.send) />
        </Form>
    }
    .into_any()
}

/// "2.3 MB", "640 kB".
fn size(bytes: i64) -> String {
    if bytes < 1_000_000 {
        t!(attachments.kilobytes, n = (bytes + 999) / 1000)
    } else {
        t!(attachments.megabytes, n = number::tenths(bytes / 100_000))
    }
}
