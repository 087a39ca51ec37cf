//! How a page is loaded: read, then render, and an answer for everything that can go wrong.
//!
//! Pages are rendered on the server alone, in one piece, so that status and headers are known
//! before the first byte goes out and nothing waits for a script.

use std::{future::Future, str::FromStr};

use axum::http::{StatusCode, request::Parts};
use leptos::{prelude::*, tachys::html::InertElement};
use leptos_axum::ResponseOptions;
use leptos_router::hooks::use_params_map;

use super::{Identity, go_to, kept, services, words};
use crate::{
    error::{AppError, Reason},
    paths, t,
    ui::{ButtonLink, FieldMessage, FormState, NoticeKind, Page, PageContext, Width},
};

/// A page that is loaded first. An error becomes the page that explains it, with its status.
///
/// What is loaded is all there is: nothing within waits again, so no page holds another. It is
/// written out here in one go, which takes half the time of letting the renderer ask every part of
/// it whether it is ready.
pub fn page<F>(load: F) -> AnyView
where
    F: Future<Output = Result<AnyView, AppError>> + Send + 'static,
{
    let content = Suspend::new(async move {
        // Every word asks for the language: here it is found at once, not at the root of the page.
        provide_context(words::locale());
        let view = match load.await {
            Ok(view) => view,
            Err(error) => error_page(&error),
        };
        InertElement::new(view.to_html())
    });
    view! { <Suspense fallback=|| ()>{content}</Suspense> }.into_any()
}

/// The answer where no page is.
pub fn not_found() -> AnyView {
    error_page(&AppError::NotFound)
}

/// The number in a page's address: `path_id::<EditionId>("id")`. Anything else is no page.
pub fn path_id<T: FromStr>(name: &str) -> Result<T, AppError> {
    path_value(name).parse().map_err(|_| AppError::NotFound)
}

/// A part of a page's address as text.
pub fn path_value(name: &str) -> String {
    use_params_map()
        .with_untracked(|params| params.get(name))
        .unwrap_or_default()
}

/// The parameters behind the question mark, decoded, in their order.
pub fn query_pairs() -> Vec<(String, String)> {
    let Some(parts) = use_context::<Parts>() else {
        return Vec::new();
    };
    let query = parts.uri.query().unwrap_or_default();
    form_urlencoded::parse(query.as_bytes())
        .into_owned()
        .collect()
}

/// One parameter; empty when it is not there.
pub fn query_value(name: &str) -> String {
    query_pairs()
        .into_iter()
        .find(|(found, _)| found == name)
        .map(|(_, value)| value)
        .unwrap_or_default()
}

/// The address of the page without `lang` and `kept`.
pub fn current_address() -> paths::Path {
    let path = use_context::<Parts>()
        .map(|parts| parts.uri.path().to_owned())
        .unwrap_or_default();
    let path = paths::Path::local(&path).unwrap_or_else(paths::home);
    query_pairs()
        .into_iter()
        .filter(|(name, _)| name != "lang" && name != kept::PARAMETER)
        .fold(path, |path, (name, value)| path.with(&name, &value))
}

/// The form that was refused just now, with everything typed; fresh when there is none.
pub fn returned_form() -> FormState {
    let Some(refused) = refused() else {
        return FormState::default();
    };
    let errors = match &refused.error {
        AppError::Invalid(errors) => errors
            .iter()
            .map(|error| FieldMessage {
                field: error.field.clone(),
                message: words::fault_sentence(&error.fault),
            })
            .collect(),
        _ => Vec::new(),
    };
    match refused.values {
        Some(values) => FormState::returned(values, errors, None).from_action(refused.action),
        None => FormState::default(),
    }
}

/// What earlier actions left to say on this page.
pub fn page_context() -> PageContext {
    let mut notices = Vec::new();
    if let Some(notice) = services().kept.take_notice(&query_value(kept::PARAMETER)) {
        notices.push((NoticeKind::Success, notice));
    }
    let Some(refused) = refused() else {
        return PageContext::new(notices);
    };
    let told_elsewhere = matches!(
        refused.error,
        AppError::Invalid(_) | AppError::SignInRequired
    );
    let done_before = refused.error == Reason::SentAlready.into();
    let kind = if done_before {
        NoticeKind::Info
    } else {
        NoticeKind::Harm
    };
    if !told_elsewhere {
        notices.push((kind, words::sentence(&refused.error)));
    }
    if refused.values.is_none() && !done_before {
        notices.push((NoticeKind::Harm, t!(errors.too_long_to_keep)));
    }
    PageContext::new(notices)
}

/// Whether a notice on this page says why something was refused just now.
pub fn says_why_not() -> bool {
    refused().is_some_and(|refused| matches!(refused.error, AppError::Conflict(_)))
}

fn refused() -> Option<kept::Refused> {
    let key = query_value(kept::PARAMETER);
    if key.is_empty() {
        return None;
    }
    let reader = kept::Holder::of(&use_context::<Identity>()?);
    let state = services();
    state.kept.refused(&key, &reader, state.clock.now())
}

fn error_page(error: &AppError) -> AnyView {
    if *error == AppError::SignInRequired {
        go_to(&paths::sign_in().with("next", current_address().as_str()));
        return ().into_any();
    }
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(status);
    }
    let title = match error {
        AppError::NotFound => t!(errors.not_found_title),
        AppError::Forbidden | AppError::Conflict(Reason::TaughtLongAgo) => {
            t!(errors.forbidden_title)
        }
        AppError::Conflict(_) => t!(errors.conflict_title),
        _ => t!(errors.fault_title),
    };
    let sentence = words::sentence(error);
    view! {
        <Page title=title width=Width::Reading>
            <p>{sentence}</p>
            <p><ButtonLink href=paths::home()>{t!(errors.go_home)}</ButtonLink></p>
        </Page>
    }
    .into_any()
}
