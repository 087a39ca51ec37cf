//! Reports as the services write them, and as nobody should.

use axum::body::Bytes;
use proptest::prelude::*;

use super::*;
use crate::tables;

/// The session: 12 November 2026, 9:00 to 13:00 in Lima.
fn session() -> Spell {
    let at = |text: &str| text.parse().expect("a time");
    (at("2026-11-12T14:00:00Z"), at("2026-11-12T18:00:00Z"))
}

async fn read_bytes(content: Vec<u8>) -> Option<Report> {
    let table = tables::read(Bytes::from(content)).await.ok()?;
    read(&table, session())
}

async fn read_text(text: &str) -> Report {
    read_bytes(text.as_bytes().to_vec())
        .await
        .expect("a report")
}

/// As Teams writes: UTF-16, least byte first, with its mark.
fn utf16(text: &str) -> Vec<u8> {
    let mut bytes = vec![0xff, 0xfe];
    bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    bytes
}

/// "name email minutes" of everybody.
fn told(report: &Report) -> Vec<String> {
    let line = |one: &Present| {
        let minutes = one.stay.minutes_within(session());
        format!("{}|{}|{minutes}", one.name, one.email)
    };
    report.people.iter().map(line).collect()
}

#[tokio::test]
async fn zoom_with_and_without_the_meeting() {
    let people = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest\n\
        Rosa Núñez,rosa@fema.pe,11/12/2026 08:55:00 AM,11/12/2026 10:00:00 AM,65,Yes\n\
        Rosa Núñez,rosa@fema.pe,11/12/2026 10:30:00 AM,11/12/2026 01:05:00 PM,155,Yes\n\
        iPhone de Iván,,11/12/2026 09:00:00 AM,11/12/2026 09:30:00 AM,30,Yes\n";
    let meeting = "Topic,Meeting ID,User Name,User Email,Department,Group,Has Zoom Rooms?,Creation Time,Start Time,End Time,Duration (Minutes),Participants\n\
        Sesión 1,852 1848 6288,Carla,carla@x.pe,,,No,11/01/2026 09:00:00 AM,11/12/2026 08:50:00 AM,11/12/2026 01:05:00 PM,255,3\n\n";
    for text in [people.to_owned(), format!("{meeting}{people}")] {
        let report = read_text(&text).await;
        assert_eq!((report.service, report.unread), (CallService::Zoom, 0));
        let expected = ["iPhone de Iván||30", "Rosa Núñez|rosa@fema.pe|210"];
        assert_eq!(told(&report), expected);
    }
}

#[tokio::test]
async fn zoom_in_spanish_old_and_new_and_summed() {
    for text in [
        "Nombre (nombre original);E-mail del usuario;Hora para unirse;Hora para salir;Duración (minutos)\n\
         Rosa Núñez;rosa@fema.pe;12/11/2026 09:00:00;12/11/2026 11:00:00;120\n",
        "\u{feff}Nombre (nombre original),Correo electrónico,Hora de entrada,Hora de salida,Duración (minutos),Invitado\n\
         Rosa Núñez,rosa@fema.pe,12/11/2026 09:00:00 a. m.,12/11/2026 11:00:00 a. m.,120,Sí\n",
        "Nombre (nombre original),E-mail del usuario,Duración total (minutos),Invitado\n\
         Rosa Núñez,rosa@fema.pe,120,Sí\n",
    ] {
        let report = read_text(text).await;
        assert_eq!(report.service, CallService::Zoom, "{text}");
        assert_eq!(told(&report), ["Rosa Núñez|rosa@fema.pe|120"], "{text}");
    }
}

