//! What stands on the page, read back from the laid-out document.

use super::{
    page::{assert_shows, assert_tidy, pieces, text_of},
    *,
};

const EVERY_KIND: [SheetKind; 2] = [SheetKind::Constancia, SheetKind::Certificado];
const EVERY_LANGUAGE: [SheetLanguage; 2] = [SheetLanguage::Es, SheetLanguage::En];
const EVERY_MODALITY: [SheetModality; 4] = [
    SheetModality::InPerson,
    SheetModality::LiveOnline,
    SheetModality::Hybrid,
    SheetModality::SelfPaced,
];
const EVERY_COURSE_KIND: [SheetCourseKind; 6] = [
    SheetCourseKind::Workshop,
    SheetCourseKind::Intensive,
    SheetCourseKind::Virtual,
    SheetCourseKind::Conference,
    SheetCourseKind::StudyVisit,
    SheetCourseKind::RightsTalk,
];

/// Content in which every text is as long as it may be.
fn crowded(letters: &str, signatories: usize) -> CertificateContent {
    let long: String = letters.chars().cycle().take(MAX_TEXT_CHARS).collect();
    CertificateContent {
        code: long.clone(),
        verify_url: format!("https://{}", &"x".repeat(MAX_TEXT_CHARS - 8)),
        person_name: long.clone(),
        course_title: long.clone(),
        place: Some(long.clone()),
        program_name: long.clone(),
        implementer: long.clone(),
        funder: Some(long.clone()),
        signatories: vec![signatory(&long, &long, &long); signatories],
        ..sample()
    }
}

#[test]
fn says_everything_it_holds() {
    let certificado = sample();
    for expected in [
        "Combating Wildlife Trafficking in Peru",
        "Implementado por ABA ROLI",
        "Financiado por INL",
        "Certificado de aprobación",
        "Otorgado a",
        "Ch'aska Q’enti Ñahui Mamani",
        "por haber aprobado el curso intensivo",
        "Litigación de casos de tráfico de fauna silvestre",
        "realizado del 3 al 14 de noviembre de 2022 en Iquitos, Loreto, en modalidad presencial,",
        "con una duración de 24 horas lectivas de 45 minutos",
        "Calificación final: 16.5 sobre 20",
        "Rosa Quispe Ñahui Directora del programa ABA ROLI",
        "José Güell Pérez Fiscal superior Ministerio Público",
        "Verifique este documento en https://capacita.example/verify/K7Q2M9XD4TFA0A1B2C3D4E5F6G",
        "Emitido el 21 de noviembre de 2022",
        "Código K7Q2M-9XD4T-FA0A1-B2C3D-4E5F6-G",
    ] {
        assert_shows(&certificado, expected);
    }
    let constancia = CertificateContent {
        kind: SheetKind::Constancia,
        course_kind: SheetCourseKind::Conference,
        modality: SheetModality::Hybrid,
        hours_tenths: 10,
        academic_minutes: 60,
        grade_tenths: None,
        place: None,
        ..sample()
    };
    for expected in [
        "Constancia de participación Otorgada a",
        "por haber participado en la conferencia",
        "realizada del 3 al 14 de noviembre de 2022 , en modalidad mixta,",
        "1 hora lectiva de 60 minutos",
        "Emitida el 21 de noviembre de 2022",
    ] {
        assert_shows(&constancia, expected);
    }
    assert!(!text_of(&constancia).contains("Calificación"));
}

#[test]
fn speaks_english() {
    let content = CertificateContent {
        language: SheetLanguage::En,
        hours_tenths: 125,
        grade_tenths: Some(200),
        ..sample()
    };
    for expected in [
        "Certificate of Achievement Awarded to",
        "for having successfully completed the intensive course",
        "held from 3 to 14 November 2022 in Iquitos, Loreto, in person, with a duration of",
        "12.5 training hours of 45 minutes each",
        "Final grade: 20 out of 20",
        "Verify this document at",
        "Issued on 21 November 2022",
    ] {
        assert_shows(&content, expected);
    }
}

