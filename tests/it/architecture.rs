//! The rules of the house that the compiler does not know.
//!
//! Each test is one rule; what breaks it is named with its file and line. Exceptions stand here,
//! with their reason, and nowhere else.

mod locales;
mod order;
mod paths;

use crate::sources::{Source, line_of, sources};

/// The most lines of a file.
const MOST_LINES: usize = 400;

/// Fails with every breach of a rule, each on its line.
fn none(breaches: Vec<String>, rule: &str) {
    assert!(breaches.is_empty(), "{rule}:\n{}", breaches.join("\n"));
}

fn at(source: &Source, line: usize, what: &str) -> String {
    format!("  {}:{line}: {what}", source.path)
}

/// Every place where one of the needles stands in the code of a file that is not excepted.
fn occurrences(needles: &[&str], except: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources("src") {
        if except.contains(&source.path.as_str()) {
            continue;
        }
        for needle in needles {
            for (_, line) in source.find(needle) {
                found.push(at(&source, line, needle));
            }
        }
    }
    found
}

#[test]
fn files_stay_short() {
    let all = ["src", "tests", "xtask/src", "locales/src"];
    let long = all
        .iter()
        .flat_map(|folder| sources(folder))
        .filter(|source| source.text.lines().count() > MOST_LINES)
        .map(|source| at(&source, source.text.lines().count(), "lines"))
        .collect();
    none(long, "a file has at most 400 lines: split it by verb");
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent = sources("src")
        .iter()
        .filter(|source| !source.text.starts_with("//! "))
        .filter(|source| source.path != "src/main.rs" && source.text.lines().count() > 12)
        .map(|source| at(source, 1, "no //! at the beginning"))
        .collect();
    none(silent, "a file begins with what it is for");
}

#[test]
fn text_areas_are_escaped() {
    // Leptos writes the text of a raw one unescaped: whatever was typed would run as markup.
    let raw = occurrences(&["<textarea"], &["src/ui/field/text_area.rs"]);
    none(raw, "only ui::TextArea may write a text area");
}

#[test]
fn markup_is_written_unescaped_only_where_it_was_cleaned() {
    let places = [
        // Escaped there, which is what the piece is for.
        "src/ui/field/text_area.rs",
        // Markdown, cleaned by ammonia.
        "src/ui/markdown.rs",
        // Drawn by our own code out of numbers.
        "src/documents/qr.rs",
    ];
    none(
        occurrences(&["inner_html"], &places),
        "no unescaped markup outside the places named in this test",
    );
}

#[test]
fn addresses_are_typed() {
    let places = [
        // Where they are made.
        "src/paths.rs",
        // Routes of the server itself and of public files.
        "src/server/assets.rs",
        "src/server/form_return.rs",
        "src/server/router.rs",
        // Routes of actions that take a file.
        "src/learning/files.rs",
        "src/attachments/files.rs",
        "src/nomination/files.rs",
        "src/video_calls/files.rs",
        // Where phones hand in.
        "src/offline/sync.rs",
    ];
    let needles = [
        "=\"/",
        "\"/api/",
        "href=\"h",
        "redirect(\"",
        "Redirect::",
        "format!(\"/",
    ];
    none(
        occurrences(&needles, &places),
        "no address as text: src/paths.rs has them all",
    );
}

#[test]
fn time_and_randomness_are_parameters() {
    let needles = [
        "Utc::now(",
        "Local::now(",
        "SystemTime::now(",
        "getrandom::",
    ];
    let places = ["src/server/clock.rs", "src/server/secrets.rs"];
    none(
        occurrences(&needles, &places),
        "ask the Clock for the time, and server::secrets for random bytes",
    );
}

#[test]
fn lints_are_expected_not_silenced() {
    none(
        occurrences(&["#[allow(", "#![allow("], &[]),
        "#[expect(lint, reason = …)] instead",
    );
}

#[test]
fn the_system_itself_does_not_answer_requests() {
    let places = [
        // Where it is defined and handed on.
        "src/access/permit.rs",
        "src/access/mod.rs",
        // The command line.
        "src/command.rs",
    ];
    let breaches = occurrences(&["system_permit"], &places)
        .into_iter()
        .filter(|breach| !breach.contains("src/command/") && !breach.contains("src/demo"))
        .collect();
    none(breaches, "system_permit is for commands and the demo alone");
}

#[test]
fn sql_stands_in_queries() {
    let mut breaches = Vec::new();
    for source in sources("src") {
        if may_hold_sql(&source.path) {
            continue;
        }
        for found in paths::paths_from(&source, "sqlx") {
            if found.path != "SqliteConnection" {
                breaches.push(at(&source, found.line, &format!("sqlx::{}", found.path)));
            }
        }
    }
    none(
        breaches,
        "SQL stands in queries.rs; elsewhere only the type SqliteConnection is named",
    );
}

/// Files that may use sqlx beyond naming a connection.
fn may_hold_sql(path: &str) -> bool {
    let named = [
        // Opens the database, runs the migrations, translates errors.
        "src/server/database.rs",
        // Copies database files and asks SQLite whether they are sound.
        "src/server/database/maintenance.rs",
        // Opens the reading connections; begins and ends what sees one state of the database.
        "src/server/database/readers.rs",
        // Maps ids and choices to columns.
        "src/values.rs",
    ];
    named.contains(&path) || path.ends_with("/queries.rs") || path.contains("/queries/")
}

#[test]
fn server_functions_name_their_endpoint() {
    // Steps of an edition that people follow from: they stand where people are, and keep the
    // address that programs know.
    let moved = [
        "#[server(endpoint = \"courses/cancel_edition\")]",
        "#[server(endpoint = \"courses/update_edition\")]",
    ];
    let mut breaches = Vec::new();
    for source in sources("src") {
        for (start, line) in source.find("#[server(") {
            let attribute = &source.code[start..];
            if source.module() == "enrolment" && moved.iter().any(|one| attribute.starts_with(one))
            {
                continue;
            }
            let expected = format!("endpoint = \"{}/", source.module());
            let of_argument = attribute.starts_with("#[server(default")
                || attribute.starts_with("#[server(flatten)");
            if !of_argument && !attribute.starts_with(&format!("#[server({expected}")) {
                breaches.push(at(&source, line, &expected));
            }
        }
        for (_, line) in source.find("#[server]") {
            breaches.push(at(&source, line, "no endpoint"));
        }
    }
    none(breaches, "#[server(endpoint = \"{domain}/{verb}\")]");
}

#[test]
fn words_stand_in_locales() {
    let attributes = [
        "label=\"",
        "title=\"",
        "lead=\"",
        "hint=\"",
        "legend=\"",
        "caption=\"",
        "placeholder=\"",
        "alt=\"",
        "submit=\"",
        "confirm=\"",
        "explanation=\"",
        "aria-label=\"",
    ];
    let mut breaches = occurrences(&attributes, &[]);
    for source in sources("src") {
        for (start, _) in source.code.match_indices("</") {
            if let Some(words) = text_before(&source.code[..start]) {
                breaches.push(at(&source, line_of(&source.code, start), words));
            }
        }
    }
    none(breaches, "words stand in locales/, not in Rust");
}

/// The text between a tag and the closing tag at the end of `code`, when it has letters.
fn text_before(code: &str) -> Option<&str> {
    let tag_end = code.rfind('>')?;
    let text = &code[tag_end + 1..];
    let plain = !text.contains(['{', '}', '"', ';', '=']);
    (plain && text.chars().any(char::is_alphabetic)).then_some(text.trim())
}
