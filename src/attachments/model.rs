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
    use proptest::{collection::vec, prelude::*, sample::select};

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

    /// What files of a kind begin with and how their names end, said a second time.
    fn truly_is(kind: AttachmentKind, name: &str, content: &[u8]) -> bool {
        let ends = |ends: &[&str]| {
            let name = name.to_ascii_lowercase();
            ends.iter().any(|end| name.ends_with(end))
        };
        let begins = |bytes: &[u8]| content.get(..bytes.len()) == Some(bytes);
        match kind {
            AttachmentKind::Pdf => ends(&[".pdf"]) && begins(&[0x25, 0x50, 0x44, 0x46, 0x2d]),
            AttachmentKind::Jpeg => ends(&[".jpg", ".jpeg"]) && begins(&[0xff, 0xd8, 0xff]),
            AttachmentKind::Png => {
                ends(&[".png"]) && begins(&[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
            }
        }
    }

    fn name() -> impl Strategy<Value = String> {
        let end = select(vec![
            "pdf", "PDF", "jpg", "Jpeg", "png", "svg", "html", "exe", "pdf.exe", "exe.pdf", "",
        ]);
        prop_oneof![
            ("\\PC{0,8}", end).prop_map(|(name, end)| format!("{name}.{end}")),
            "\\PC{0,12}"
        ]
    }

    fn content() -> impl Strategy<Value = Vec<u8>> {
        let begin: Vec<&[u8]> = vec![
            b"%PDF-1.7\n",
            b"%PDF",
            b" %PDF-",
            b"\xff\xd8\xff\xe0",
            b"\xff\xd8",
            b"\x89PNG\r\n\x1a\n",
            b"\x89PNG\n\x1a\n",
            b"MZ",
            b"PK\x03\x04",
            b"<svg>",
            b"GIF89a",
            b"",
        ];
        (select(begin), vec(any::<u8>(), 0..40)).prop_map(|(begin, rest)| [begin, &rest].concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn nothing_is_taken_for_what_it_is_not(name in name(), content in content()) {
            let found = AttachmentKind::of(&name, &content);
            let kinds = [AttachmentKind::Pdf, AttachmentKind::Jpeg, AttachmentKind::Png];
            let truly = kinds.into_iter().find(|kind| truly_is(*kind, &name, &content));
            let expected = match truly {
                Some(kind) => Ok(kind),
                None if content.is_empty() => Err(Fault::EmptyFile),
                None => Err(Fault::BadFileType),
            };
            prop_assert_eq!(found, expected, "{:?}", name);
        }
    }
}
