//! The generator's state: its dice, the rows so far, and the people it can draw from.

use chrono::{DateTime, Datelike as _, Days, Duration, NaiveDate, NaiveTime, Utc};
use rand::{Rng as _, SeedableRng as _, seq::IndexedRandom as _};
use rand_chacha::ChaCha8Rng;

use super::{
    names::{AMAZONIAN_SURNAMES, MEN, PLACES, SURNAMES, WOMEN},
    rows::{Moment, PersonRow, Rows, VenueRow},
};
use crate::{
    people::{DocumentKind, DocumentNumber, Sector, Sex},
    server::{Secrets, clock::from_lima, secrets::hexadecimal},
    values::fold,
};

/// An institution that people of the demo serve in.
#[derive(Clone, Debug)]
pub(super) struct Institution {
    pub id: i64,
    pub name: String,
    pub sector: Sector,
    pub country: String,
}

/// Whom an edition is for: what its people have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Audience {
    /// Police, prosecutors, judges, agencies, public defence.
    Officials,
    /// Police alone.
    Police,
    /// Prosecutors alone.
    Prosecutors,
    /// Judges alone.
    Judges,
    /// Justices of the peace, ronderos, counsellors, community leaders.
    Community,
    /// Members of indigenous peoples.
    Indigenous,
    /// Journalists.
    Press,
    /// Those who care for victims.
    CareProviders,
    /// Officials of Peru and Ecuador, half and half.
    Binational,
}

impl Audience {
    /// The sectors, weighted by how often they stand here.
    const fn sectors(self) -> &'static [Sector] {
        use Sector as S;
        match self {
            Self::Officials => &[
                S::Police,
                S::Police,
                S::Police,
                S::Police,
                S::Prosecution,
                S::Prosecution,
                S::Prosecution,
                S::Judiciary,
                S::AdministrativeAgency,
                S::AdministrativeAgency,
                S::AdministrativeAgency,
                S::PublicDefence,
            ],
            Self::Police => &[S::Police],
            Self::Prosecutors => &[S::Prosecution],
            Self::Judges => &[S::Judiciary],
            Self::Community => &[
                S::LocalJusticeAndCommunity,
                S::LocalJusticeAndCommunity,
                S::LocalJusticeAndCommunity,
                S::IndigenousPeople,
            ],
            Self::Indigenous => &[S::IndigenousPeople],
            Self::Press => &[S::Press],
            Self::CareProviders => &[
                S::AdministrativeAgency,
                S::AdministrativeAgency,
                S::CivilSociety,
                S::PublicDefence,
            ],
            Self::Binational => &[S::Police, S::Prosecution, S::AdministrativeAgency],
        }
    }
}

/// The generator.
pub(super) struct World<'a> {
    pub rng: ChaCha8Rng,
    pub now: DateTime<Utc>,
    pub rows: Rows,
    pub institutions: &'a [Institution],
    pub base_url: String,
    secrets: &'a Secrets,
    /// People by whom they were drawn for: index into `rows.people`.
    known: Vec<(Audience, usize)>,
    next_document: u32,
    /// Index of the person who always comes and passes: the participant's demo account.
    pub diligent: Option<usize>,
    /// The widest gap between two document numbers.
    document_gap: u32,
}

impl<'a> World<'a> {
    pub fn new(
        seed: u64,
        now: DateTime<Utc>,
        institutions: &'a [Institution],
        secrets: &'a Secrets,
        base_url: &str,
    ) -> Self {
        Self {
            rng: ChaCha8Rng::seed_from_u64(seed),
            now,
            rows: Rows::default(),
            institutions,
            base_url: base_url.to_owned(),
            secrets,
            known: Vec::new(),
            next_document: 4_012_345,
            diligent: None,
            document_gap: 1000,
        }
    }

    /// Today in Lima.
    pub fn today(&self) -> NaiveDate {
        crate::server::clock::lima_date(self.now)
    }

    /// True in so many of a hundred cases.
    pub fn chance(&mut self, percent: u32) -> bool {
        self.rng.random_range(0..100) < percent
    }

    /// One of a list.
    pub fn one_of<T: Copy>(&mut self, list: &[T]) -> T {
        *list
            .choose(&mut self.rng)
            .expect("the lists of the demo are not empty")
    }

