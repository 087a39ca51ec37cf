//! # Capacita
//!
//! Plans, runs and proves training: courses, sessions, participants, attendance, certificates, and
//! the totals a manager can defend. One binary, one SQLite file, pages that work on a bad
//! connection and without JavaScript.

pub mod access;
pub mod attendance;
pub mod certificates;
pub mod courses;
pub mod enrolment;
pub mod error;
pub mod learning;
pub mod people;
pub mod sessions;
pub mod values;

#[cfg(feature = "ssr")]
pub mod admin;
#[cfg(feature = "ssr")]
pub mod app;
#[cfg(feature = "ssr")]
pub mod audit;
#[cfg(feature = "ssr")]
pub mod command;
#[cfg(feature = "ssr")]
pub mod demo;
#[cfg(feature = "ssr")]
pub mod documents;
#[cfg(feature = "ssr")]
pub mod messages;
#[cfg(feature = "ssr")]
pub mod paths;
#[cfg(feature = "ssr")]
pub mod reports;
#[cfg(feature = "ssr")]
#[macro_use]
pub mod server;
#[cfg(feature = "ssr")]
pub mod settings;
#[cfg(feature = "ssr")]
pub mod ui;
