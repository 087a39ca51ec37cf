//! Whose code was scanned, for whoever takes attendance where they take part.

use leptos::{prelude::*, server_fn::ServerFn as _};

use crate::{
    access::viewer,
    attendance::words::status,
    check_in::{actions::CheckInPerson, operations, queries::OpenSession},
    courses, paths,
    server::{page, page::path_value, services},
    t,
    ui::{ButtonKind, Page, PostButton, Width, time},
};

/// The page.
#[component]
pub fn ScannedPersonPage() -> impl IntoView {
    let token = path_value("token");
    page(async move {
        let (state, viewer) = (services(), viewer()?);
        let (person, sessions) = operations::scanned(&state, &viewer, &token).await?;
        let lines: Vec<AnyView> = sessions
            .into_iter()
            .map(|session| line(session, &token))
            .collect();
        let lead = person.institution.unwrap_or_default();
        Ok(view! {
            <Page title=person.name lead=lead width=Width::Reading>
                <ul class="lines" role="list">{lines}</ul>
            </Page>
        }
        .into_any())
    })
}

fn line(session: OpenSession, token: &str) -> AnyView {
    let course = courses::words::edition_title(&session.course_title, session.number);
    let when = time::time_range(session.starts_at, session.ends_at);
    let fields = vec![
        ("session", session.id.to_string()),
        ("token", token.to_owned()),
    ];
    let describe = t!(check_in.present_at, session = session.title.as_str());
    let action = match (session.status, session.marked_at) {
        (Some(found), Some(at)) => {
            let stands = t!(
                check_in.stands,
                status = status(found),
                time = time::hour(at)
            );
            view! { <p>{stands}</p> }.into_any()
        }
        _ => view! {
            <PostButton action=CheckInPerson::PATH fields=fields kind=ButtonKind::Primary describe=describe>
                {t!(check_in.present)}
            </PostButton>
        }
        .into_any(),
    };
    let next = paths::scan(session.id);
    view! {
        <li>
            <p><strong>{session.title}</strong>" "<span class="quiet">{course}" · "{when}</span></p>
            {action}
            <p><a href=next>{t!(check_in.scan.next)}</a></p>
        </li>
    }
    .into_any()
}
