//! One list: its columns, its lines with their verdicts, and what became of them.

use axum::http::HeaderName;
use leptos::{prelude::*, server_fn::ServerFn as _};
use sqlx::SqliteConnection;

use super::{
    columns::columns_form,
    lines::{LineView, load_lines, pager, table},
};
use crate::{
    access::viewer,
    attachments::{self, Listed, Owner},
    courses::{EditionHeader, pages::breadcrumbs, visible_header},
    error::AppError,
    nomination::{
        NominationId, NominationState, Outcome, Verdict,
        actions::{Apply, CheckAgain, Discard, Tell, Undo},
        operations::{open, opened},
        queries::{self, Nomination},
        words,
    },
    paths, plural,
    server::{AppState, add_header, page, page::path_id, services, words as house_words},
    t,
    tables::Row,
    ui::{
        ButtonKind, ButtonRow, ConfirmButton, Fact, Facts, Figure, Figures, Notice, NoticeKind,
        Page, PostButton, Progress, Section, TabItem, Tabs, When, number,
    },
};

/// How many lines tell what stands in a column.
const SAMPLES: i64 = 3;

/// All that the page shows.
pub(super) struct Loaded {
    pub nomination: Nomination,
    pub header: EditionHeader,
    pub headings: Option<Row>,
    /// The first lines, while somebody may still say what the columns hold.
    pub samples: Vec<Row>,
    /// Verdict, lines, of them to be enrolled.
    pub verdicts: Vec<(Verdict, i64, i64)>,
    pub outcomes: Vec<(Outcome, i64)>,
    pub view: Option<Verdict>,
    pub lines: Vec<LineView>,
    pub more: bool,
    pub after: u32,
    /// The same file was enrolled from before.
    pub before: Option<NominationId>,
    /// The letter it came with.
    pub letter: Vec<Listed>,
    /// Lines done and in all, while it is being enrolled.
    pub under_way: Option<(i64, i64)>,
    pub error: Option<AppError>,
}

impl Loaded {
    fn to_enrol(&self) -> i64 {
        self.verdicts.iter().map(|(_, _, taken)| taken).sum()
    }

    pub(super) fn address(&self, view: Option<Verdict>, after: u32) -> paths::Path {
        let path = paths::nomination(self.nomination.id);
        let path = match view {
            Some(verdict) => path.with("view", verdict.as_str()),
            None => path,
        };
        if after > 0 {
            path.with("after", &after.to_string())
        } else {
            path
        }
    }
}

/// `/nominations/{id}`
#[component]
pub fn NominationPage() -> impl IntoView {
    let id = path_id::<NominationId>("id");
    let view = page::query_value("view").parse::<Verdict>().ok();
    let after = page::query_value("after").parse::<u32>().unwrap_or(0);
    page(async move {
        let state = services();
        let loaded = load(&state, id?, view, after).await?;
        if loaded.under_way.is_some() {
            add_header(HeaderName::from_static("refresh"), "1");
        }
        Ok(list_page(&loaded))
    })
}

async fn load(
    state: &AppState,
    id: NominationId,
    view: Option<Verdict>,
    after: u32,
) -> Result<Loaded, AppError> {
    let viewer = viewer()?;
    let mut connection = state.database.read().await?;
    let (nomination, _permit) = open(&mut connection, &viewer, id).await?;
    let header = visible_header(&mut connection, Some(&viewer), nomination.edition).await?;
    let error = state.nominations.take_failure(id);
    let under_way = state.nominations.progress(id);
    let (lines, more) =
        load_lines(state, &mut connection, (&viewer, &nomination), view, after).await?;
    let headings = opened(&state.secrets, 1, nomination.headings.as_deref());
    Ok(Loaded {
        samples: samples(state, &mut connection, &nomination).await?,
        verdicts: queries::verdicts(&mut connection, id).await?,
        outcomes: queries::outcomes(&mut connection, id).await?,
        before: queries::applied_before(&mut connection, id).await?,
        letter: attachments::listed(&mut connection, Owner::Nomination(id)).await?,
        nomination,
        header,
        headings,
        view,
        lines,
        more,
        after,
        under_way,
        error,
    })
}

