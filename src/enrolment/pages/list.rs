//! The enrolments of an edition: to decide, taking part, waiting, left; and enrolling somebody.

use leptos::{prelude::*, server_fn::ServerFn as _};
use sqlx::SqliteConnection;

use super::{
    rows::{list_table, pager},
    seek::{Seek, seek_section},
};
use crate::{
    access::{Viewer, policy::ActionKind, viewer},
    courses::{EditionHeader, EditionId, EditionState, header_for, pages::*},
    enrolment::{
        ListView,
        actions::FillSeats,
        list_query::{ListQuery, view_path},
        operations::next_in_turn,
        queries::{self, Counts, ListColumn, ListRow},
    },
    error::AppError,
    messages, paths,
    people::{Sector, words::sectors},
    plural,
    server::{
        AppState, page,
        page::{path_id, query_value},
        returned_form, services,
    },
    t,
    ui::{
        ButtonKind, ButtonLink, FilterBar, FormState, HiddenField, Notice, NoticeKind, PostButton,
        SearchField, SelectField, TabItem, Tabs, number,
    },
    values::Order,
};

/// How many lines a page of the list has.
const PAGE: usize = 50;

/// The enrolments of an edition.
#[component]
pub fn EnrolmentsPage() -> impl IntoView {
    let id = path_id::<EditionId>("id");
    let query = ListQuery::read(query_value);
    let form = returned_form();
    page(async move {
        let (state, viewer) = (services(), viewer()?);
        let loaded = load(&state, &viewer, id?, query).await?;
        Ok(list_page(loaded, form))
    })
}

#[expect(
    clippy::struct_excessive_bools,
    reason = "what a page shows or leaves out"
)]
/// All that the page shows.
pub(super) struct Loaded {
    pub header: EditionHeader,
    pub counts: Counts,
    pub view: ListView,
    pub query: ListQuery,
    /// A page of rows at most.
    pub rows: Vec<ListRow>,
    /// Whether more follow.
    pub more: bool,
    /// Seats that could be filled from the waiting list.
    pub to_fill: i64,
    /// Whether the viewer decides on enrolments here.
    pub manages: bool,
    /// Whether there is still something to decide: the edition is neither draft nor over.
    pub decides: bool,
    /// Whether the viewer may open a person's record.
    pub reads_register: bool,
    /// What people without e-mail are to be told.
    pub notices: i64,
    /// Who was found to be enrolled.
    pub seek: Option<Seek>,
}

async fn load(
    state: &AppState,
    viewer: &Viewer,
    edition: EditionId,
    query: ListQuery,
) -> Result<Loaded, AppError> {
    let mut connection = state.database.read().await?;
    let header = header_for(&mut connection, viewer, edition, ActionKind::ReadRoster).await?;
    let counts = queries::counts(&mut connection, edition).await?;
    let manages = header.allows(Some(viewer), ActionKind::ManageEnrolments);
    let decides = manages && !header.is_locked() && header.state != EditionState::Draft;
    let view = query.shown(&counts, manages);
    let filter = query.filter(view);
    let page = queries::Page {
        order: query.order,
        after: query.after,
        limit: i64::try_from(PAGE).unwrap_or(i64::MAX - 1) + 1,
    };
    let mut rows = queries::list(&mut connection, edition, &filter, page).await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let to_fill = if decides {
        seats_to_fill(&mut connection, &header, counts).await?
    } else {
        0
    };
    let seek = if decides {
        Seek::load(state, &mut connection, edition, &query.person).await?
    } else {
        None
    };
    // They have telephones and reasons in them: for who calls.
    let notices = if manages {
        messages::open_count(&mut connection, edition, state.clock.now()).await?
    } else {
        0
    };
    Ok(Loaded {
        header,
        counts,
        view,
        query,
        rows,
        more,
        to_fill,
        manages,
        decides,
        reads_register: viewer.reads_register(),
        notices,
        seek,
    })
}

async fn seats_to_fill(
    connection: &mut SqliteConnection,
    header: &EditionHeader,
    counts: Counts,
) -> Result<i64, AppError> {
    if counts.waiting == 0 {
        return Ok(0);
    }
    let next = next_in_turn(connection, header).await?;
    Ok(i64::try_from(next.len()).unwrap_or(i64::MAX))
}

