//! The front page for strangers: what Capacita is, what one can enrol in now, and whether a
//! certificate is genuine.

use leptos::prelude::*;

use super::catalogue::edition_facts;
use crate::{
    courses::{
        queries::{self, EditionLine},
        words,
    },
    error::AppError,
    paths, plural,
    server::AppState,
    t,
    ui::{ButtonKind, ButtonLink, ButtonRow, Card, Cards, EmptyState, Page, Section, Split, time},
};

/// Open editions on the front page.
const SHOWN: i64 = 6;

/// The front page for whoever is not signed in.
pub async fn public_home(state: &AppState) -> Result<AnyView, AppError> {
    let today = state.clock.today();
    let mut connection = state.database.read().await?;
    let editions = queries::open_editions(&mut connection, today, SHOWN).await?;
    Ok(view! {
            <Page title=t!(public.welcome) lead=t!(public.welcome_lead)>
                <ButtonRow>
                    <ButtonLink href=paths::courses().with("open", "true")>{t!(public.see_open)}</ButtonLink>
                    <ButtonLink href=paths::courses() kind=ButtonKind::Secondary>{t!(public.see_all)}</ButtonLink>
                </ButtonRow>
                <Section title=t!(public.open_now)>{open_cards(editions)}</Section>
                <Split>
                    <Section title=t!(public.how_title)>
                        <ol class="prose">
                            <li>{t!(public.how_1)}</li>
                            <li>{t!(public.how_2)}</li>
                            <li>{t!(public.how_3)}</li>
                        </ol>
                    </Section>
                    <Section title=t!(public.verify_title) framed=true>
                        <p>{t!(public.verify_body)}</p>
                        <p>
                            <ButtonLink href=paths::verify() kind=ButtonKind::Secondary>
                                {t!(public.verify)}
                            </ButtonLink>
                        </p>
                    </Section>
                </Split>
            </Page>
        }
        .into_any())
}

fn open_cards(editions: Vec<EditionLine>) -> AnyView {
    if editions.is_empty() {
        return view! { <EmptyState title=t!(public.none_open) body=t!(public.none_open_body) /> }
            .into_any();
    }
    let cards = editions.into_iter().map(|edition| {
        let until = t!(public.enrol_until, date = time::date(edition.enrol_until));
        let free = edition.seats.map(|seats| {
            let free = (seats - edition.enrolled).max(0);
            let words = match free {
                0 => t!(public.no_free_seats),
                free => plural!(free, public.free_seats),
            };
            view! { <p class="small">{words}</p> }
        });
        let facts = edition_facts(&edition);
        view! {
            <Card title=edition.course_title href=paths::edition(edition.id)
                kind=words::kind(edition.kind) level=3>
                <p>{until}</p>
                {free}
                {facts}
            </Card>
        }
    });
    view! { <Cards>{cards.collect_view()}</Cards> }.into_any()
}
