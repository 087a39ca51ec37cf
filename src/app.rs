//! The document, the frame around every page, and the whole route table.

mod framed;
mod own_data;

use axum::http::header;
use futures::future::BoxFuture;
use leptos::{nonce::use_nonce, prelude::*};
use leptos_axum::ResponseOptions;
use leptos_meta::{MetaTags, Title, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{Outlet, ParentRoute, Route, Router, Routes},
    path,
};
use sqlx::SqliteConnection;

use self::framed::framed;
pub use self::own_data::OWN_DATA;
use crate::{
    access::{self, Viewer, pages::*},
    admin::pages::*,
    attendance::pages::*,
    audit::pages::AuditPage,
    certificates::pages::*,
    check_in::pages::*,
    closing::pages::*,
    courses::{EditionId, pages::*, visible_header},
    enrolment::pages::*,
    error::AppError,
    home::pages::*,
    learning::pages::*,
    merging::pages::*,
    nomination::pages::*,
    offline::{own_phones, pages::*, waiting_marks},
    paper::pages::*,
    people::{PersonId, pages::*},
    reports::pages::*,
    server::{assets, headers, not_found, page, services, words},
    sessions::pages::*,
    vetting::pages::*,
    video_calls::pages::*,
};

/// The document around every page.
pub fn shell() -> AnyView {
    if let Some(context) = Owner::current_shared_context() {
        // Nothing but islands wakes up in the browser, so nothing else is prepared for it.
        context.set_is_hydrating(false);
    }
    set_policy();
    let lang = words::locale_code(words::locale());
    view! {
        <!DOCTYPE html>
        <html lang=lang>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <link rel="stylesheet" href=assets::url("app.css") />
                <link rel="icon" type="image/svg+xml" href=assets::url("icon.svg") />
                <link rel="apple-touch-icon" href=assets::url("apple-touch-icon.png") />
                <link rel="manifest" href=assets::url("manifest.webmanifest") />
                <meta name="theme-color" content="#143d2c" />
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
    .into_any()
}

/// A page's title as the browser's tab shows it. The renderer writes it into the document as it
/// is, so what would be markup is escaped here.
fn document_title(title: &str) -> String {
    let escaped = title.replace('&', "&amp;").replace('<', "&lt;");
    format!("{escaped} · Capacita")
}

/// The routes: every page of Capacita, by its address.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Title formatter=|title: String| document_title(&title) />
        <Router>
            <Routes fallback=|| framed(not_found())>
                <ParentRoute path=path!("") view=FramedPages ssr=SsrMode::Async>
                    <AccessRoutes />
                    <PeopleRoutes />
                    <AttendanceRoutes />
                    <CheckInRoutes />
                    <EnrolmentRoutes />
                    <LearningRoutes />
                    <CertificateRoutes />
                    <AdminRoutes />
                    <CourseRoutes />
                    <ScheduleRoutes />
                    <ReportRoutes />
                    <HomeRoutes />
                </ParentRoute>
            </Routes>
        </Router>
    }
}

/// Addresses of `access`.
#[component(transparent)]
fn AccessRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("") view=Outlet>
            <Route path=path!("/sign-in") view=SignInPage />
            <Route path=path!("/register") view=RegisterPage />
            <Route path=path!("/register/sent") view=RegistrationSentPage />
            <Route path=path!("/register/finish") view=FinishRegistrationPage />
            <Route path=path!("/forgotten-password") view=ForgottenPasswordPage />
            <Route path=path!("/set-password") view=SetPasswordPage />
            <Route path=path!("/me/account") view=|| view! { <MyAccountPage phones=own_phones /> } />
        </ParentRoute>
    }
    .into_inner()
}

/// Addresses of `people` and `merging`.
#[component(transparent)]
fn PeopleRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("") view=Outlet>
            <Route path=path!("/people") view=PeoplePage />
            <Route path=path!("/people/new") view=NewPersonPage />
            <Route path=path!("/people/duplicates") view=DuplicatesPage />
            <Route path=path!("/people/:id/merge/:other") view=MergePage />
            <Route path=path!("/people/:id") view=|| view! { <PersonPage history=participations /> } />
            <Route path=path!("/people/:id/edit") view=EditPersonPage />
            <Route path=path!("/people/:id/affiliation") view=PersonAffiliationPage />
            <Route path=path!("/institutions") view=InstitutionsPage />
            <Route path=path!("/institutions/new") view=NewInstitutionPage />
            <Route path=path!("/institutions/:id") view=InstitutionPage />
            <Route path=path!("/me/data") view=|| view! { <MyDataPage history=participations /> } />
        </ParentRoute>
    }
    .into_inner()
}

