//! The figures, for people and for programs.

use anyhow::Result;
use serde_json::{Value, json};

use crate::{
    Options,
    crowd::{self, CrowdTimes},
    list,
    load::Speed,
    measure::{Figures, Page},
};

/// Prints the figures as tables.
pub fn print(figures: &Figures) {
    let (before, after) = figures.resident_kib;
    println!(
        "\nStart to ready                  {:>10.1} ms",
        figures.start_ms
    );
    println!("Resident after start            {:>10}", mebibytes(before));
    println!("Resident after all loads        {:>10}", mebibytes(after));
    println!(
        "List of {} people: reviewed {:>10.2} s",
        list::PEOPLE,
        figures.list.review.as_secs_f64()
    );
    println!(
        "List of {} people: enrolled {:>10.2} s",
        list::PEOPLE,
        figures.list.enrol.as_secs_f64()
    );
    print_crowd(&figures.crowd);
    for (name, bytes) in &figures.assets {
        println!("{name:<31} {bytes:>10} bytes, Brotli");
    }
    println!(
        "\n{:<32} {:>8} {:>8} {:>9} {:>9} {:>9} {:>9} {:>6} {:>10}",
        "page", "bytes", "brotli", "pages/s", "p99 ms", "bare /s", "p99 ms", "share", "resident"
    );
    for page in &figures.pages {
        print_page(page);
    }
    println!(
        "\nbare: an axum handler returning the same bytes; share: pages/s of its pages/s; \
         resident: our memory when the page's load had ended"
    );
}

fn print_crowd(crowd: &CrowdTimes) {
    println!(
        "{} check-ins over {} phones: {:>6.2} s, median {:.1} ms, p95 {:.1} ms",
        crowd::PEOPLE,
        crowd::PHONES,
        crowd.all.as_secs_f64(),
        milliseconds(crowd.median),
        milliseconds(crowd.p95),
    );
    println!(
        "{} bare commits to SQLite:      {:>6.2} s; a check-in costs {:.2} of them",
        crowd::PEOPLE,
        crowd.bare.as_secs_f64(),
        crowd.all.as_secs_f64() / crowd.bare.as_secs_f64(),
    );
    println!(
        "Sign-in sheet of {} people: {:>10.2} s",
        crowd::SHEET_ROWS,
        crowd.sheet.as_secs_f64()
    );
}

fn print_page(page: &Page) {
    let Page { path, bytes, .. } = page;
    if let Some(status) = page.refused {
        println!("{path:<32} not measured: {status}");
    } else if let (Some(ours), Some(bare)) = (page.ours, page.bare) {
        println!(
            "{path:<32} {bytes:>8} {:>8} {:>9.0} {:>9.2} {:>9.0} {:>9.2} {:>5.0}% {:>10}",
            page.compressed,
            ours.pages_per_second,
            milliseconds(ours.p99),
            bare.pages_per_second,
            milliseconds(bare.p99),
            100.0 * ours.pages_per_second / bare.pages_per_second,
            mebibytes(page.resident_kib),
        );
    }
}

/// The same figures as JSON.
///
/// # Errors
/// None that could come from these figures; the serializer's type says so.
pub fn json(figures: &Figures, options: &Options) -> Result<String> {
    let pages: Vec<Value> = figures
        .pages
        .iter()
        .map(|page| {
            json!({
                "path": page.path,
                "account": page.account,
                "refused": page.refused.map(|status| status.as_u16()),
                "html_bytes": page.bytes,
                "html_brotli_bytes": page.compressed,
                "ours": page.ours.map(speed),
                "bare_axum": page.bare.map(speed),
                "resident_kib": page.resident_kib,
            })
        })
        .collect();
    let figures = json!({
        "load": {
            "connections": options.connections,
            "seconds": options.time.as_secs(),
        },
        "register": { "people": options.people, "marks": options.marks },
        "start_to_ready_ms": figures.start_ms,
        "resident_kib": {
            "after_start": figures.resident_kib.0,
            "after_loads": figures.resident_kib.1,
        },
        "list": {
            "people": list::PEOPLE,
            "review_s": figures.list.review.as_secs_f64(),
            "enrol_s": figures.list.enrol.as_secs_f64(),
        },
        "crowd": {
            "people": crowd::PEOPLE,
            "phones": crowd::PHONES,
            "all_s": figures.crowd.all.as_secs_f64(),
            "median_ms": milliseconds(figures.crowd.median),
            "p95_ms": milliseconds(figures.crowd.p95),
            "bare_commits_s": figures.crowd.bare.as_secs_f64(),
            "sheet_rows": crowd::SHEET_ROWS,
            "sheet_s": figures.crowd.sheet.as_secs_f64(),
        },
        "assets_brotli_bytes": figures.assets,
        "pages": pages,
    });
    Ok(serde_json::to_string_pretty(&figures)? + "\n")
}

fn speed(speed: Speed) -> Value {
    json!({
        "pages_per_second": speed.pages_per_second,
        "median_ms": milliseconds(speed.median),
        "p99_ms": milliseconds(speed.p99),
    })
}

fn milliseconds(time: std::time::Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn mebibytes(kib: Option<u64>) -> String {
    kib.map_or_else(
        || "unknown".to_owned(),
        |kib| format!("{}.{} MiB", kib / 1024, kib % 1024 * 10 / 1024),
    )
}
