//! Whether a certificate is genuine: one large answer, and nothing that the sheet does not say.
//!
//! A code that was never given and something that is no code are answered alike.

use axum::http::{HeaderName, HeaderValue, StatusCode};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use leptos_meta::Meta;

use super::mine::hours;
use crate::{
    certificates::{
        CertificateState, Code, content,
        queries::{self, Frozen},
        words,
    },
    courses,
    documents::CertificateContent,
    error::AppError,
    paths,
    server::{
        clock::lima_date,
        go_to, page,
        page::{path_value, query_value},
        services,
    },
    t,
    ui::{Answer, Fact, Facts, Page, TextField, Width, time},
};

/// The question.
#[component]
pub fn VerifyPage() -> impl IntoView {
    let typed = query_value("code");
    if !typed.trim().is_empty() {
        go_to(&paths::verify_typed(&typed));
        return ().into_any();
    }
    not_indexed();
    view! {
        <Meta name="robots" content="noindex" />
        <Page title=t!(certificates.verify_title) lead=t!(certificates.verify_lead) width=Width::Reading>
            {question()}
        </Page>
    }
    .into_any()
}

/// The answer for one code.
#[component]
pub fn VerifyCodePage() -> impl IntoView {
    let typed = path_value("code");
    page(async move {
        not_indexed();
        let answer = match find(&typed).await? {
            Some((row, said)) => known(&row, said),
            None => unknown(),
        };
        Ok(view! { <Meta name="robots" content="noindex" />{answer} }.into_any())
    })
}

async fn find(typed: &str) -> Result<Option<(Frozen, CertificateContent)>, AppError> {
    let Ok(code) = typed.parse::<Code>() else {
        return Ok(None);
    };
    let mut connection = services().database.read().await?;
    let Some(row) = queries::by_code(&mut connection, code.as_str()).await? else {
        return Ok(None);
    };
    let said = content::thaw(&row.content, &row.content_digest)?;
    Ok(Some((row, said)))
}

/// The answers hold names: no search engine keeps them.
fn not_indexed() {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.insert_header(
            HeaderName::from_static("x-robots-tag"),
            HeaderValue::from_static("noindex"),
        );
    }
}

fn question() -> AnyView {
    view! {
        <form class="form" method="get" action=paths::verify()>
            <TextField name="code" label=t!(certificates.code) hint=t!(certificates.code_hint)
                required=true maxlength=60 autocomplete="off" size=34 />
            <div class="form-actions">
                <button class="button" type="submit">{t!(certificates.verify)}</button>
            </div>
        </form>
    }
    .into_any()
}

fn known(row: &Frozen, said: CertificateContent) -> AnyView {
    let at = time::short_date(lima_date(row.state_at));
    let (title, text) = match row.state {
        CertificateState::Valid => (
            t!(certificates.answer.valid),
            t!(certificates.answer.valid_text),
        ),
        CertificateState::Replaced => (
            t!(certificates.answer.replaced),
            t!(certificates.answer.replaced_text, when = at),
        ),
        CertificateState::Revoked => (
            t!(certificates.answer.revoked),
            t!(certificates.answer.revoked_text, when = at),
        ),
    };
    let tone = match row.state {
        CertificateState::Replaced => crate::ui::Tone::Attention,
        state => words::tone(state),
    };
    view! { <Answer tone=tone title=title text=text>{facts(said)}</Answer> }.into_any()
}

fn facts(said: CertificateContent) -> AnyView {
    let kind = words::kind(content::kind_of(said.kind));
    let course_kind = courses::words::kind(content::course_kind_of(said.course_kind));
    let hours = hours(said.hours_tenths, said.academic_minutes);
    let dates = time::date_range(said.starts_on, said.ends_on);
    view! {
        <Facts stacked=true>
            <Fact label=t!(certificates.answer.name)><strong>{said.person_name}</strong></Fact>
            <Fact label=t!(certificates.answer.document)>{kind}</Fact>
            <Fact label=course_kind>{said.course_title}</Fact>
            <Fact label=t!(certificates.answer.hours)>{hours}</Fact>
            <Fact label=t!(certificates.answer.dates)>{dates}</Fact>
            <Fact label=t!(certificates.answer.program)>{said.program_name}</Fact>
            <Fact label=t!(certificates.answer.implementer)>{said.implementer}</Fact>
            <Fact label=t!(certificates.answer.issued)>{time::short_date(said.issued_on)}</Fact>
        </Facts>
    }
    .into_any()
}

fn unknown() -> AnyView {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(StatusCode::NOT_FOUND);
    }
    view! {
        <Answer tone=crate::ui::Tone::Harm title=t!(certificates.answer.unknown)
            text=t!(certificates.answer.unknown_text)>
            {question()}
        </Answer>
    }
    .into_any()
}
