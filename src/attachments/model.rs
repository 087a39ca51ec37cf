//! Kept files: ids, kinds, and what they belong to.

use crate::{
    error::Fault,
    nomination::NominationId,
    sessions::SessionId,
    values::{choice, id},
};

id! {
    /// A file as it was sent.
    AttachmentId
}

choice! {
    /// A kind of file that is kept.
    AttachmentKind {
        Pdf => "pdf",
        Jpeg => "jpeg",
        Png => "png",
    }
}

/// What a file belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// The scan of a session's signed sheet.
    Session(SessionId),
    /// The letter of a list.
    Nomination(NominationId),
}

/// The most files of one session or list.
pub const MOST: usize = 20;

impl AttachmentKind {
    /// What a file picker offers first.
    pub const ACCEPT: &'static str = ".pdf,.jpg,.jpeg,.png";

    /// The kind of a file called `name`: what its first bytes say, if its name says the same.
    pub fn of(name: &str, content: &[u8]) -> Result<Self, Fault> {
        if content.is_empty() {
            return Err(Fault::EmptyFile);
        }
        let (_, extension) = name.rsplit_once('.').ok_or(Fault::BadFileType)?;
        let (kind, begins) = match extension.to_ascii_lowercase().as_str() {
            "pdf" => (Self::Pdf, &b"%PDF-"[..]),
            "jpg" | "jpeg" => (Self::Jpeg, &b"\xff\xd8\xff"[..]),
            "png" => (Self::Png, &b"\x89PNG\r\n\x1a\n"[..]),
            _ => return Err(Fault::BadFileType),
        };
        if content.starts_with(begins) {
            Ok(kind)
        } else {
            Err(Fault::BadFileType)
        }
    }

    /// What browsers are told that it is.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_bytes_and_its_name_say() {
        let png = b"\x89PNG\r\n\x1a\n\0\0";
        for (name, content, expected) in [
            ("hoja.pdf", &b"%PDF-1.7"[..], Ok(AttachmentKind::Pdf)),
            ("HOJA.PDF", b"%PDF-", Ok(AttachmentKind::Pdf)),
            ("foto.jpg", b"\xff\xd8\xff\xe0", Ok(AttachmentKind::Jpeg)),
            ("foto.JPEG", b"\xff\xd8\xff", Ok(AttachmentKind::Jpeg)),
            ("foto.png", png, Ok(AttachmentKind::Png)),
            ("hoja.pdf", b"", Err(Fault::EmptyFile)),
            ("hoja.pdf", b"%PDF", Err(Fault::BadFileType)),
            ("hoja.pdf", b"MZ\x90\0", Err(Fault::BadFileType)),
            ("hoja.exe", b"%PDF-1.7", Err(Fault::BadFileType)),
            ("hoja.pdf.exe", b"%PDF-1.7", Err(Fault::BadFileType)),
            ("foto.jpg", png, Err(Fault::BadFileType)),
            ("pagina.html", b"<html>", Err(Fault::BadFileType)),
            ("dibujo.svg", b"<svg>", Err(Fault::BadFileType)),
            ("foto.heic", b"\0\0\0\x18ftypheic", Err(Fault::BadFileType)),
            ("sin-nombre", b"%PDF-1.7", Err(Fault::BadFileType)),
            ("", b"%PDF-1.7", Err(Fault::BadFileType)),
        ] {
            assert_eq!(AttachmentKind::of(name, content), expected, "{name}");
        }
    }
}
