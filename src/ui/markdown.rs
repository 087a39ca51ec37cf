//! Text that people wrote in Markdown, as HTML that is safe to show.
//!
//! Two walls: HTML within the Markdown is shown as the text it is, and what comes out is cleaned
//! against a short list of elements. Images are left out and show their description: a picture
//! from elsewhere would tell its host who reads the page.

use std::sync::LazyLock;

use ammonia::Builder;
use leptos::prelude::*;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html::push_html};

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .add_tags([
            "p",
            "br",
            "hr",
            "h3",
            "h4",
            "h5",
            "h6",
            "ul",
            "ol",
            "li",
            "em",
            "strong",
            "del",
            "code",
            "pre",
            "blockquote",
            "a",
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
        ])
        .add_tag_attributes("a", ["href", "title"])
        .add_tag_attributes("ol", ["start"])
        .url_schemes(["https", "http", "mailto", "tel"].into())
        .url_relative(ammonia::UrlRelative::PassThrough)
        .link_rel(Some("noopener noreferrer nofollow"));
    builder
});

/// Markdown as safe HTML. Its first heading becomes an `h3`, for it stands below a section's,
/// whatever level the author began with.
pub fn to_html(markdown: &str) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut html = String::with_capacity(markdown.len() * 3 / 2);
    let mut outline = Outline::default();
    let events = Parser::new_ext(markdown, options).filter_map(|event| tame(&mut outline, event));
    push_html(&mut html, events);
    CLEANER.clean(&html).to_string()
}

/// One event as it may be shown.
fn tame<'a>(outline: &mut Outline, event: Event<'a>) -> Option<Event<'a>> {
    match event {
        Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(text)),
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => None,
        Event::Start(Tag::HtmlBlock) => Some(Event::Start(Tag::Paragraph)),
        Event::End(TagEnd::HtmlBlock) => Some(Event::End(TagEnd::Paragraph)),
        Event::Start(Tag::Heading {
            level,
            id,
            classes,
            attrs,
        }) => Some(Event::Start(Tag::Heading {
            level: outline.enter(level),
            id,
            classes,
            attrs,
        })),
        Event::End(TagEnd::Heading(_)) => Some(Event::End(TagEnd::Heading(outline.level()))),
        other => Some(other),
    }
}

/// The headings above the place that is being read, as their author numbered them. What is shown
/// is how deep they lie, so no level is ever skipped.
#[derive(Default)]
struct Outline(Vec<HeadingLevel>);

impl Outline {
    fn enter(&mut self, level: HeadingLevel) -> HeadingLevel {
        while self.0.last().is_some_and(|above| *above >= level) {
            self.0.pop();
        }
        self.0.push(level);
        self.level()
    }

    const fn level(&self) -> HeadingLevel {
        match self.0.len() {
            0 | 1 => HeadingLevel::H3,
            2 => HeadingLevel::H4,
            3 => HeadingLevel::H5,
            _ => HeadingLevel::H6,
        }
    }
}

/// Text set for reading, from Markdown.
#[component]
pub fn Markdown(
    /// What was written.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! { <div class="prose" inner_html=to_html(&text)></div> }
}

#[cfg(test)]
mod tests {
    use super::to_html;

    #[test]
    fn what_people_write() {
        let cases = [
            (
                "# Uno\n\nDos **tres**",
                "<h3>Uno</h3>\n<p>Dos <strong>tres</strong></p>\n",
            ),
            ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
            ("3. c", "<ol start=\"3\">\n<li>c</li>\n</ol>\n"),
            (
                "[ley](https://www.gob.pe/)",
                "<p><a href=\"https://www.gob.pe/\" rel=\"noopener noreferrer nofollow\">ley</a></p>\n",
            ),
            ("a < b & c", "<p>a &lt; b &amp; c</p>\n"),
        ];
        for (markdown, html) in cases {
            assert_eq!(to_html(markdown), html, "{markdown}");
        }
    }

    #[test]
    fn headings_begin_below_a_section_and_skip_no_level() {
        let cases = [
            ("## a\n\n### b\n\n## c", "h3 h4 h3"),
            ("# a\n\n#### b\n\n## c", "h3 h4 h4"),
            (
                "### a\n\n# b\n\n## c\n\n### d\n\n#### e\n\n##### f",
                "h3 h3 h4 h5 h6 h6",
            ),
        ];
        for (markdown, levels) in cases {
            let html = to_html(markdown);
            let opened: Vec<&str> = html.split("<h").skip(1).map(|tag| &tag[..1]).collect();
            let closed: Vec<&str> = html.split("</h").skip(1).map(|tag| &tag[..1]).collect();
            assert_eq!(format!("h{}", opened.join(" h")), levels, "{markdown}");
            assert_eq!(opened, closed, "{markdown}");
        }
    }

    #[test]
    fn what_enemies_write() {
        let hostile = [
            "<script>alert(1)</script>",
            "text <img src=x onerror=alert(1)> text",
            "<a href=\"javascript:alert(1)\">x</a>",
            "[x](javascript:alert(1))",
            "[x](JaVaScRiPt&#58;alert(1))",
            "[x](data:text/html;base64,PHNjcmlwdD4=)",
            "[x](vbscript:msgbox)",
            "![x](https://evil.pe/pixel.png \"t\")",
            "<javascript:alert(1)>",
            "<svg/onload=alert(1)>",
            "<iframe src=\"https://evil.pe\"></iframe>",
            "<style>*{display:none}</style>",
            "<form action=https://evil.pe><input name=password></form>",
            "</div></section><h1>Capacita</h1>",
            "<!-- --!><img src=x onerror=alert(1)>-->",
            "```html\n<script>alert(1)</script>\n```",
            "<p\n><script\n>alert(1)</script\n>",
            "[a](https://ok.pe \"\" onmouseover=alert(1) \")",
            "[a]: javascript:alert(1)\n\n[a]",
            "<details open ontoggle=alert(1)>",
            "# <img src=x onerror=alert(1)>",
            "| <script>x</script> | b |\n| - | - |\n| <b onclick=x> | c |",
        ];
        for markdown in hostile {
            let html = to_html(markdown);
            // Every "<" that is not markup is written as an entity: what follows one is a tag.
            for tag in html.split('<').skip(1) {
                let tag = tag.split('>').next().unwrap_or_default();
                let name = tag.split(' ').next().unwrap_or_default();
                let known = [
                    "p", "/p", "a", "/a", "h3", "/h3", "pre", "/pre", "code", "/code", "table",
                    "/table", "thead", "/thead", "tbody", "/tbody", "tr", "/tr", "th", "/th", "td",
                    "/td", "br",
                ];
                assert!(known.contains(&name), "{markdown} ▸ {html}");
                let href = tag.split("href=\"").nth(1).unwrap_or("https:");
                assert!(href.starts_with("https:"), "{markdown} ▸ {html}");
                assert!(
                    !tag.contains(" on") && !tag.contains("style"),
                    "{markdown} ▸ {html}"
                );
            }
        }
        assert_eq!(
            to_html("![Un oso](https://evil.pe/x.png)"),
            "<p>Un oso</p>\n"
        );
        assert_eq!(to_html("<b>no</b>"), "<p>&lt;b&gt;no&lt;/b&gt;</p>\n");
    }
}