async fn samples(
    state: &AppState,
    connection: &mut SqliteConnection,
    nomination: &Nomination,
) -> Result<Vec<Row>, AppError> {
    let open = [NominationState::Columns, NominationState::Checked];
    if !open.contains(&nomination.state) {
        return Ok(Vec::new());
    }
    let lines = queries::lines(connection, nomination.id, None, 0, SAMPLES).await?;
    let rows = lines
        .iter()
        .filter_map(|line| opened(&state.secrets, line.number, line.cells.as_deref()));
    Ok(rows.collect())
}

fn list_page(loaded: &Loaded) -> AnyView {
    let nomination = &loaded.nomination;
    let mut crumbs = breadcrumbs(&loaded.header, crate::access::maybe_viewer().as_ref());
    if let Some(edition) = crumbs.last_mut() {
        edition.1 = Some(paths::edition(loaded.header.id).into());
    }
    let lists = paths::edition_nominations(loaded.header.id);
    crumbs.push((t!(nomination.title), Some(lists.into())));
    crumbs.push((nomination.file_name.clone(), None));
    let error = loaded.error.as_ref().map(|error| {
        let sentence = house_words::sentence(error);
        view! { <Notice kind=NoticeKind::Harm><p>{sentence}</p></Notice> }
    });
    let title = t!(nomination.list_title, file = nomination.file_name.as_str());
    let (facts, content, letter) = (facts(nomination), content(loaded), letter(loaded));
    view! {
        <Page title=title lead=loaded.header.title() breadcrumbs=crumbs>
            {error}
            {facts}
            {content}
            {letter}
        </Page>
    }
    .into_any()
}

/// The letter that the list came with.
fn letter(loaded: &Loaded) -> AnyView {
    let owner = Owner::Nomination(loaded.nomination.id);
    let files = attachments::files(owner, &loaded.letter, !loaded.header.is_locked());
    view! {
        <Section title=t!(attachments.letter_title) id="letter">
            <p>{t!(attachments.letter_lead)}</p>
            {files}
        </Section>
    }
    .into_any()
}

fn facts(nomination: &Nomination) -> AnyView {
    let institution = nomination
        .institution_name
        .clone()
        .map(|name| view! { <Fact label=t!(nomination.institution)>{name}</Fact> }.into_any());
    let letter = nomination
        .letter
        .clone()
        .map(|letter| view! { <Fact label=t!(nomination.letter)>{letter}</Fact> }.into_any());
    let told = nomination
        .told_at
        .map(|at| view! { <Fact label=t!(nomination.told_at)><When at=at /></Fact> }.into_any());
    let (state, received) = (words::state_chip(nomination.state), nomination.created_at);
    view! {
        <Facts>
            <Fact label=t!(nomination.state_head)>{state}</Fact>
            {institution}
            {letter}
            <Fact label=t!(nomination.received_at)><When at=received /></Fact>
            {told}
        </Facts>
    }
    .into_any()
}

fn content(loaded: &Loaded) -> AnyView {
    if let Some((done, total)) = loaded.under_way {
        return progress(done, total);
    }
    match loaded.nomination.state {
        NominationState::Columns => columns(loaded),
        NominationState::Checked => checked(loaded),
        NominationState::Applied => applied(loaded),
        NominationState::Undone => notice(t!(nomination.undone_note)),
        NominationState::Discarded => notice(t!(nomination.discarded_note)),
    }
}

fn columns(loaded: &Loaded) -> AnyView {
    let (form, give_up) = (columns_form(loaded), give_up(loaded));
    view! {
        <Section title=t!(nomination.columns_title)>
            <p>{t!(nomination.columns_lead)}</p>
            {form}
        </Section>
        {give_up}
    }
    .into_any()
}

fn notice(text: String) -> AnyView {
    view! { <Notice><p>{text}</p></Notice> }.into_any()
}

fn progress(done: i64, total: i64) -> AnyView {
    let of = number::count(total);
    let label = plural!(done, nomination.progress, of = of.as_str());
    // Counts of lines are far below what a float holds exactly.
    #[expect(clippy::cast_precision_loss, reason = "ten thousand lines at most")]
    let (done, total) = (done as f64, total.max(1) as f64);
    view! {
        <Section title=t!(nomination.under_way)>
            <Progress label=label done=done total=total />
            <p class="quiet">{t!(nomination.under_way_note)}</p>
        </Section>
    }
    .into_any()
}