    /// Draws `count` different people: `new_percent` of them never drawn before.
    pub fn draw(
        &mut self,
        audience: Audience,
        count: usize,
        new_percent: usize,
        since: NaiveDate,
    ) -> Vec<usize> {
        let new = (count * new_percent).div_ceil(100);
        let pool: Vec<usize> = self
            .known
            .iter()
            .filter(|(kind, _)| *kind == audience)
            .map(|(_, index)| *index)
            .collect();
        let mut drawn: Vec<usize> = pool
            .choose_multiple(&mut self.rng, count - new.min(count))
            .copied()
            .collect();
        while drawn.len() < count {
            let index = self.new_person(audience, since);
            self.known.push((audience, index));
            drawn.push(index);
        }
        drawn
    }

    /// Whether this enrolment is of the person who always comes and passes.
    pub fn is_diligent(&self, enrolment: usize) -> bool {
        self.diligent.is_some_and(|index| {
            self.rows.people[index].id == self.rows.enrolments[enrolment].person_id
        })
    }

    /// A person who is in no audience: staff, facilitators.
    pub fn named_person(
        &mut self,
        given: &str,
        paternal: &str,
        maternal: &str,
        sex: Sex,
        email: &str,
    ) -> i64 {
        let since = NaiveDate::from_ymd_opt(2015, 1, 5).expect("a day before all programs");
        let index = self.new_person(Audience::Officials, since);
        let person = &mut self.rows.people[index];
        given.clone_into(&mut person.given_names);
        paternal.clone_into(&mut person.paternal_surname);
        person.maternal_surname = Some(maternal.to_owned());
        person.sex = sex;
        person.email = Some(email.to_owned());
        person.sort_name = fold(&format!("{paternal} {maternal} {given}"));
        person.id
    }

    /// Lets the numbers of so many people lie among the eight digits of a DNI.
    pub fn space_documents(&mut self, people: usize) {
        let people = u32::try_from(people).unwrap_or(u32::MAX).max(1);
        self.document_gap = (90_000_000 / people).clamp(2, 1000);
    }

    /// Adds a person; gives their index among the rows.
    pub fn new_person(&mut self, audience: Audience, since: NaiveDate) -> usize {
        let sector = self.one_of(audience.sectors());
        let foreign = audience == Audience::Binational && self.chance(50);
        let institution = self.institution(sector, foreign);
        let sex = if self.chance(44) {
            Sex::Female
        } else {
            Sex::Male
        };
        let given_names = self
            .one_of(if sex == Sex::Female { WOMEN } else { MEN })
            .to_owned();
        let surnames = if sector == Sector::IndigenousPeople {
            AMAZONIAN_SURNAMES
        } else {
            SURNAMES
        };
        let paternal_surname = self.one_of(surnames).to_owned();
        let maternal_surname = (!self.chance(2)).then(|| self.one_of(surnames).to_owned());
        let id = i64::try_from(self.rows.people.len() + 1).expect("the demo fits in memory");
        let (email, phone) = self.contact(audience, &given_names, &paternal_surname, id);
        let without = matches!(
            sector,
            Sector::IndigenousPeople | Sector::LocalJusticeAndCommunity
        ) && self.chance(12);
        let document = (!without).then(|| self.document(foreign));
        let (department, position) = (self.one_of(PLACES).1, self.position(sector));
        let sort_name = fold(&format!(
            "{paternal_surname} {} {given_names}",
            maternal_surname.as_deref().unwrap_or_default()
        ));
        self.rows.people.push(PersonRow {
            id,
            document_kind: match (&document, foreign) {
                (None, _) => "none",
                (Some(_), true) => "passport",
                (Some(_), false) => "dni",
            },
            document_sealed: document.as_ref().map(|(sealed, _)| sealed.clone()),
            document_hash: document.map(|(_, hash)| hash),
            no_document_reason: without.then_some("Documento en trámite"),
            given_names,
            paternal_surname,
            maternal_surname,
            sex,
            birth_year: self.rng.random_range(1962..=2000),
            nationality: if foreign { "EC" } else { "PE" },
            email,
            phone,
            sort_name,
            created_at: Moment(at(since, 9, 0)),
            institution_id: institution.id,
            institution_name: institution.name,
            sector,
            position,
            department: (!foreign).then_some(department),
            country: if foreign { "EC" } else { "PE" },
            since,
        });
        self.rows.people.len() - 1
    }

    fn institution(&mut self, sector: Sector, foreign: bool) -> Institution {
        let country = if foreign { "EC" } else { "PE" };
        let fitting: Vec<&Institution> = self
            .institutions
            .iter()
            .filter(|found| found.country == country && (foreign || found.sector == sector))
            .collect();
        let any = self.institutions.iter().collect();
        let list = if fitting.is_empty() { any } else { fitting };
        (*list.choose(&mut self.rng).expect("institutions are seeded")).clone()
    }

