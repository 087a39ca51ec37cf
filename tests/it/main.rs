//! Behaviour over HTTP, and the rules that the house keeps for itself.
//!
//! One binary, so that the server is linked once. Every test has a database of its own, copied
//! from one that was prepared once; time stands still until a test moves it.

mod access;
mod access_matrix;
mod accounts;
mod admin;
mod architecture;
mod attachments;
mod attendance;
mod audit;
mod certificates;
mod check_in;
mod closing;
mod command;
mod courses;
mod demo;
mod enrolment;
mod home;
mod kept;
mod learning;
mod listing;
mod mail;
mod merging;
mod migrations;
mod nomination;
mod offline;
mod own_record;
mod paging;
mod paper;
mod people;
mod policy;
mod query_plans;
mod registration;
mod reports;
mod security;
mod sessions;
mod sources;
mod test_app;
mod throttle;
mod told;
mod vetting;
mod video_calls;
