//! Reads a laid-out page: which text stands where.

use typst::layout::{Frame, FrameItem, Point};

use super::super::{CertificateContent, typeset};

/// A piece of text on the page: what it says and its box, in points.
pub(super) struct Piece {
    pub(super) text: String,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

/// Every piece of text on the only page.
pub(super) fn pieces(content: &CertificateContent) -> Vec<Piece> {
    let document = typeset(content).unwrap();
    assert_eq!(document.pages().len(), 1, "a certificate is one page");
    let mut found = Vec::new();
    collect(&document.pages()[0].frame, Point::zero(), &mut found);
    found
}

fn collect(frame: &Frame, origin: Point, found: &mut Vec<Piece>) {
    for (offset, item) in frame.items() {
        let at = origin + *offset;
        match item {
            FrameItem::Group(group) => collect(&group.frame, at, found),
            FrameItem::Text(text) => found.push(Piece {
                text: text.text.to_string(),
                left: at.x.to_pt(),
                right: (at.x + text.width()).to_pt(),
                top: at.y.to_pt() - 0.66 * text.size.to_pt(),
                bottom: at.y.to_pt() + 0.2 * text.size.to_pt(),
            }),
            _ => {}
        }
    }
}

/// The words on the page, single-spaced, without the invisible places to break.
pub(super) fn text_of(content: &CertificateContent) -> String {
    let all: Vec<String> = pieces(content)
        .into_iter()
        .map(|piece| piece.text)
        .collect();
    let text = all.join(" ").replace('\u{200b}', "");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Asserts that the words stand on the page, in this order.
pub(super) fn assert_shows(content: &CertificateContent, expected: &str) {
    let text = text_of(content);
    assert!(text.contains(expected), "{expected:?} is not in {text:?}");
}

/// Nothing leaves the frame (11 mm from the edge) and no text lies on another.
pub(super) fn assert_tidy(content: &CertificateContent) {
    const MARGIN: f64 = 31.0;
    let pieces = pieces(content);
    for piece in &pieces {
        let inside = piece.left > MARGIN
            && piece.right < 841.9 - MARGIN
            && piece.top > MARGIN
            && piece.bottom < 595.3 - MARGIN;
        assert!(inside, "{:?} leaves the frame", piece.text);
    }
    for (index, one) in pieces.iter().enumerate() {
        for other in &pieces[index + 1..] {
            let apart = one.right <= other.left + 0.5
                || other.right <= one.left + 0.5
                || one.bottom <= other.top + 0.5
                || other.bottom <= one.top + 0.5;
            assert!(apart, "{:?} lies on {:?}", one.text, other.text);
        }
    }
}