    /// Many have an e-mail address, most a phone; in communities few have either.
    fn contact(
        &mut self,
        audience: Audience,
        given: &str,
        paternal: &str,
        id: i64,
    ) -> (Option<String>, Option<String>) {
        let far = matches!(audience, Audience::Community | Audience::Indigenous);
        let has_email = self.chance(if far { 15 } else { 85 });
        let has_phone = self.chance(if far { 45 } else { 95 });
        let dotted = |text: &str| fold(text).replace(' ', ".");
        let first = given.split(' ').next().unwrap_or(given);
        (
            has_email.then(|| format!("{}.{}{id}@ejemplo.pe", dotted(first), dotted(paternal))),
            has_phone.then(|| format!("9{:08}", self.rng.random_range(0..100_000_000))),
        )
    }

    /// Sealed number and lookup hash, both hexadecimal. Numbers are in order, so none is twice.
    fn document(&mut self, foreign: bool) -> (String, String) {
        self.next_document += self.rng.random_range(1..self.document_gap);
        let document = if foreign {
            DocumentNumber::parse(DocumentKind::Passport, &format!("EC{}", self.next_document))
        } else {
            DocumentNumber::parse(DocumentKind::Dni, &format!("{:08}", self.next_document))
        };
        let document = document.expect("numbers of the demo are sound");
        let sealed = self.secrets.seal(document.as_str());
        (
            hexadecimal(&sealed),
            hexadecimal(&document.hash(self.secrets)),
        )
    }

    fn position(&mut self, sector: Sector) -> &'static str {
        self.one_of(match sector {
            Sector::Police => &[
                "Suboficial de segunda",
                "Suboficial técnico",
                "Teniente",
                "Capitán",
                "Mayor",
                "Comandante",
            ],
            Sector::Prosecution => &[
                "Fiscal adjunta provincial",
                "Fiscal provincial",
                "Asistente en función fiscal",
                "Perito",
            ],
            Sector::Judiciary => &[
                "Jueza de investigación preparatoria",
                "Juez penal unipersonal",
                "Especialista judicial",
                "Asistente de juez",
            ],
            Sector::AdministrativeAgency => &[
                "Especialista en fauna silvestre",
                "Analista de control",
                "Guardaparque",
                "Oficial de aduanas",
                "Abogada",
            ],
            Sector::LocalJusticeAndCommunity => &[
                "Jueza de paz",
                "Juez de paz",
                "Presidente de ronda",
                "Secretaria de ronda",
                "Consejera de justicia",
            ],
            Sector::IndigenousPeople => &[
                "Apu",
                "Monitora ambiental",
                "Monitor ambiental",
                "Dirigente",
                "Promotora de salud",
            ],
            Sector::PublicDefence => &["Defensora pública", "Defensor de víctimas"],
            Sector::Press => &["Reportera", "Editor regional", "Corresponsal", "Fotógrafo"],
            Sector::CivilSociety => &["Psicóloga", "Trabajadora social", "Coordinador de proyecto"],
            Sector::Other => &["Docente universitario", "Investigadora"],
        })
    }

    /// The place of that name, made when it is first used.
    pub fn venue(&mut self, place: &(&'static str, &'static str, &'static str)) -> i64 {
        if let Some(found) = self.rows.venues.iter().find(|venue| venue.name == place.2) {
            return found.id;
        }
        let id = i64::try_from(self.rows.venues.len() + 1).expect("the demo fits in memory");
        self.rows.venues.push(VenueRow {
            id,
            name: place.2.to_owned(),
            department: place.1.to_owned(),
            folded_name: fold(place.2),
            created_at: Moment(self.now - Duration::days(900)),
        });
        id
    }
}

/// A moment by Lima's calendar and clock.
pub(super) fn at(day: NaiveDate, hour: u32, minute: u32) -> DateTime<Utc> {
    let time = NaiveTime::from_hms_opt(hour, minute, 0).expect("the demo's hours are hours");
    from_lima(day.and_time(time))
}

/// The same day, or the Monday after when it falls on a weekend.
pub(super) fn working_day(day: NaiveDate) -> NaiveDate {
    match day.weekday() {
        chrono::Weekday::Sat => day + Days::new(2),
        chrono::Weekday::Sun => day + Days::new(1),
        _ => day,
    }
}