fn checked(loaded: &Loaded) -> AnyView {
    let before = loaded.before.map(|earlier| {
        view! {
            <Notice kind=NoticeKind::Attention>
                <p>{t!(nomination.same_file)} " " <a href=paths::nomination(earlier)>{t!(nomination.see_earlier)}</a></p>
            </Notice>
        }
        .into_any()
    });
    let fields = || vec![("nomination", loaded.nomination.id.to_string())];
    let n = loaded.to_enrol();
    let enrol = if n > 0 {
        view! {
            <ConfirmButton label=plural!(n, nomination.enrol) explanation=t!(nomination.enrol_note)
                confirm=plural!(n, nomination.enrol) action=Apply::PATH fields=fields() calm=true />
        }
        .into_any()
    } else {
        view! { <p>{t!(nomination.nothing_to_enrol)}</p> }.into_any()
    };
    let (tabs, table, pager) = (tabs(loaded), table(loaded), pager(loaded));
    let again = fields();
    view! {
        {before}
        <Section title=t!(nomination.lines_title)>
            <p>{t!(nomination.lines_lead)}</p>
            <ButtonRow>
                {enrol}
                <PostButton action=CheckAgain::PATH fields=again kind=ButtonKind::Secondary>
                    {t!(nomination.check_again)}
                </PostButton>
            </ButtonRow>
            {tabs}
            {table}
            {pager}
        </Section>
        <details class="more">
            <summary>{t!(nomination.columns_title)}</summary>
            <p>{t!(nomination.columns_again)}</p>
            {columns_form(loaded)}
        </details>
        {give_up(loaded)}
    }
    .into_any()
}

fn tabs(loaded: &Loaded) -> AnyView {
    let all: i64 = loaded.verdicts.iter().map(|(_, lines, _)| lines).sum();
    let label = |word: String, n: i64| format!("{word} ({})", number::count(n));
    let first = TabItem::new(
        label(t!(nomination.verdicts.all), all),
        loaded.address(None, 0),
        loaded.view.is_none(),
    );
    let rest = Verdict::ALL.iter().filter_map(|&verdict| {
        let (_, n, _) = loaded
            .verdicts
            .iter()
            .find(|(found, ..)| *found == verdict)?;
        let current = loaded.view == Some(verdict);
        let address = loaded.address(Some(verdict), 0);
        Some(TabItem::new(
            label(words::verdicts(verdict), *n),
            address,
            current,
        ))
    });
    let items = std::iter::once(first).chain(rest).collect();
    view! { <Tabs label=t!(nomination.lines_title) items=items /> }.into_any()
}

fn give_up(loaded: &Loaded) -> AnyView {
    let fields = vec![("nomination", loaded.nomination.id.to_string())];
    view! {
        <ConfirmButton label=t!(nomination.discard) explanation=t!(nomination.discard_note)
            confirm=t!(nomination.discard) action=Discard::PATH fields=fields />
    }
    .into_any()
}

fn applied(loaded: &Loaded) -> AnyView {
    let figures = Outcome::ALL
        .iter()
        .filter_map(|&outcome| {
            let (_, n) = loaded
                .outcomes
                .iter()
                .find(|(found, _)| *found == outcome)?;
            let label = words::outcomes(outcome);
            Some(view! { <Figure label=label value=number::count(*n) /> }.into_any())
        })
        .collect_view();
    let locked = loaded.header.is_locked();
    let (table, pager) = (table(loaded), pager(loaded));
    view! {
        <Figures>{figures}</Figures>
        {(!locked).then(|| after_enrolling(loaded))}
        <Section title=t!(nomination.lines_title)>
            {table}
            {pager}
        </Section>
    }
    .into_any()
}

/// Telling its people, or taking it back: one or the other.
fn after_enrolling(loaded: &Loaded) -> Option<AnyView> {
    if loaded.nomination.told_at.is_some() {
        return None;
    }
    let fields = || vec![("nomination", loaded.nomination.id.to_string())];
    let (tell, undo) = (fields(), fields());
    Some(
        view! {
            <Notice kind=NoticeKind::Attention>
                <p>{t!(nomination.not_told)}</p>
                <ButtonRow>
                    <PostButton action=Tell::PATH fields=tell kind=ButtonKind::Primary>
                        {t!(nomination.tell)}
                    </PostButton>
                    <ConfirmButton label=t!(nomination.undo) explanation=t!(nomination.undo_note)
                        confirm=t!(nomination.undo) action=Undo::PATH fields=undo />
                </ButtonRow>
            </Notice>
        }
        .into_any(),
    )
}
