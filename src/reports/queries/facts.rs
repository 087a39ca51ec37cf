//! The facts that totals count, each in one row: a person enrolled, a session attended, a
//! certificate that is valid. One `SELECT` a kind, put together by `UNION ALL`, so that no join of
//! two kinds can multiply or lose one of them.
//!
//! Every fact has a day in Lima and a modality:
//! - an enrolment is there once for each session of its edition, on the session's day; where the
//!   edition has no sessions yet, on its first day;
//! - an attendance has the day of the session, in a self-paced session the day of the first mark
//!   that said it was attended;
//! - a certificate has the last day that the person attended, or the day of the edition's last
//!   session: it is there once, in one period.
//!
//! Who was counted in a session and is not named ([`crate::paper`]) adds participations and nothing
//! else: they are nobody's enrolment, attendance, hours or certificate, and no person. The same
//! unknown people may come to several sessions, so an edition has of each sex as many as the session
//! with the most of them, among the sessions that pass the filters; in a cut by month or modality each
//! group has its own, and the grand total counts an edition once. They have a sex and no sector,
//! institution or department: they are in the group without one, and no such filter lets them pass.
//! [`push_unnamed`] gives each a place (1, 2, 3 … of an edition and sex), so that counting distinct
//! places is taking the most.
//!
//! Who was recorded twice counts once: an enrolment that was given up for another is not there.
//!
//! Drafts, staff and facilitators, requests, the waiting list and declined enrolments are not there.
//! Whoever came and withdrew later, or came to what was cancelled later, is there for what they
//! attended and not as enrolled: a report that was sent must not change afterwards.

use sqlx::{QueryBuilder, Sqlite};

use crate::reports::model::{Cut, TotalsQuery};

/// Where one kind of fact comes from.
struct Facts {
    /// What comes before the filters.
    source: &'static str,
    /// The day of a fact.
    day: &'static str,
    /// The modality of a fact.
    modality: &'static str,
    /// What it adds to the figures: the columns of [`COUNTED`].
    counts: &'static str,
}

/// What facts add to, in the order of their columns.
pub(super) const COUNTED: &str =
    "enrolled, attended, participation, person, minutes, constancia, certificado";

/// What the figures are of all facts of a group.
pub(super) const FIGURES: &str = "count(DISTINCT enrolled), coalesce(sum(attended), 0),
    count(DISTINCT participation), count(DISTINCT person), coalesce(sum(minutes), 0),
    coalesce(sum(constancia), 0), coalesce(sum(certificado), 0),
    count(DISTINCT CASE WHEN participation < 0 THEN participation END)";

/// The day of an attendance in a self-paced session.
macro_rules! self_paced_day {
    () => {
        "coalesce((SELECT date(min(said.marked_at), '-5 hours') FROM attendance_marks AS said
                   WHERE said.enrolment_id IN (
                         SELECT standing.enrolment_id UNION ALL SELECT given_up.id
                         FROM enrolments AS given_up WHERE given_up.merged_into = standing.enrolment_id)
                     AND said.session_id = standing.session_id
                     AND said.status IN ('present', 'late', 'partial')), sessions.held_on)"
    };
}

/// The day of any attendance.
macro_rules! attended_day {
    () => {
        concat!(
            "CASE sessions.modality WHEN 'self_paced' THEN ",
            self_paced_day!(),
            " ELSE sessions.held_on END"
        )
    };
}

/// What every fact is about: a participant's enrolment in an edition that is no draft.
macro_rules! about {
    () => {
        " JOIN editions ON editions.id = enrolments.edition_id
          JOIN courses ON courses.id = editions.course_id
          JOIN programs ON programs.id = courses.program_id
          LEFT JOIN institutions ON institutions.id = enrolments.institution_id
          WHERE editions.state <> 'draft' AND enrolments.role = 'participant'
            AND enrolments.merged_into IS NULL"
    };
}

/// What was attended by an enrolment.
macro_rules! attendances_of_enrolment {
    () => {
        " FROM attendance_standing AS standing JOIN sessions ON sessions.id = standing.session_id
          WHERE standing.enrolment_id = enrolments.id
            AND standing.status IN ('present', 'late', 'partial')"
    };
}

macro_rules! takes_part {
    () => {
        " AND enrolments.state IN ('enrolled', 'completed', 'not_completed', 'no_show')
          AND editions.state <> 'cancelled'"
    };
}

const ENROLLED: &str = "enrolments.id, 0, NULL, NULL, 0, 0, 0";
const ATTENDED: &str = "NULL, 1, enrolments.edition_id << 32 | enrolments.person_id,
    enrolments.person_id, standing.minutes, 0, 0";

