//! Which files are taken. What a file is, its own first bytes say; its name must agree, and what
//! the browser claims counts for nothing.

use crate::error::Fault;

/// A kind of file that is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// Portable Document Format.
    Pdf,
    /// An image.
    Png,
    /// A photograph.
    Jpeg,
    /// A text document.
    Docx,
    /// A workbook.
    Xlsx,
    /// Slides.
    Pptx,
    /// Plain text in UTF-8.
    Txt,
    /// Sound.
    Mp3,
    /// A film.
    Mp4,
}

impl FileKind {
    /// Every kind.
    pub const ALL: &'static [Self] = &[
        Self::Pdf,
        Self::Png,
        Self::Jpeg,
        Self::Docx,
        Self::Xlsx,
        Self::Pptx,
        Self::Txt,
        Self::Mp3,
        Self::Mp4,
    ];

    /// What a file picker offers first.
    pub const ACCEPT: &'static str = ".pdf,.png,.jpg,.jpeg,.docx,.xlsx,.pptx,.txt,.mp3,.mp4";

    /// The kind of a file called `name`. `BadFileType` for any that is not taken, and for one
    /// whose content is not what its name says.
    pub fn of(name: &str, content: &[u8]) -> Result<Self, Fault> {
        let (_, extension) = name.rsplit_once('.').ok_or(Fault::BadFileType)?;
        let kind = match extension.to_ascii_lowercase().as_str() {
            "pdf" => Self::Pdf,
            "png" => Self::Png,
            "jpg" | "jpeg" => Self::Jpeg,
            "docx" => Self::Docx,
            "xlsx" => Self::Xlsx,
            "pptx" => Self::Pptx,
            "txt" => Self::Txt,
            "mp3" => Self::Mp3,
            "mp4" => Self::Mp4,
            _ => return Err(Fault::BadFileType),
        };
        if kind.is_in(content) {
            Ok(kind)
        } else {
            Err(Fault::BadFileType)
        }
    }

    fn is_in(self, content: &[u8]) -> bool {
        match self {
            Self::Pdf => content.starts_with(b"%PDF-"),
            Self::Png => content.starts_with(b"\x89PNG\r\n\x1a\n"),
            Self::Jpeg => content.starts_with(b"\xff\xd8\xff"),
            Self::Docx => is_office(content, b"word/document.xml"),
            Self::Xlsx => is_office(content, b"xl/workbook.xml"),
            Self::Pptx => is_office(content, b"ppt/presentation.xml"),
            Self::Txt => is_text(content),
            Self::Mp3 => content.starts_with(b"ID3") || is_sound_frame(content),
            Self::Mp4 => content.get(4..8) == Some(b"ftyp"),
        }
    }

    /// What browsers are told that it is.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Pptx => {
                "application/vnd.openxmlformats-officedocument.presentationml.presentation"
            }
            Self::Txt => "text/plain; charset=utf-8",
            Self::Mp3 => "audio/mpeg",
            Self::Mp4 => "video/mp4",
        }
    }

    /// What people call it, in any language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Png => "PNG",
            Self::Jpeg => "JPG",
            Self::Docx => "Word",
            Self::Xlsx => "Excel",
            Self::Pptx => "PowerPoint",
            Self::Txt => "TXT",
            Self::Mp3 => "MP3",
            Self::Mp4 => "MP4",
        }
    }
}

/// Whether this is UTF-8 without control characters other than line ends and tabs.
fn is_text(content: &[u8]) -> bool {
    let plain = |c: char| !c.is_control() || matches!(c, '\n' | '\r' | '\t');
    std::str::from_utf8(content).is_ok_and(|text| !text.is_empty() && text.chars().all(plain))
}

/// Whether a frame of MPEG sound, layer III, begins here.
fn is_sound_frame(content: &[u8]) -> bool {
    matches!(content, [0xff, second, ..] if second & 0xe0 == 0xe0 && second & 0x06 == 0x02)
}

/// Whether this is a ZIP archive with the parts of an Office document: the one every document has
/// and the `main` one of its kind, but no macros.
fn is_office(content: &[u8], main: &[u8]) -> bool {
    if !content.starts_with(b"PK\x03\x04") {
        return false;
    }
    let Some(names) = names_in_archive(content) else {
        return false;
    };
    let holds = |wanted: &[u8]| names.contains(&wanted);
    let macros = names.iter().any(|name| name.ends_with(b"vbaProject.bin"));
    holds(b"[Content_Types].xml") && holds(main) && !macros
}

/// The names in the directory at the end of a ZIP archive; `None`: it has none, or it is broken.
fn names_in_archive(content: &[u8]) -> Option<Vec<&[u8]>> {
    /// The length of the closing record without its comment.
    const END: usize = 22;
    /// The longest comment.
    const COMMENT: usize = 0xffff;
    let tail = content.len().saturating_sub(END + COMMENT);
    let end = content[tail..]
        .windows(4)
        .rposition(|window| window == b"PK\x05\x06")?;
    let end = &content[tail + end..];
    let (entries, mut at) = (number(end, 10, 2)?, number(end, 16, 4)?);
    if end.len() != END + number(end, 20, 2)? {
        return None;
    }
    let mut names = Vec::new();
    for _ in 0..entries {
        let entry = content.get(at..)?;
        if !entry.starts_with(b"PK\x01\x02") {
            return None;
        }
        let length = number(entry, 28, 2)?;
        names.push(entry.get(46..46 + length)?);
        at += 46 + length + number(entry, 30, 2)? + number(entry, 32, 2)?;
    }
    Some(names)
}

/// A number of `length` bytes, the lowest first.
fn number(bytes: &[u8], at: usize, length: usize) -> Option<usize> {
    let digits = bytes.get(at..at + length)?;
    Some(
        digits
            .iter()
            .rev()
            .fold(0, |number, digit| number << 8 | usize::from(*digit)),
    )
}

#[cfg(test)]
mod tests;
