//! # Capacita
//!
//! Plans, runs and proves training: courses, sessions, participants, attendance, certificates, and
//! the totals a manager can defend. One binary, one SQLite file, pages that work on a bad
//! connection and without JavaScript.
//!
//! This page is the guide to the house. Each module says what it is for, what holds in it, which
//! tables it owns, and what is absent on purpose.
//!
//! ## The rooms
//!
//! One domain a folder, and dependencies in one direction:
//!
//! ```text
//! people ← courses ← sessions ← enrolment ← vetting ← nomination ← attendance ← check_in ← offline ← paper ← video_calls ← learning ← certificates ← closing ← merging ← reports ← home
//! ```
//!
//! | to change | look in |
//! | --- | --- |
//! | who somebody is, where they serve | [`people`] |
//! | programs, courses, editions, their states; the public catalogue | [`courses`] |
//! | the meetings of an edition, series, conflicts | [`sessions`] |
//! | seats, waiting lists, decisions | [`enrolment`] |
//! | whom a funder must clear before they are trained | [`vetting`] |
//! | lists of people that institutions send | [`nomination`] |
//! | marks, what stands, the share, results | [`attendance`] |
//! | checking in by phone | [`check_in`] |
//! | attendance without a connection | [`offline`] |
//! | signed sheets and headcounts | [`paper`] |
//! | reports of video calls | [`video_calls`] |
//! | self-paced steps | [`learning`] |
//! | the rule, issuing, verifying | [`certificates`] |
//! | the checklist, the closing record, what changed since | [`closing`] |
//! | one person recorded twice: finding, merging, undoing | [`merging`] |
//! | totals and their files | [`reports`] |
//! | the first page of each role | [`home`] |
//!
//! Serving all of them: [`server`] (requests, database, clock, secrets), [`access`] (accounts,
//! permits), [`audit`] (who changed what), [`messages`] (the outbox), [`documents`] (sheets in
//! Typst), [`tables`] (spreadsheets that come in), [`ui`] (the pieces pages are made of),
//! [`attachments`] (files kept sealed), [`settings`]. [`paths`] has every address, [`app`] the route table, [`error`] and [`values`] the
//! shapes shared with the browser.
//!
//! A domain that you know is every domain: `model.rs` (types, no input or output), `actions.rs`
//! (server functions: parse, call, redirect), `operations.rs` (rules and transactions),
//! `queries.rs` (all SQL), `pages/` (one page a file).
//!
//! ## The way of a read
//!
//! route → page → permit → queries → view. A page is rendered on the server in one piece; an error
//! becomes the page that explains it, with its status ([`server::page`]).
//!
//! ## The way of a write
//!
//! form → action → permit → operation → queries and audit event in one `BEGIN IMMEDIATE` →
//! redirect → page. A refused form comes back with everything typed still there, and an address
//! that carries none of it.
//!
//! ## What cannot be forgotten
//!
//! - **Authorization**: operations ask for an [`access::Permit`] by type; the policy is one pure
//!   function whose table is committed; a test asks every endpoint as everybody.
//! - **Words**: every text on screen is a key of `locales/`, checked when compiling.
//! - **Addresses**: [`paths::Path`] can be made in one module only.
//! - **Time and chance** are parameters: the clock is [`server::Clock`], random bytes come from
//!   [`server::secrets`].
//! - **The order of the rooms**, SQL in its place, short files, escaped text areas: tests read the
//!   sources and fail.
//!
//! ## The client
//!
//! Pages need no script. Where speed matters a page holds an island, compiled to WebAssembly from
//! the same source under the feature `hydrate`; beneath it lies a plain form that does the same
//! work. Words reach an island as properties, so no locale data is in the bundle, and only pages
//! that hold an island load it. The few scripts that need no state (`public/*.js`) are plain; the
//! reader of QR codes beside them is the package `scanner`.

pub mod access;
pub mod attachments;
pub mod attendance;
pub mod certificates;
pub mod courses;
pub mod enrolment;
pub mod error;
pub mod learning;
pub mod nomination;
pub mod paths;
pub mod people;
pub mod sessions;
pub mod values;
pub mod vetting;

#[cfg(feature = "ssr")]
pub mod admin;
#[cfg(feature = "ssr")]
pub mod app;
#[cfg(feature = "ssr")]
pub mod audit;
#[cfg(feature = "ssr")]
pub mod check_in;
#[cfg(feature = "ssr")]
pub mod closing;
#[cfg(feature = "ssr")]
pub mod command;
#[cfg(feature = "ssr")]
pub mod demo;
#[cfg(feature = "ssr")]
pub mod documents;
#[cfg(feature = "ssr")]
pub mod home;
#[cfg(feature = "ssr")]
pub mod merging;
#[cfg(feature = "ssr")]
pub mod messages;
#[cfg(feature = "ssr")]
pub mod offline;
#[cfg(feature = "ssr")]
pub mod paper;
#[cfg(feature = "ssr")]
pub mod reports;
#[cfg(feature = "ssr")]
#[macro_use]
pub mod server;
#[cfg(feature = "ssr")]
pub mod settings;
#[cfg(feature = "ssr")]
pub mod tables;
#[cfg(feature = "ssr")]
pub mod ui;
#[cfg(feature = "ssr")]
pub mod video_calls;

/// Wakes the islands of a page. The browser calls it once, on pages that load the client.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
