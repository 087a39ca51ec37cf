//! Every word on the screen, in Spanish (the default) and English, checked at compile time.
//!
//! One file a domain: `es/courses.json` becomes the namespace `courses`. A key is used as
//! `td_string!(locale, courses.title)`, with values as `n = 3`. Where a sentence depends on a
//! number, the key holds `one` and `many`, and both name `{{ n }}`.
#![allow(
    clippy::all,
    reason = "the code below is generated, and linting three megabytes of it takes minutes"
)]

include!(concat!(env!("OUT_DIR"), "/locales.rs"));

pub use i18n::Locale;
