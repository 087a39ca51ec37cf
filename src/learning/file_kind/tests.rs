//! Files that are taken and files that are not.

use super::*;

/// A ZIP archive of empty files.
fn archive(names: &[&str]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for name in names {
        let length = u16::try_from(name.len()).expect("short").to_le_bytes();
        let offset = u32::try_from(bytes.len()).expect("small").to_le_bytes();
        bytes.extend(b"PK\x03\x04");
        bytes.extend([0; 22]);
        bytes.extend(length);
        bytes.extend([0, 0]);
        bytes.extend(name.as_bytes());
        directory.extend(b"PK\x01\x02");
        directory.extend([0; 24]);
        directory.extend(length);
        directory.extend([0; 12]);
        directory.extend(offset);
        directory.extend(name.as_bytes());
    }
    let count = u16::try_from(names.len()).expect("few").to_le_bytes();
    let start = u32::try_from(bytes.len()).expect("small").to_le_bytes();
    let size = u32::try_from(directory.len()).expect("small").to_le_bytes();
    bytes.extend(directory);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend(count.into_iter().chain(count).chain(size).chain(start));
    bytes.extend([0, 0]);
    bytes
}

#[test]
fn a_file_is_what_its_name_and_its_content_say() {
    let docx = archive(&["[Content_Types].xml", "word/document.xml"]);
    let xlsx = archive(&["[Content_Types].xml", "xl/workbook.xml"]);
    let pptx = archive(&["[Content_Types].xml", "ppt/presentation.xml"]);
    let with_macros = archive(&[
        "[Content_Types].xml",
        "word/document.xml",
        "word/vbaProject.bin",
    ]);
    let cases: &[(&str, &[u8], Option<FileKind>)] = &[
        ("ley.pdf", b"%PDF-1.7 ...", Some(FileKind::Pdf)),
        ("LEY.PDF", b"%PDF-1.7 ...", Some(FileKind::Pdf)),
        ("foto.png", b"\x89PNG\r\n\x1a\n....", Some(FileKind::Png)),
        ("foto.jpg", b"\xff\xd8\xff\xe0....", Some(FileKind::Jpeg)),
        ("foto.jpeg", b"\xff\xd8\xff\xe1....", Some(FileKind::Jpeg)),
        ("guia.docx", &docx, Some(FileKind::Docx)),
        ("lista.xlsx", &xlsx, Some(FileKind::Xlsx)),
        ("clase.pptx", &pptx, Some(FileKind::Pptx)),
        (
            "notas.txt",
            "Qué hacer:\r\n\tleer".as_bytes(),
            Some(FileKind::Txt),
        ),
        ("audio.mp3", b"ID3\x04....", Some(FileKind::Mp3)),
        ("audio.mp3", b"\xff\xfb\x90\x00", Some(FileKind::Mp3)),
        ("video.mp4", b"\0\0\0\x18ftypmp42....", Some(FileKind::Mp4)),
        // No extension, a kind that is not taken, or only a name that looks like one that is.
        ("pdf", b"%PDF-1.7", None),
        ("pagina.html", b"<script>alert(1)</script>", None),
        ("imagen.svg", b"<svg onload=alert(1)>", None),
        ("programa.exe", b"MZ\x90", None),
        ("programa.pdf.exe", b"%PDF-1.7", None),
        ("hoja.csv", b"a,b", None),
        // Content that is not what the name says.
        ("ley.pdf", b"<html>", None),
        ("foto.png", b"\xff\xd8\xff", None),
        ("guia.docx", &xlsx, None),
        ("guia.docx", b"PK\x03\x04 but no directory", None),
        ("guia.docx", &with_macros, None),
        ("guia.docx", b"\xd0\xcf\x11\xe0", None),
        ("notas.txt", b"\0\x01\x02", None),
        ("notas.txt", b"Espa\xf1ol", None),
        ("notas.txt", b"", None),
        ("audio.mp3", b"RIFF", None),
        ("video.mp4", b"\0\0\0", None),
    ];
    for (name, content, expected) in cases {
        assert_eq!(
            FileKind::of(name, content).ok(),
            *expected,
            "{name} {content:?}"
        );
    }
}

#[test]
fn a_broken_archive_is_refused_without_harm() {
    let whole = archive(&["[Content_Types].xml", "word/document.xml"]);
    for length in 0..whole.len() {
        assert_eq!(
            FileKind::of("guia.docx", &whole[..length]),
            Err(Fault::BadFileType)
        );
    }
    let mut lying = whole.clone();
    let end = lying.len() - 22;
    lying[end + 10..end + 12].copy_from_slice(&[0xff, 0xff]);
    assert_eq!(FileKind::of("guia.docx", &lying), Err(Fault::BadFileType));
    lying[end + 16..end + 20].copy_from_slice(&[0xff; 4]);
    assert_eq!(FileKind::of("guia.docx", &lying), Err(Fault::BadFileType));
}
