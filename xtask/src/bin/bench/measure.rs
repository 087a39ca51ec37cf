//! The measurement itself.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fs,
};

use anyhow::{Context, Result};
use hyper::{StatusCode, header};

use crate::{
    Options,
    client::Client,
    load::{self, Speed},
    report,
    servers::{Scratch, Server, load_demo},
};

/// The pages, and who asks for them (nobody: a visitor).
const PAGES: [(&str, Option<&str>); 14] = [
    ("/", None),
    ("/courses", None),
    ("/courses/1", None),
    ("/editions/1", None),
    ("/sign-in", None),
    ("/verify", None),
    ("/me", Some("participant@demo.pe")),
    ("/programs", Some("coordinator@demo.pe")),
    ("/people", Some("coordinator@demo.pe")),
    ("/editions/1/enrolments", Some("coordinator@demo.pe")),
    ("/editions/1/attendance", Some("coordinator@demo.pe")),
    ("/reports/totals", Some("manager@demo.pe")),
    ("/reports/totals?by=course,sex", Some("manager@demo.pe")),
    ("/audit", Some("admin@demo.pe")),
];

/// One page.
pub struct Page {
    /// Its address.
    pub path: &'static str,
    /// The account that asks.
    pub account: Option<&'static str>,
    /// What came instead of 200; the page is not measured then.
    pub refused: Option<StatusCode>,
    /// Bytes of HTML, plain.
    pub bytes: usize,
    /// Bytes of HTML over the wire, Brotli.
    pub compressed: usize,
    /// Ours.
    pub ours: Option<Speed>,
    /// The bare handler with the same bytes.
    pub bare: Option<Speed>,
}

/// All that has been found out.
pub struct Figures {
    /// Milliseconds from the start of the process to its first ready answer.
    pub start_ms: f64,
    /// Resident memory after the start and after all loads, KiB.
    pub resident_kib: (Option<u64>, Option<u64>),
    /// Style, script and WebAssembly files by name: bytes over the wire, Brotli.
    pub assets: BTreeMap<String, usize>,
    /// The pages.
    pub pages: Vec<Page>,
}

/// Measures everything and reports.
///
/// # Errors
/// A server does not start, or refuses under load what it gave before.
pub async fn run(options: &Options) -> Result<()> {
    let scratch = Scratch::new()?;
    load_demo(options, &scratch.database())?;
    let ours = Server::ours(&options.program, &scratch.database()).await?;
    let resident_at_start = ours.resident_kib();

    let cookies = sign_in(&ours).await?;
    let cookie = |account: Option<&str>| account.and_then(|name| cookies.get(name)).cloned();
    let mut asset_paths = BTreeSet::new();
    let mut pages = Vec::new();
    for (number, (path, account)) in PAGES.into_iter().enumerate() {
        let mut client = Client::new(ours.addr, cookie(account));
        let (page, body) = weigh(&mut client, path, account).await?;
        asset_paths.extend(assets_named_in(&body));
        fs::write(scratch.bodies().join(number.to_string()), body)?;
        pages.push(page);
    }
    let assets = weigh_assets(&ours, &asset_paths).await?;

    let bare = Server::bare(&scratch.bodies()).await?;
    for (number, page) in pages.iter_mut().enumerate() {
        if page.refused.is_some() {
            continue;
        }
        println!("      {}", page.path);
        let who = cookie(page.account);
        let (connections, time) = (options.connections, options.time);
        let path = page.path;
        page.ours = Some(load::put_on(ours.addr, path, who.as_deref(), connections, time).await?);
        let path = format!("/body/{number}");
        page.bare = Some(load::put_on(bare.addr, &path, None, connections, time).await?);
    }

    let figures = Figures {
        start_ms: ours.start.as_secs_f64() * 1000.0,
        resident_kib: (resident_at_start, ours.resident_kib()),
        assets,
        pages,
    };
    report::print(&figures);
    fs::write(&options.json, report::json(&figures, options)?)
        .with_context(|| options.json.display().to_string())?;
    println!("\nAs JSON: {}", options.json.display());
    Ok(())
}

/// A cookie for each account that some page needs.
async fn sign_in(ours: &Server) -> Result<HashMap<&'static str, String>> {
    let mut cookies = HashMap::new();
    for account in PAGES.into_iter().filter_map(|(_, account)| account) {
        if !cookies.contains_key(account) {
            let cookie = Client::new(ours.addr, None).sign_in(account).await?;
            cookies.insert(account, cookie);
        }
    }
    Ok(cookies)
}

/// Fetches a page plain and compressed; the plain body comes along.
async fn weigh(
    client: &mut Client,
    path: &'static str,
    account: Option<&'static str>,
) -> Result<(Page, Vec<u8>)> {
    let plain = client.get(path, "identity").await?;
    let compressed = client.get(path, "br").await?;
    let refused = (plain.status != StatusCode::OK).then_some(plain.status);
    let page = Page {
        path,
        account,
        refused,
        bytes: plain.body.len(),
        compressed: compressed.body.len(),
        ours: None,
        bare: None,
    };
    Ok((page, plain.body.to_vec()))
}

/// The addresses under `/assets/` that stand between quotes in a page.
fn assets_named_in(body: &[u8]) -> BTreeSet<String> {
    String::from_utf8_lossy(body)
        .split(['"', '\''])
        .filter(|part| part.starts_with("/assets/"))
        .map(str::to_owned)
        .collect()
}

async fn weigh_assets(ours: &Server, paths: &BTreeSet<String>) -> Result<BTreeMap<String, usize>> {
    let mut client = Client::new(ours.addr, None);
    let mut assets = BTreeMap::new();
    for path in paths {
        let answer = client.get(path, "br").await?;
        let is_image = answer
            .headers
            .get(header::CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok())
            .is_some_and(|kind| kind.starts_with("image/"));
        if answer.status == StatusCode::OK && !is_image {
            let name = path.rsplit('/').next().unwrap_or(path);
            assets.insert(name.to_owned(), answer.body.len());
        }
    }
    Ok(assets)
}
