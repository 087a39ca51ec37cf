//! What steps and files are called.

use super::{StepKind, file_kind::FileKind};
use crate::{t, ui::number};

/// The kind of a step: "Texto".
pub fn kind(kind: StepKind) -> String {
    match kind {
        StepKind::Text => t!(terms.step_kind.text),
        StepKind::File => t!(terms.step_kind.file),
        StepKind::Link => t!(terms.step_kind.link),
        StepKind::Question => t!(terms.step_kind.question),
    }
}

/// The kind of a file and its size, rounded up: "PDF, 240 KB".
pub fn file(media_type: &str, bytes: i64) -> String {
    let kind = FileKind::ALL
        .iter()
        .find(|kind| kind.media_type() == media_type)
        .map_or_else(|| media_type.to_owned(), |kind| kind.name().to_owned());
    format!("{kind}, {}", size(bytes))
}

/// "240 KB", "1.3 MB".
fn size(bytes: i64) -> String {
    const KB: i64 = 1024;
    const MB: i64 = 1024 * KB;
    if bytes < MB {
        format!("{} KB", number::count((bytes + KB - 1) / KB))
    } else {
        let tenths = (bytes * 10 + MB - 1) / MB;
        format!("{}.{} MB", tenths / 10, tenths % 10)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_rounded_up() {
        for (bytes, shown) in [
            (1, "1 KB"),
            (1024, "1 KB"),
            (1025, "2 KB"),
            (1_048_576, "1.0 MB"),
            (1_048_577, "1.1 MB"),
            (10_485_760, "10.0 MB"),
        ] {
            assert_eq!(size(bytes), shown);
        }
        assert_eq!(file("application/pdf", 2048), "PDF, 2 KB");
    }
}
