//! The order of the domains: each may use those before it, and none behind it.

use super::{at, none, paths::paths_from};
use crate::sources::sources;

/// From the register of people to the pages that show everything.
const DOMAINS: [&str; 18] = [
    "people",
    "courses",
    "sessions",
    "enrolment",
    "vetting",
    "nomination",
    "attendance",
    "check_in",
    "offline",
    "paper",
    "video_calls",
    "learning",
    "certificates",
    "closing",
    "merging",
    "reports",
    "home",
    "admin",
];

/// What every domain may use, and which uses of domains it has only ids and choices.
const SERVING: [&str; 11] = [
    "access",
    "attachments",
    "audit",
    "documents",
    "error",
    "messages",
    "server",
    "settings",
    "tables",
    "ui",
    "values",
];

/// A serving module that uses more of a domain than its types: who, what, why.
const EXCEPTIONS: [(&str, &str, &str); 17] = [
    (
        "src/server/router.rs",
        "offline::routes",
        "the router gathers the routes of files",
    ),
    (
        "src/server/router.rs",
        "video_calls::routes",
        "the router gathers the routes of files",
    ),
    (
        "src/server/router.rs",
        "check_in::routes",
        "the router gathers the routes of files",
    ),
    (
        "src/server/router.rs",
        "people::routes",
        "the router gathers the routes of files",
    ),
    (
        "src/server/router.rs",
        "sessions::routes",
        "the router gathers the routes of files",
    ),
    (
        "src/server/router.rs",
        "enrolment::routes",
        "the router gathers the routes of files",
    ),
    (
        "src/server/router.rs",
        "certificates::routes",
        "the router gathers the routes of files",
    ),
    (
        "src/server/router.rs",
        "closing::routes",
        "the router gathers the routes of files",
    ),
    (
        "src/server/router.rs",
        "paper::routes",
        "the router gathers the routes of files",
    ),
    (
        "src/server/router.rs",
        "nomination::routes",
        "the router gathers the routes of files",
    ),
    (
        "src/server/mod.rs",
        "nomination::Runs",
        "the services hold which lists are being enrolled",
    ),
    (
        "src/server/router.rs",
        "learning::routes",
        "the router gathers the routes of files",
    ),
    (
        "src/server/router.rs",
        "reports::routes",
        "the router gathers the routes of files",
    ),
    (
        "src/access/register.rs",
        "people::",
        "who registers becomes a person and an account in one transaction",
    ),
    (
        "src/access/registration.rs",
        "people::",
        "the form of who registers is that of a person",
    ),
    (
        "src/access/pages/register.rs",
        "people::",
        "the form of who registers is that of a person",
    ),
    (
        "src/access/unproven.rs",
        "people::",
        "an address that is somebody else's leaves account and register in one transaction",
    ),
];

#[test]
fn domains_depend_on_those_before_them() {
    let mut breaches = Vec::new();
    for source in sources("src") {
        let Some(own) = position(source.module()) else {
            continue;
        };
        for named in paths_from(&source, "crate") {
            let root = named.path.split("::").next().unwrap_or_default();
            if position(root).is_some_and(|other| other > own) {
                breaches.push(at(&source, named.line, &named.path));
            }
        }
    }
    none(
        breaches,
        &format!("domains stand in this order: {DOMAINS:?}"),
    );
}

#[test]
fn what_serves_all_knows_only_types_of_the_domains() {
    let mut breaches = Vec::new();
    for source in sources("src") {
        if !SERVING.contains(&source.module()) {
            continue;
        }
        for named in paths_from(&source, "crate") {
            let mut parts = named.path.split("::");
            let is_domain = parts.next().is_some_and(|root| position(root).is_some());
            let is_type = parts
                .next()
                .is_some_and(|name| name.starts_with(char::is_uppercase));
            let excepted = EXCEPTIONS
                .iter()
                .any(|(file, path, _)| source.path == *file && named.path.starts_with(path));
            if is_domain && !is_type && !excepted {
                breaches.push(at(&source, named.line, &named.path));
            }
        }
    }
    none(
        breaches,
        "what serves all domains takes only their ids and choices",
    );
}

fn position(module: &str) -> Option<usize> {
    DOMAINS.iter().position(|domain| *domain == module)
}