#[test]
fn dates_name_month_and_year_no_more_than_needed() {
    let table = [
        (
            "2022-11-03",
            "2022-11-03",
            "el 3 de noviembre de 2022",
            "on 3 November 2022",
        ),
        (
            "2022-11-03",
            "2022-11-14",
            "del 3 al 14 de noviembre de 2022",
            "from 3 to 14 November 2022",
        ),
        (
            "2022-09-30",
            "2022-10-01",
            "del 30 de setiembre al 1 de octubre de 2022",
            "from 30 September to 1 October 2022",
        ),
        (
            "2021-11-03",
            "2022-11-03",
            "del 3 de noviembre de 2021 al 3 de noviembre de 2022",
            "from 3 November 2021 to 3 November 2022",
        ),
        (
            "2022-12-28",
            "2023-01-05",
            "del 28 de diciembre de 2022 al 5 de enero de 2023",
            "from 28 December 2022 to 5 January 2023",
        ),
    ];
    for (first, last, spanish, english) in table {
        let mut content = CertificateContent {
            starts_on: day(first),
            ends_on: day(last),
            ..sample()
        };
        assert_shows(&content, &format!("realizado {spanish} en Iquitos"));
        content.language = SheetLanguage::En;
        assert_shows(&content, &format!("held {english} in Iquitos"));
    }
}

#[test]
fn has_words_for_every_combination() {
    for language in EVERY_LANGUAGE {
        for (index, course_kind) in EVERY_COURSE_KIND.into_iter().enumerate() {
            let content = CertificateContent {
                language,
                course_kind,
                kind: EVERY_KIND[index % 2],
                modality: EVERY_MODALITY[index % 4],
                funder: None,
                ..sample()
            };
            assert_tidy(&content);
        }
    }
}

#[test]
fn prints_markup_literally() {
    for hostile in [
        "#panic()",
        "$x$ *bold* _it_ `raw` <label> @ref",
        "= Heading // comment /* more",
        "#read(\"/etc/passwd\") \\u{41}",
        "] } ) #{ [ \" ' {d1} {hours}",
    ] {
        let content = CertificateContent {
            person_name: hostile.to_owned(),
            course_title: hostile.to_owned(),
            place: Some(hostile.to_owned()),
            program_name: hostile.to_owned(),
            implementer: hostile.to_owned(),
            code: hostile.to_owned(),
            signatories: vec![signatory(hostile, hostile, hostile)],
            ..sample()
        };
        assert!(
            text_of(&content).matches(hostile).count() >= 8,
            "{hostile:?} was changed in {:?}",
            text_of(&content)
        );
        assert!(render(&content).is_ok());
    }
}

#[test]
fn long_names_and_titles_fit() {
    let name = "María de los Ángeles Ch'aska Q’enti Nuñuvero Güemes de la Cruz Huamanchumo \
                Apaza Condorcanqui viuda de Túpac Yupanqui Ññ";
    assert_eq!(name.chars().count(), 120);
    let title = "Investigación avanzada, cadena de custodia y litigación oral en casos de \
                 tráfico ilegal de fauna silvestre y delitos conexos cometidos por \
                 organizaciones criminales en la Amazonía peruana (2ª edición)";
    assert_eq!(title.chars().count(), 200);
    let content = CertificateContent {
        person_name: name.to_owned(),
        course_title: title.to_owned(),
        ..sample()
    };
    assert_tidy(&content);
    let lines = pieces(&content)
        .iter()
        .filter(|piece| name.contains(piece.text.trim()) && piece.text.len() > 20)
        .count();
    assert_eq!(lines, 2, "a name takes two lines at most");
}

#[test]
fn whatever_the_limits_allow_fits_on_one_page() {
    assert_tidy(&crowded("palabra ", 0));
    assert_tidy(&crowded("palabra ", MAX_SIGNATORIES));
    assert_tidy(&crowded("ÑÜW", 1));
}

#[test]
fn a_character_without_a_glyph_does_not_stop_the_document() {
    let content = CertificateContent {
        place: Some("\u{200b}".to_owned()),
        person_name: "李 Ana 🦜 Torres\u{7}\n\tVela".to_owned(),
        ..sample()
    };
    let pdf = render(&content).unwrap();
    assert!(!String::from_utf8_lossy(&pdf).contains("pdfuaid"));
    assert_tidy(&content);
}

#[test]
fn a_name_without_width_does_not_stop_the_document() {
    let content = CertificateContent {
        person_name: "\u{200b}".to_owned(),
        code: "\u{200b}".to_owned(),
        ..sample()
    };
    assert!(render(&content).is_ok());
}