/// What somebody took part in, and the records that went into theirs, for the pages about a person.
fn participations<'a>(
    connection: &'a mut SqliteConnection,
    viewer: &'a Viewer,
    person: PersonId,
) -> BoxFuture<'a, Result<AnyView, AppError>> {
    Box::pin(async move {
        let history = person_history(connection, viewer, person).await?;
        let merged = merged_records(connection, viewer, person).await?;
        Ok(view! { {history}{merged} }.into_any())
    })
}

/// Addresses of `attendance`.
#[component(transparent)]
fn AttendanceRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("") view=Outlet>
            <Route path=path!("/editions/:id/attendance") view=|| view! { <EditionAttendancePage waiting=waiting_marks /> } />
            <Route path=path!("/editions/:id/results") view=EditionResultsPage />
            <Route path=path!("/sessions/:id/attendance") view=SessionAttendancePage />
            <Route path=path!("/enrolments/:enrolment/sessions/:session") view=MarkHistoryPage />
        </ParentRoute>
    }
    .into_inner()
}

/// Addresses of `enrolment`.
#[component(transparent)]
fn EnrolmentRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("") view=Outlet>
            <Route path=path!("/editions/:id/enrolments") view=EnrolmentsPage />
            <Route path=path!("/editions/:id/quotas") view=QuotasPage />
            <Route path=path!("/enrolments/:id/substitute") view=SubstitutePage />
            <Route path=path!("/offers/:token") view=OfferPage />
            <Route path=path!("/me/calendar") view=MyCalendarPage />
            <Route path=path!("/editions/:id/notices") view=NoticesPage />
            <Route path=path!("/editions/:id/nominations") view=EditionNominationsPage />
            <Route path=path!("/nominations/:id") view=NominationPage />
            <Route path=path!("/editions/:id/vetting") view=EditionVettingPage />
            <Route path=path!("/programs/:id/vetting") view=ProgramVettingPage />
            <Route path=path!("/editions/:id/cancel") view=EditionCancelPage />
            <Route path=path!("/enrolments/:id") view=EnrolmentPage />
        </ParentRoute>
    }
    .into_inner()
}

/// Addresses of `check_in`, `offline`, `paper` and `video_calls`.
#[component(transparent)]
fn CheckInRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("") view=Outlet>
            <Route path=path!("/check-in") view=CheckInPage />
            <Route path=path!("/check-in/person/:token") view=ScannedPersonPage />
            <Route path=path!("/check-in/:session/:code") view=ScannedRoomPage />
            <Route path=path!("/me/code") view=MyCodePage />
            <Route path=path!("/walk-in/done") view=WalkInDonePage />
            <Route path=path!("/walk-in/:session/:code") view=OwnWalkInPage />
            <Route path=path!("/sessions/:id/walk-ins") view=WalkInsPage />
            <Route path=path!("/offline") view=OfflinePage />
            <Route path=path!("/sessions/:id/offline") view=SessionOfflinePage />
            <Route path=path!("/editions/:id/offline-marks") view=OfflineMarksPage />
            <Route path=path!("/sessions/:id/video-call") view=VideoCallPage />
            <Route path=path!("/sessions/:id/paper") view=PaperPage />
            <Route path=path!("/sessions/:id/room-code") view=RoomCodePage />
            <Route path=path!("/sessions/:id/scan") view=ScanPage />
        </ParentRoute>
    }
    .into_inner()
}

/// Addresses of `certificates` and `closing`.
#[component(transparent)]
fn CertificateRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("") view=Outlet>
            <Route path=path!("/editions/:id/certificates") view=EditionCertificatesPage />
            <Route path=path!("/editions/:id/closing") view=EditionClosingPage />
            <Route path=path!("/me/certificates") view=MyCertificatesPage />
            <Route path=path!("/verify") view=VerifyPage />
            <Route path=path!("/verify/:code") view=VerifyCodePage />
        </ParentRoute>
    }
    .into_inner()
}