const FACTS: [Facts; 5] = [
    Facts {
        source: concat!(
            " FROM enrolments JOIN sessions ON sessions.edition_id = enrolments.edition_id",
            about!(),
            takes_part!()
        ),
        day: "sessions.held_on",
        modality: "sessions.modality",
        counts: ENROLLED,
    },
    Facts {
        source: concat!(
            " FROM enrolments",
            about!(),
            takes_part!(),
            " AND NOT EXISTS (SELECT 1 FROM sessions WHERE sessions.edition_id = editions.id)"
        ),
        day: "editions.starts_on",
        modality: "editions.modality",
        counts: ENROLLED,
    },
    Facts {
        source: concat!(
            " FROM attendance_standing AS standing
              JOIN sessions ON sessions.id = standing.session_id
              JOIN enrolments ON enrolments.id = standing.enrolment_id",
            about!(),
            " AND standing.status IN ('present', 'late', 'partial')
              AND sessions.modality <> 'self_paced'"
        ),
        day: "sessions.held_on",
        modality: "sessions.modality",
        counts: ATTENDED,
    },
    Facts {
        source: concat!(
            " FROM attendance_standing AS standing
              JOIN sessions ON sessions.id = standing.session_id
              JOIN enrolments ON enrolments.id = standing.enrolment_id",
            about!(),
            " AND standing.status IN ('present', 'late', 'partial')
              AND sessions.modality = 'self_paced'"
        ),
        day: self_paced_day!(),
        modality: "sessions.modality",
        counts: ATTENDED,
    },
    Facts {
        source: concat!(
            " FROM certificates JOIN enrolments ON enrolments.id = certificates.enrolment_id",
            about!(),
            " AND certificates.state = 'valid'"
        ),
        day: concat!(
            "coalesce((SELECT max(",
            attended_day!(),
            ")",
            attendances_of_enrolment!(),
            "), (SELECT max(sessions.held_on) FROM sessions
                 WHERE sessions.edition_id = enrolments.edition_id), editions.ends_on)"
        ),
        modality: concat!(
            "coalesce((SELECT sessions.modality",
            attendances_of_enrolment!(),
            " ORDER BY ",
            attended_day!(),
            " DESC, sessions.id DESC LIMIT 1), editions.modality)"
        ),
        counts: "NULL, 0, NULL, NULL, 0, certificates.kind = 'constancia',
                 certificates.kind = 'certificado'",
    },
];

/// Those of each sex who were counted in a session, less those who are named. Whom nobody knows
/// stands in the place of an enrolment that says nothing but the sex.
const UNNAMED: Facts = Facts {
    source: " FROM sessions
        JOIN (SELECT headcounts.id, headcounts.session_id, sexes.code, sexes.sex,
                     CASE sexes.sex WHEN 'f' THEN headcounts.women WHEN 'm' THEN headcounts.men
                     ELSE headcounts.unstated END AS counted,
                     NULL AS sector, NULL AS institution_id, NULL AS institution_name,
                     NULL AS department
              FROM headcounts CROSS JOIN (SELECT 0 AS code, 'f' AS sex UNION ALL SELECT 1, 'm'
                                          UNION ALL SELECT 2, 'unstated') AS sexes) AS enrolments
          ON enrolments.session_id = sessions.id
        JOIN editions ON editions.id = sessions.edition_id
        JOIN courses ON courses.id = editions.course_id
        JOIN programs ON programs.id = courses.program_id
        LEFT JOIN institutions ON institutions.id = enrolments.institution_id
        WHERE editions.state <> 'draft' AND enrolments.id = (
            SELECT max(later.id) FROM headcounts AS later WHERE later.session_id = sessions.id)",
    day: "sessions.held_on",
    modality: "sessions.modality",
    counts: "editions.id, enrolments.code, enrolments.counted - (
        SELECT count(*) FROM named_attendances AS named
        WHERE named.session_id = sessions.id AND named.sex = enrolments.sex)",
};

/// The name of an institution, with its country where another country has one of the same name.
const INSTITUTION: &str = "coalesce(institutions.name || CASE WHEN EXISTS (
        SELECT 1 FROM institutions AS other
        WHERE other.folded_name = institutions.folded_name AND other.country <> institutions.country)
    THEN ' (' || institutions.country || ')' ELSE '' END, enrolments.institution_name)";

/// Pushes all facts that pass the filters: `name0, id0, name1, id1, …` of the cuts, then
/// [`COUNTED`].
pub(super) fn push_all(sql: &mut QueryBuilder<Sqlite>, query: &TotalsQuery) {
    for (index, facts) in FACTS.iter().enumerate() {
        sql.push(if index == 0 {
            "SELECT "
        } else {
            " UNION ALL SELECT "
        });
        push_cuts(sql, query, facts);
        sql.push(facts.counts).push(facts.source);
        push_filters(sql, query, facts);
    }
}