#[tokio::test]
async fn teams_with_sections() {
    let text = "1. Summary\nMeeting title\tSesión 1\nAttended participants\t2\n\
        Start time\t11/12/26, 8:50:11 AM\nEnd time\t11/12/26, 1:02:00 PM\n\
        Meeting duration\t4h 11m 49s\nAverage attendance time\t2h 1m\n\n\
        2. Participants\nName\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole\n\
        Rosa Núñez\t11/12/26, 9:00:00 AM\t11/12/26, 1:00:00 PM\t3h 0m 0s\trosa@fema.pe\trosa@fema.pe\tAttendee\n\
        Iván Rojas (Guest)\t11/12/26, 9:30:00 AM\t11/12/26, 10:00:00 AM\t30m 0s\t\t\tAttendee\n\n";
    let activities = "3. In-Meeting Activities\nName\tJoin Time\tLeave Time\tDuration\tEmail\tRole\n\
        Rosa Núñez\t11/12/26, 9:00:00 AM\t11/12/26, 11:00:00 AM\t2h\trosa@fema.pe\tAttendee\n\
        Rosa Núñez\t11/12/26, 10:30:00 AM\t11/12/26, 11:30:00 AM\t1h\trosa@fema.pe\tAttendee\n\
        Iván Rojas (Guest)\t11/12/26, 9:30:00 AM\t11/12/26, 10:00:00 AM\t30m\t\tAttendee\n";
    let summed = read_bytes(utf16(text)).await.expect("a report");
    assert_eq!(summed.service, CallService::Teams);
    let expected = ["Iván Rojas (Guest)||30", "Rosa Núñez|rosa@fema.pe|180"];
    assert_eq!(told(&summed), expected);
    // Each coming and going is told: two devices at once are one person.
    let exact = read_bytes(utf16(&format!("{text}{activities}"))).await;
    let expected = ["Iván Rojas (Guest)||30", "Rosa Núñez|rosa@fema.pe|150"];
    assert_eq!(told(&exact.expect("a report")), expected);
    let spanish = "1. Resumen\nTítulo de la reunión\tSesión 1\n\n2. Participantes\n\
        Nombre\tPrimera unión\tÚltima salida\tDuración de la reunión\tCorreo electrónico\tRol\n\
        Rosa Núñez\t12/11/26, 9:00:00\t12/11/26, 11:00:00\t2 h 0 min\trosa@fema.pe\tAsistente\n";
    let report = read_bytes(utf16(spanish)).await.expect("a report");
    assert_eq!(report.service, CallService::Teams);
    assert_eq!(told(&report), ["Rosa Núñez|rosa@fema.pe|120"]);
}

#[tokio::test]
async fn teams_logs_of_comings_and_goings() {
    for text in [
        "Full Name\tUser Action\tTimestamp\n\
         Rosa Núñez\tJoined before\t11/12/2026, 8:50:00 AM\n\
         Iván Rojas\tJoined\t11/12/2026, 9:00:00 AM\n\
         Iván Rojas\tLeft\t11/12/2026, 9:40:00 AM\n\
         Iván Rojas\tJoined\t11/12/2026, 9:50:00 AM\n\
         Iván Rojas\tLeft\t11/12/2026, 11:00:00 AM\n",
        "Nombre completo\tAcción del usuario\tMarca de tiempo\n\
         Rosa Núñez\tSe unió antes\t12/11/2026, 8:50:00\n\
         Iván Rojas\tSe unió\t12/11/2026, 9:00:00\n\
         Iván Rojas\tAbandonó\t12/11/2026, 9:40:00\n\
         Iván Rojas\tSe unió\t12/11/2026, 9:50:00\n\
         Iván Rojas\tSalió\t12/11/2026, 11:00:00\n",
    ] {
        let report = read_bytes(utf16(text)).await.expect("a report");
        assert_eq!(report.service, CallService::Teams);
        // Rosa was still there when the report was made.
        assert_eq!(told(&report), ["Iván Rojas||110", "Rosa Núñez||120"]);
    }
}

