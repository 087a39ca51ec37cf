//! Lists as they are read: a page, one after the other to the end, and their file.

use axum::http::StatusCode;

use crate::test_app::{Answer, Client};

/// The text of every row's head.
pub fn row_heads(body: &str) -> Vec<String> {
    body.split("<th scope=\"row\">")
        .skip(1)
        .map(|rest| plain(rest.split("</th>").next().unwrap_or_default()))
        .collect()
}

/// Markup without its tags and comments.
fn plain(markup: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in markup.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => text.push(c),
            _ => {}
        }
    }
    text.replace("&#x27;", "'").replace("&amp;", "&")
}

/// Where the links with `rel="next"` of a page lead, in their order.
pub fn next_pages(body: &str) -> Vec<String> {
    let tags = body.split("<a ").filter_map(|rest| rest.split('>').next());
    tags.filter(|tag| tag.contains("rel=\"next\""))
        .filter_map(|tag| tag.split("href=\"").nth(1)?.split('"').next())
        .map(|href| href.replace("&amp;", "&"))
        .collect()
}

/// Where the page goes on.
pub fn next_page(body: &str) -> Option<String> {
    next_pages(body).into_iter().next()
}

/// The heads of the rows on all pages of a list, and how many pages it has.
pub async fn walk(client: &Client, first: &str) -> (Vec<String>, usize) {
    let (mut heads, mut pages, mut next) = (Vec::new(), 0, Some(first.to_owned()));
    while let Some(address) = next {
        let page = client.get(&address).await;
        assert_eq!(page.status, StatusCode::OK, "{address}");
        heads.extend(row_heads(&page.body));
        pages += 1;
        assert!(pages <= 100, "a list without an end: {address}");
        next = next_page(&page.body);
    }
    (heads, pages)
}

/// The rows of a text file, its head first.
pub fn csv_rows(answer: &Answer) -> Vec<Vec<String>> {
    let text = answer.body.strip_prefix('\u{feff}').expect("the mark");
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes());
    let rows = reader.records().map(|row| row.expect("a row"));
    rows.map(|row| row.iter().map(str::to_owned).collect())
        .collect()
}