/// Pushes the common table `unnamed`: of each session and sex as many rows as people without a name,
/// with the cuts, the edition, the sex and the place.
pub(super) fn push_unnamed(sql: &mut QueryBuilder<Sqlite>, query: &TotalsQuery, cuts: &str) {
    sql.push("unnamed (")
        .push(cuts)
        .push("edition, sex, place) AS (SELECT ");
    push_cuts(sql, query, &UNNAMED);
    sql.push(UNNAMED.counts).push(UNNAMED.source);
    push_filters(sql, query, &UNNAMED);
    sql.push(" UNION ALL SELECT ")
        .push(cuts)
        .push("edition, sex, place - 1 FROM unnamed WHERE place > 1)");
}

/// Pushes the participations of `unnamed`, as facts. Negative, so that none is that of a person.
pub(super) fn push_unnamed_facts(sql: &mut QueryBuilder<Sqlite>, cuts: &str) {
    sql.push(" UNION ALL SELECT ").push(cuts).push(
        "NULL, 0, -((edition * 4 + sex) * 4096 + place), NULL, 0, 0, 0 FROM unnamed WHERE place > 0",
    );
}

fn push_cuts(sql: &mut QueryBuilder<Sqlite>, query: &TotalsQuery, facts: &Facts) {
    for cut in &query.by {
        sql.push("coalesce(");
        push_name(sql, *cut, facts);
        sql.push(", ''), ");
        push_identity(sql, *cut, facts);
        sql.push(", ");
    }
}

/// What a cut shows.
fn push_name(sql: &mut QueryBuilder<Sqlite>, cut: Cut, facts: &Facts) {
    match cut {
        Cut::Program => sql.push("programs.name"),
        Cut::Course => sql.push("courses.title"),
        Cut::Edition => sql.push("courses.title || ' (' || editions.number || ')'"),
        Cut::Kind => sql.push("courses.kind"),
        Cut::Modality => sql.push(facts.modality),
        Cut::Month => sql.push("substr(").push(facts.day).push(", 1, 7)"),
        Cut::Sector => sql.push("enrolments.sector"),
        Cut::Institution => sql.push(INSTITUTION),
        Cut::Department => sql.push("enrolments.department"),
        Cut::Sex => sql.push("enrolments.sex"),
    };
}

/// What keeps apart two groups of one name: two programs may hold a course of the same title.
fn push_identity(sql: &mut QueryBuilder<Sqlite>, cut: Cut, facts: &Facts) {
    match cut {
        Cut::Program => sql.push("programs.id"),
        Cut::Course => sql.push("courses.id"),
        Cut::Edition => sql.push("editions.id"),
        Cut::Institution => sql.push("coalesce(institutions.id, enrolments.institution_name)"),
        other => {
            push_name(sql, other, facts);
            sql
        }
    };
}

fn push_filters(sql: &mut QueryBuilder<Sqlite>, query: &TotalsQuery, facts: &Facts) {
    for (day, sign) in [(query.from, " >= "), (query.to, " <= ")] {
        if let Some(day) = day {
            sql.push(" AND ").push(facts.day).push(sign).push_bind(day);
        }
    }
    push_any(sql, "programs.id", query.programs.clone());
    push_any(sql, "courses.id", query.courses.clone());
    push_any(sql, "editions.id", query.editions.clone());
    push_any(sql, "courses.kind", query.kinds.clone());
    push_any(sql, facts.modality, query.modalities.clone());
    let month = format!("substr({}, 1, 7)", facts.day);
    let months = query.months.iter().map(ToString::to_string).collect();
    push_any::<String>(sql, &month, months);
    push_any(sql, "enrolments.sector", query.sectors.clone());
    push_any(sql, "enrolments.institution_id", query.institutions.clone());
    push_any(sql, "enrolments.department", query.departments.clone());
    push_any(sql, "enrolments.sex", query.sexes.clone());
}

/// `AND column IN (…)`, unless the list is empty.
fn push_any<T>(sql: &mut QueryBuilder<Sqlite>, column: &str, values: Vec<T>)
where
    T: for<'q> sqlx::Encode<'q, Sqlite> + sqlx::Type<Sqlite> + Send + 'static,
{
    if values.is_empty() {
        return;
    }
    sql.push(" AND ").push(column).push(" IN (");
    let mut list = sql.separated(", ");
    for value in values {
        list.push_bind(value);
    }
    sql.push(")");
}
