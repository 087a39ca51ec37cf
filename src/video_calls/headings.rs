//! What the columns of a report hold, by the headings of the services in English and Spanish.

use crate::{tables::Row, values::fold};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    Name,
    GivenNames,
    Surnames,
    Email,
    Joined,
    Left,
    FirstJoined,
    LastLeft,
    Duration,
    Action,
    Moment,
}

/// Headings as they are folded.
const HEADINGS: &[(Column, &[&str])] = &[
    (
        Column::Name,
        &[
            "name original name",
            "nombre nombre original",
            "name",
            "nombre",
            "full name",
            "nombre completo",
            "participant name",
            "nombre del participante",
            "participant",
            "participante",
            "user name",
            "nombre de usuario",
        ],
    ),
    (
        Column::GivenNames,
        &["first name", "nombre de pila", "nombres"],
    ),
    (
        Column::Surnames,
        &["last name", "surname", "apellido", "apellidos"],
    ),
    (
        Column::Email,
        &[
            "user email",
            "email",
            "e mail",
            "email address",
            "e mail del usuario",
            "correo",
            "correo electronico",
            "correo electronico del usuario",
            "direccion de correo electronico",
        ],
    ),
    (
        Column::Joined,
        &[
            "join time",
            "time joined",
            "joined at",
            "hora para unirse",
            "hora de entrada",
            "hora de ingreso",
            "hora de union",
            "hora de incorporacion",
            "hora de acceso",
            "hora en que se unio",
            "hora a la que se unio",
        ],
    ),
    (
        Column::Left,
        &[
            "leave time",
            "time exited",
            "time left",
            "left at",
            "exit time",
            "hora para salir",
            "hora de salida",
            "hora de abandono",
            "hora a la que salio",
        ],
    ),
    (
        Column::FirstJoined,
        &[
            "first join",
            "primera union",
            "primera entrada",
            "primera incorporacion",
        ],
    ),
    (
        Column::LastLeft,
        &["last leave", "ultima salida", "ultimo abandono"],
    ),
    (
        Column::Duration,
        &[
            "duration",
            "duration minutes",
            "total duration minutes",
            "in meeting duration",
            "time in call",
            "duracion",
            "duracion minutos",
            "duracion total minutos",
            "duracion de la reunion",
            "duracion en la reunion",
            "tiempo en la llamada",
        ],
    ),
    (
        Column::Action,
        &[
            "user action",
            "accion del usuario",
            "accion de usuario",
            "accion",
        ],
    ),
    (
        Column::Moment,
        &[
            "timestamp",
            "time stamp",
            "marca de tiempo",
            "marca temporal",
            "fecha y hora",
        ],
    ),
];

/// Headings of the block about the meeting itself, which stands before the people.
const OF_MEETING: &[&str] = &[
    "topic",
    "tema",
    "meeting id",
    "id de reunion",
    "id de la reunion",
    "meeting title",
    "titulo de la reunion",
];

/// The columns of a part of a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    found: Vec<(Column, usize)>,
    /// Whether the headings say that the times are UTC.
    pub utc: bool,
}

impl Columns {
    /// Reads a row as headings; `None`: it is none that people stand beneath.
    pub fn of(row: &Row) -> Option<Self> {
        let folded: Vec<String> = row.cells.iter().map(|cell| heading(cell)).collect();
        if folded
            .iter()
            .any(|cell| OF_MEETING.contains(&cell.as_str()))
        {
            return None;
        }
        let mut columns = Self::default();
        for (index, cell) in folded.iter().enumerate() {
            let bare = cell.trim_end_matches(" utc").trim_end_matches(" gmt");
            columns.utc |= bare.len() < cell.len();
            let column = HEADINGS.iter().find(|(_, words)| words.contains(&bare));
            if let Some((column, _)) = column
                && columns.at(*column).is_none()
            {
                columns.found.push((*column, index));
            }
        }
        let has = |column| columns.at(column).is_some();
        let names = has(Column::Name) || has(Column::Surnames) || has(Column::GivenNames);
        let who = names || has(Column::Email);
        let when = has(Column::Joined) || has(Column::FirstJoined) || has(Column::Duration);
        let log = has(Column::Action) && has(Column::Moment);
        (who && (when || log) && columns.found.len() >= 2).then_some(columns)
    }

    /// Where a column is.
    pub fn at(&self, column: Column) -> Option<usize> {
        let mut found = self.found.iter();
        found.find(|(one, _)| *one == column).map(|(_, at)| *at)
    }

    /// The text of a column in a row; blank where there is none.
    pub fn text<'r>(&self, row: &'r Row, column: Column) -> &'r str {
        self.at(column).map_or("", |at| row.cell(at))
    }

    /// The name in a row: of one column, or of two.
    pub fn name(&self, row: &Row) -> String {
        let given = match self.text(row, Column::GivenNames) {
            "" => self.text(row, Column::Name),
            given => given,
        };
        let surnames = self.text(row, Column::Surnames);
        format!("{given} {surnames}").trim().to_owned()
    }
}

/// A heading as it is looked up; no heading is long.
fn heading(cell: &str) -> String {
    if cell.len() > 120 {
        return String::new();
    }
    fold(cell)
}