fn list_page(loaded: Loaded, form: FormState) -> AnyView {
    let header = loaded.header.clone();
    let notice = state_notice(&loaded);
    let (to_tell, fill) = (to_tell_notice(&loaded), fill_notice(&loaded));
    let uncleared = uncleared_notice(&loaded);
    let tabs = loaded.manages.then(|| view_tabs(&loaded));
    let filter = filter_bar(&loaded);
    let (table, foot) = (list_table(&loaded, &form), pager(&loaded));
    let seek = loaded.decides.then(|| seek_section(&loaded, &form));
    let badges = (loaded.counts.taking_part > 0).then(|| {
        view! { <p><a href=paths::badges(header.id)>{t!(enrolment.badges)}</a></p> }
    });
    // While people enrol, the edition's next step is this very page: here it is to enrol somebody.
    let action = (loaded.decides && header.state == EditionState::Enrolling).then(|| {
        view! { <ButtonLink href="#enrol">{t!(enrolment.enrol_somebody)}</ButtonLink> }.into_any()
    });
    view! {
        <EditionFrame header=header tab=EditionTab::Enrolments action=action>
            {notice}
            {to_tell}
            {uncleared}
            {fill}
            {tabs}
            {filter}
            {table}
            {foot}
            {badges}
            {seek}
        </EditionFrame>
    }
    .into_any()
}

/// Why nothing can be changed here, where that is so.
fn state_notice(loaded: &Loaded) -> Option<AnyView> {
    let text = match loaded.header.state {
        EditionState::Draft => t!(enrolment.draft_note),
        EditionState::Closed => t!(enrolment.closed_note),
        EditionState::Cancelled => t!(enrolment.cancelled_note),
        _ => return None,
    };
    Some(view! { <Notice><p>{text}</p></Notice> }.into_any())
}

/// People without e-mail whom somebody must tell something.
fn to_tell_notice(loaded: &Loaded) -> Option<AnyView> {
    (loaded.notices > 0).then(|| {
        let page = paths::edition_notices(loaded.header.id);
        let text = plural!(loaded.notices, enrolment.notices.open);
        view! {
            <Notice kind=NoticeKind::Attention>
                <p>{text}". "<a href=page>{t!(enrolment.notices.see)}</a></p>
            </Notice>
        }
        .into_any()
    })
}

/// People whom the funder must clear first.
fn uncleared_notice(loaded: &Loaded) -> Option<AnyView> {
    // For the coordinator alone.
    (loaded.decides && loaded.counts.uncleared > 0).then(|| {
        let page = paths::edition_vetting(loaded.header.id);
        let text = plural!(loaded.counts.uncleared, enrolment.uncleared);
        view! {
            <Notice kind=NoticeKind::Attention>
                <p>{text}" "<a href=page>{t!(enrolment.see_vetting)}</a></p>
            </Notice>
        }
        .into_any()
    })
}

/// Free seats while people wait: somebody added seats.
fn fill_notice(loaded: &Loaded) -> Option<AnyView> {
    (loaded.to_fill > 0).then(|| {
        let fields = vec![("edition", loaded.header.id.to_string())];
        let text = plural!(loaded.to_fill, enrolment.free_while_waiting);
        let verb = plural!(loaded.to_fill, enrolment.fill_seats);
        view! {
            <Notice kind=NoticeKind::Attention>
                <p>{text}</p>
                <PostButton action=FillSeats::PATH fields=fields kind=ButtonKind::Secondary>
                    {verb}
                </PostButton>
            </Notice>
        }
        .into_any()
    })
}

fn view_tabs(loaded: &Loaded) -> AnyView {
    let items = ListView::ALL
        .iter()
        .map(|&view| {
            let (path, count) = (
                view_path(loaded.header.id, view),
                view.count(&loaded.counts),
            );
            // The mark is for what waits for the coordinator.
            if view == ListView::Requested {
                return TabItem::new(view.label(), path, view == loaded.view).badge(count);
            }
            let label = format!("{} ({})", view.label(), number::count(count));
            TabItem::new(label, path, view == loaded.view)
        })
        .collect();
    view! { <Tabs label=t!(enrolment.views) items=items /> }.into_any()
}

fn filter_bar(loaded: &Loaded) -> AnyView {
    let (id, view, query) = (loaded.header.id, loaded.view, &loaded.query);
    let clear = query.is_filtered().then(|| view_path(id, view));
    let text = query.text.clone();
    let sector = query.sector.map_or("", Sector::as_str);
    let order = query.unusual_order().map(|order| {
        view! { <HiddenField name={Order::<ListColumn>::PARAMETER} value=order /> }
    });
    view! {
        <FilterBar action=paths::edition_enrolments(id) clear=clear>
            <HiddenField name=ListView::PARAMETER value=view.as_str() />
            <SearchField name="q" label=t!(enrolment.filter_name) value=text />
            <SelectField name="sector" label=t!(enrolment.sector)
                value=sector
                placeholder=t!(enrolment.any_sector) options=sectors() />
            {order}
        </FilterBar>
    }
    .into_any()
}
