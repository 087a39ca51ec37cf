use chrono::NaiveDate;

use super::*;

mod page;
mod sheet;

/// Hash of every file that issued certificates of version 1 are made from.
///
/// If this test fails, a released template was edited, and certificates already signed and hung
/// on a wall would come out different the next time they are downloaded. Undo the edit and add a
/// new version (`certificate_v2.typ`, `words_v2.json`, a line in `engine.rs` and `template_of`)
/// instead; only ever append to this list.
const FROZEN: [(&str, &str); 4] = [
    (
        "certificate_v1.typ",
        "1a5f0d74f5fecaa358bed228c9297bc6792f6686ec1369d90cfd1bca19a166a7",
    ),
    (
        "words_v1.json",
        "6e10ed2da492eb92f34e4b763aed23b931c786e856ef184ee167fcb27ec2a477",
    ),
    (
        "LibertinusSerif-Regular.otf",
        "091bb4014ec8e1a3bb59562114e306a5896c394667cdf8d91db7859b695f579d",
    ),
    (
        "LibertinusSerif-Semibold.otf",
        "35ebe465ea5f9fcaa5e76686c892b4a0f16f36b64802ec5731e2208a83c3fbdf",
    ),
];

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn signatory(name: &str, position: &str, institution: &str) -> Signatory {
    Signatory {
        name: name.to_owned(),
        position: position.to_owned(),
        institution: institution.to_owned(),
    }
}

fn sample() -> CertificateContent {
    CertificateContent {
        template_version: 1,
        kind: SheetKind::Certificado,
        language: SheetLanguage::Es,
        code: "K7Q2M-9XD4T-FA0A1-B2C3D-4E5F6-G".to_owned(),
        verify_url: "https://capacita.example/verify/K7Q2M9XD4TFA0A1B2C3D4E5F6G".to_owned(),
        person_name: "Ch'aska Q’enti Ñahui Mamani".to_owned(),
        course_title: "Litigación de casos de tráfico de fauna silvestre".to_owned(),
        course_kind: SheetCourseKind::Intensive,
        modality: SheetModality::InPerson,
        hours_tenths: 240,
        academic_minutes: 45,
        starts_on: day("2022-11-03"),
        ends_on: day("2022-11-14"),
        place: Some("Iquitos, Loreto".to_owned()),
        program_name: "Combating Wildlife Trafficking in Peru".to_owned(),
        implementer: "ABA ROLI".to_owned(),
        funder: Some("INL".to_owned()),
        grade_tenths: Some(165),
        issued_on: day("2022-11-21"),
        signatories: vec![
            signatory("Rosa Quispe Ñahui", "Directora del programa", "ABA ROLI"),
            signatory("José Güell Pérez", "Fiscal superior", "Ministerio Público"),
        ],
    }
}

#[test]
fn is_a_pdf_that_claims_to_be_accessible_and_archivable() {
    let pdf = render(&sample()).unwrap();
    assert!(pdf.starts_with(b"%PDF-1.7"));
    let raw = String::from_utf8_lossy(&pdf);
    for claim in [
        "<pdfuaid:part>1</pdfuaid:part>",
        "<pdfaid:part>2</pdfaid:part>",
        "/Lang(es-PE)",
        "/MarkInfo",
    ] {
        assert!(raw.contains(claim), "{claim} is missing");
    }
}

#[test]
fn same_content_gives_the_same_bytes() {
    let first = render(&sample()).unwrap();
    assert_eq!(first, render(&sample()).unwrap());
    let from_other_thread = std::thread::spawn(|| render(&sample()).unwrap());
    assert_eq!(first, from_other_thread.join().unwrap());
}

/// Something that spoils a content.
type Spoiling = fn(&mut CertificateContent);

#[test]
fn refuses_content_that_breaks_a_rule() {
    let broken: [(&str, Spoiling); 8] = [
        ("longer", |c| c.person_name = "a".repeat(MAX_TEXT_CHARS + 1)),
        ("longer", |c| c.signatories[0].position = "a".repeat(301)),
        ("empty", |c| c.person_name = " ".to_owned()),
        ("minutes", |c| c.academic_minutes = 50),
        ("before", |c| c.ends_on = day("2022-11-02")),
        ("at most 20", |c| c.grade_tenths = Some(201)),
        ("three", |c| c.signatories = vec![signatory("", "", ""); 4]),
        ("version 2", |c| c.template_version = 2),
    ];
    for (reason, spoil) in broken {
        let mut content = sample();
        spoil(&mut content);
        let error = render(&content).unwrap_err().to_string();
        assert!(error.contains(reason), "{reason:?} is not in {error:?}");
    }
}

/// The stored form of a certificate: old ones must stay readable for ever.
#[test]
fn is_stored_as_json_of_a_fixed_shape() {
    let stored = r#"{"template_version":1,"kind":"certificado","language":"es","code":"K7Q2M-9XD4T-FA0A1-B2C3D-4E5F6-G","verify_url":"https://capacita.example/verify/K7Q2M9XD4TFA0A1B2C3D4E5F6G","person_name":"Ch'aska Q’enti Ñahui Mamani","course_title":"Litigación de casos de tráfico de fauna silvestre","course_kind":"intensive","modality":"in_person","hours_tenths":240,"academic_minutes":45,"starts_on":"2022-11-03","ends_on":"2022-11-14","place":"Iquitos, Loreto","program_name":"Combating Wildlife Trafficking in Peru","implementer":"ABA ROLI","funder":"INL","grade_tenths":165,"issued_on":"2022-11-21","signatories":[{"name":"Rosa Quispe Ñahui","position":"Directora del programa","institution":"ABA ROLI"},{"name":"José Güell Pérez","position":"Fiscal superior","institution":"Ministerio Público"}]}"#;
    assert_eq!(serde_json::to_string(&sample()).unwrap(), stored);
    let read: CertificateContent = serde_json::from_str(stored).unwrap();
    assert_eq!(read, sample());
}

#[test]
fn released_templates_are_never_edited() {
    let sources = engine::SOURCES.map(|(name, source)| (name, source.as_bytes()));
    let sources = sources
        .into_iter()
        .filter(|(name, _)| name.starts_with("certificate_"));
    let fonts = [
        "LibertinusSerif-Regular.otf",
        "LibertinusSerif-Semibold.otf",
    ];
    let files = sources
        .chain(engine::FILES)
        .chain(fonts.into_iter().zip(engine::FONTS));
    let hashes: Vec<(&str, String)> = files
        .map(|(name, bytes)| (name, blake3::hash(bytes).to_hex().to_string()))
        .collect();
    let frozen = FROZEN.map(|(name, hash)| (name, hash.to_owned()));
    assert_eq!(hashes, frozen);
}
