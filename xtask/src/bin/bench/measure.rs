//! The measurement itself.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fs,
    path::Path,
};

use anyhow::{Context, Result};
use hyper::{StatusCode, header};

use crate::{
    Options,
    client::Client,
    crowd::{self, CrowdTimes},
    list::{self, ListTimes},
    load::{self, Speed},
    report,
    servers::{Scratch, Server, load_demo},
};

const COORDINATOR: Option<&str> = Some("coordinator@demo.pe");

/// An edition of the demo with certificates.
const CERTIFICATES: &str = "/editions/76/certificates";

/// The pages, and who asks for them (nobody: a visitor). In the demo edition 84 has more people
/// than a page of its roster holds, and edition 76 has 45 people and ten sessions.
const PAGES: [(&str, Option<&str>); 14] = [
    ("/", None),
    ("/courses", None),
    ("/courses/1", None),
    ("/editions/1", None),
    ("/sign-in", None),
    ("/verify", None),
    ("/me", Some("participant@demo.pe")),
    ("/programs", COORDINATOR),
    ("/people", COORDINATOR),
    ("/editions/84/enrolments", COORDINATOR),
    ("/editions/76/attendance", COORDINATOR),
    ("/reports/totals", Some("manager@demo.pe")),
    ("/reports/totals?by=course,sex", Some("manager@demo.pe")),
    ("/audit", Some("admin@demo.pe")),
];

/// One page.
pub struct Page {
    /// Its address.
    pub path: String,
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
    /// Resident memory of our server when its load had just ended, KiB.
    pub resident_kib: Option<u64>,
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
    /// A list of people.
    pub list: ListTimes,
    /// A crowd that checks in.
    pub crowd: CrowdTimes,
}

/// Measures everything and reports.
///
/// # Errors
/// A server does not start, or refuses under load what it gave before.
pub async fn run(options: &Options) -> Result<()> {
    let scratch = Scratch::new()?;
    load_demo(options, &scratch.database())?;
    let ours = Server::ours(&options.program, &scratch.database()).await?;
    let (start, resident_at_start) = (ours.start, ours.resident_kib());

    let cookies = sign_in(&ours).await?;
    let cookie = |account: Option<&str>| account.and_then(|name| cookies.get(name)).cloned();
    let mut asset_paths = BTreeSet::new();
    let mut pages = Vec::new();
    let mut questions: Vec<_> = PAGES
        .into_iter()
        .map(|(path, account)| (path.to_owned(), account))
        .collect();
    questions.extend(certificate(&ours, cookie(COORDINATOR)).await?);
    // One after the other: what one page needs in memory is not there yet when another is asked.
    for (path, account) in questions {
        println!("      {path}");
        let cookie = cookie(account);
        let mut client = Client::new(ours.addr, cookie.clone());
        let (mut page, body) = weigh(&mut client, path, account).await?;
        asset_paths.extend(assets_named_in(&body));
        if page.refused.is_none() {
            let file = scratch.file("body");
            fs::write(&file, body)?;
            bear(&mut page, &ours, cookie.as_deref(), &file, options).await?;
        }
        pages.push(page);
    }
    let assets = weigh_assets(&ours, &asset_paths).await?;

    let resident_after_loads = ours.resident_kib();
    println!("      a list of {} people", list::PEOPLE);
    let list = list::take_in(&mut Client::new(ours.addr, cookie(COORDINATOR))).await?;
    drop(ours);
    println!("      a crowd of {} at the door", crowd::PEOPLE);
    let crowd = crowd::let_in(options, &scratch).await?;

    let figures = Figures {
        start_ms: start.as_secs_f64() * 1000.0,
        resident_kib: (resident_at_start, resident_after_loads),
        assets,
        pages,
        list,
        crowd,
    };
    report::print(&figures);
    fs::write(&options.json, report::json(&figures, options)?)
        .with_context(|| options.json.display().to_string())?;
    println!("\nAs JSON: {}", options.json.display());
    Ok(())
}

/// Puts a page under load, then the bare handler with the same bytes.
async fn bear(
    page: &mut Page,
    ours: &Server,
    cookie: Option<&str>,
    body: &Path,
    options: &Options,
) -> Result<()> {
    let (connections, time) = (options.connections, options.time);
    page.ours = Some(load::put_on(ours.addr, &page.path, cookie, connections, time).await?);
    page.resident_kib = ours.resident_kib();
    let bare = Server::bare(body).await?;
    page.bare = Some(load::put_on(bare.addr, "/", None, connections, time).await?);
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

/// The sheet of a certificate that was issued, which is set anew whenever it is asked for; none
/// where the edition has none.
async fn certificate(
    ours: &Server,
    cookie: Option<String>,
) -> Result<Option<(String, Option<&'static str>)>> {
    let mut client = Client::new(ours.addr, cookie);
    let list = client.get(CERTIFICATES, "identity").await?;
    let list = String::from_utf8_lossy(&list.body).into_owned();
    let mut addresses = list.split('"');
    let sheet = addresses
        .find(|part| part.starts_with("/certificates/") && part.rsplit('.').next() == Some("pdf"));
    Ok(sheet.map(|sheet| (sheet.to_owned(), COORDINATOR)))
}

/// Fetches a page plain and compressed; the plain body comes along.
async fn weigh(
    client: &mut Client,
    path: String,
    account: Option<&'static str>,
) -> Result<(Page, Vec<u8>)> {
    let plain = client.get(&path, "identity").await?;
    let compressed = client.get(&path, "br").await?;
    let refused = (plain.status != StatusCode::OK).then_some(plain.status);
    let page = Page {
        path,
        account,
        refused,
        bytes: plain.body.len(),
        compressed: compressed.body.len(),
        ours: None,
        bare: None,
        resident_kib: None,
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