/// Addresses of `courses`.
#[component(transparent)]
fn CourseRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("") view=Outlet>
            <Route path=path!("/courses") view=CataloguePage />
            <Route path=path!("/courses/:id") view=CoursePage />
            <Route path=path!("/courses/:id/edit") view=CourseEditPage />
            <Route path=path!("/courses/:id/editions/new") view=EditionNewPage />
            <Route path=path!("/programs") view=ProgramsPage />
            <Route path=path!("/programs/new") view=ProgramNewPage />
            <Route path=path!("/programs/:id") view=ProgramPage />
            <Route path=path!("/programs/:id/edit") view=ProgramEditPage />
            <Route path=path!("/programs/:id/courses/new") view=CourseNewPage />
            <Route path=path!("/editions/:id/edit") view=EditionEditPage />
            <Route path=path!("/help") view=HelpPage />
            <Route path=path!("/privacy") view=PrivacyPage />
        </ParentRoute>
    }
    .into_inner()
}

/// Addresses of `admin` and `audit`.
#[component(transparent)]
fn AdminRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("") view=Outlet>
            <Route path=path!("/audit") view=AuditPage />
            <Route path=path!("/admin") view=AdminPage />
            <Route path=path!("/admin/accounts") view=AccountsPage />
            <Route path=path!("/admin/accounts/:id") view=AccountPage />
            <Route path=path!("/admin/outbox") view=OutboxPage />
            <Route path=path!("/letters") view=LettersPage />
        </ParentRoute>
    }
    .into_inner()
}

/// Addresses of `sessions`.
#[component(transparent)]
fn ScheduleRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("") view=Outlet>
            <Route path=path!("/calendar") view=CalendarPage />
            <Route path=path!("/editions/:id") view=EditionPage />
            <Route path=path!("/editions/:id/sessions") view=SchedulePage />
            <Route path=path!("/editions/:id/clone") view=EditionCopyPage />
            <Route path=path!("/sessions/:id/edit") view=SessionEditPage />
        </ParentRoute>
    }
    .into_inner()
}

/// Addresses of `learning`.
#[component(transparent)]
fn LearningRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("") view=Outlet>
            <Route path=path!("/learn/:session") view=LearnPage />
            <Route path=path!("/learn/:session/:step") view=LearnStepPage />
            <Route path=path!("/sessions/:id/steps") view=SessionStepsPage />
            <Route path=path!("/sessions/:id/steps/new") view=NewStepPage />
            <Route path=path!("/sessions/:id/progress") view=SessionProgressPage />
            <Route path=path!("/steps/:id/edit") view=EditStepPage />
        </ParentRoute>
    }
    .into_inner()
}

/// Addresses of `reports`.
#[component(transparent)]
fn ReportRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("/reports") view=Outlet>
            <Route path=path!("/totals") view=TotalsPage />
        </ParentRoute>
    }
    .into_inner()
}

/// Addresses of `home`.
#[component(transparent)]
fn HomeRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("") view=Outlet>
            <Route path=path!("/") view=HomePage />
            <Route path=path!("/me") view=MePage />
        </ParentRoute>
    }
    .into_inner()
}

/// An edition: what strangers see, and for its staff the overview. Its sessions come from one
/// domain and the part about enrolling from a later one.
#[component]
fn EditionPage() -> impl IntoView {
    let id = page::path_id::<EditionId>("id");
    page(async move {
        let (id, viewer, state) = (id?, access::maybe_viewer(), services());
        let mut connection = state.database.read().await?;
        let header = visible_header(&mut connection, viewer.as_ref(), id).await?;
        let enrol = edition_box(&state, &mut connection, viewer.as_ref(), &header).await?;
        edition_overview(&mut connection, viewer.as_ref(), header, enrol).await
    })
}

#[component]
fn FramedPages() -> impl IntoView {
    framed(view! { <Outlet /> }.into_any())
}

/// Sets the page's security policy with this request's nonce.
fn set_policy() {
    let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>()) else {
        return;
    };
    let policy = headers::page_policy(&nonce);
    let value = axum::http::HeaderValue::from_str(&policy).expect("a nonce is base64");
    response.insert_header(header::CONTENT_SECURITY_POLICY, value);
}