#[tokio::test]
async fn meet_with_times_and_with_the_duration_alone() {
    for text in [
        "First name,Last name,Email,Duration,Time joined,Time exited\n\
         Rosa,Núñez,rosa@fema.pe,2 hr,9:00 AM,11:00 AM\n",
        "Nombre,Apellido,Correo electrónico,Duración,Hora de entrada,Hora de salida\n\
         Rosa,Núñez,rosa@fema.pe,2 h,9:00,11:00\n",
        "First name,Last name,Email,Duration\nRosa,Núñez,rosa@fema.pe,2h 0m\n",
    ] {
        let report = read_text(text).await;
        assert_eq!(report.service, CallService::Meet, "{text}");
        assert_eq!(told(&report), ["Rosa Núñez|rosa@fema.pe|120"], "{text}");
    }
}

#[tokio::test]
async fn what_is_no_report_is_none() {
    for text in [
        "",
        "hola",
        "Apellidos;Nombres;DNI\nQuispe;Rosa;41234567\n",
        "a,b,c\n1,2,3\n",
        "Name,Duration\n",
        "\"Name (Original Name),User Email,Join Time",
        "%PDF-1.7",
    ] {
        let report = read_bytes(text.as_bytes().to_vec()).await;
        assert!(
            report.is_none_or(|report| report.people.is_empty()),
            "{text}"
        );
    }
    let columns = "Name,".repeat(1_000_000);
    assert!(read_bytes(columns.into_bytes()).await.is_none());
}

#[tokio::test]
async fn hostile_lines_are_left_out_or_kept_as_text() {
    let head = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)\n";
    let good = "Rosa Núñez,rosa@fema.pe,2026-11-12 09:00:00,2026-11-12 10:00:00,60\n";
    let long = "x".repeat(5_000);
    let text = format!(
        "{head}{good}=cmd|' /C calc'!A0,a@b.pe,2026-11-12 09:00:00,2026-11-12 10:00:00,60\n\
         Sin Hora,s@b.pe,nunca,,60\n,,2026-11-12 09:00:00,2026-11-12 10:00:00,60\n\
         Al Revés,r@b.pe,2026-11-12 10:00:00,2026-11-12 09:00:00,60\n\
         {long},l@b.pe,2026-11-12 09:00:00,2026-11-12 10:00:00,60\n"
    );
    let report = read_text(&text).await;
    assert_eq!(report.unread, 2);
    let lines = told(&report);
    assert!(lines.contains(&"Rosa Núñez|rosa@fema.pe|60".to_owned()));
    assert!(lines.contains(&"=cmd|' /C calc'!A0|a@b.pe|60".to_owned()));
    assert!(lines.contains(&"Al Revés|r@b.pe|0".to_owned()));
    assert!(
        report
            .people
            .iter()
            .all(|one| one.name.chars().count() <= 200)
    );
    // Cut off within a quoted cell, and in another encoding than it says.
    let cut = format!("{head}{good}\"Iván");
    assert_eq!(
        told(&read_text(&cut).await)[0],
        "Rosa Núñez|rosa@fema.pe|60"
    );
    let latin = format!("{head}{good}");
    let latin: Vec<u8> = latin
        .chars()
        .map(|c| u8::try_from(c).expect("Latin"))
        .collect();
    let report = read_bytes(latin).await.expect("a report");
    assert_eq!(told(&report), ["Rosa Núñez|rosa@fema.pe|60"]);
    let mut half = utf16(&format!("{head}{good}"));
    half.pop();
    assert!(read_bytes(half).await.is_some());
}

proptest! {
    #[test]
    fn nothing_breaks_the_reader(
        rows in proptest::collection::vec(proptest::collection::vec("[ -~ñá]{0,30}|=.{0,9}|[0-9/:, ]{0,24}", 0..8), 0..12),
    ) {
        let head = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)";
        let cells = |cells: Vec<String>, number: u32| Row { number, cells };
        let mut table = Table::default();
        table.rows.push(cells(head.split(',').map(str::to_owned).collect(), 1));
        for (index, row) in rows.into_iter().enumerate() {
            table.rows.push(cells(row, u32::try_from(index).expect("few") + 2));
        }
        let report = read(&table, session());
        for one in report.map(|report| report.people).unwrap_or_default() {
            prop_assert!((0..=240).contains(&one.stay.minutes_within(session())));
        }
    }
}
