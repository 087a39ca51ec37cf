//! People, institutions and affiliations: ids, choices and parsed values.

use crate::values::{choice, id};

id! {
    /// A human being, with or without an account.
    PersonId
}
id! {
    /// An institution that people serve in.
    InstitutionId
}
id! {
    /// A unit of an institution.
    UnitId
}
id! {
    /// One affiliation of one person.
    AffiliationId
}

choice! {
    /// What kind of institution somebody serves in; the first cut of every report.
    Sector {
        Police => "police",
        Prosecution => "prosecution",
        Judiciary => "judiciary",
        AdministrativeAgency => "administrative_agency",
        LocalJusticeAndCommunity => "local_justice_and_community",
        IndigenousPeople => "indigenous_people",
        PublicDefence => "public_defence",
        Press => "press",
        CivilSociety => "civil_society",
        Other => "other",
    }
}

choice! {
    /// As the person or their document states it.
    Sex {
        Female => "f",
        Male => "m",
        Unstated => "unstated",
    }
}

choice! {
    /// The kind of identity document.
    DocumentKind {
        Dni => "dni",
        ForeignerCard => "foreigner_card",
        Passport => "passport",
        /// Nobody is turned away for want of a document; the reason is recorded.
        NoDocument => "none",
    }
}

choice! {
    /// A department of Peru (with Callao), stored as its INEI UBIGEO code.
    ///
    /// RENIEC numbers departments differently, so imports must say which scheme they use.
    Department {
        Amazonas => "01",
        Ancash => "02",
        Apurimac => "03",
        Arequipa => "04",
        Ayacucho => "05",
        Cajamarca => "06",
        Callao => "07",
        Cusco => "08",
        Huancavelica => "09",
        Huanuco => "10",
        Ica => "11",
        Junin => "12",
        LaLibertad => "13",
        Lambayeque => "14",
        Lima => "15",
        Loreto => "16",
        MadreDeDios => "17",
        Moquegua => "18",
        Pasco => "19",
        Piura => "20",
        Puno => "21",
        SanMartin => "22",
        Tacna => "23",
        Tumbes => "24",
        Ucayali => "25",
    }
}

impl Department {
    /// The department's name: a proper name, the same in every language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Amazonas => "Amazonas",
            Self::Ancash => "Áncash",
            Self::Apurimac => "Apurímac",
            Self::Arequipa => "Arequipa",
            Self::Ayacucho => "Ayacucho",
            Self::Cajamarca => "Cajamarca",
            Self::Callao => "Callao",
            Self::Cusco => "Cusco",
            Self::Huancavelica => "Huancavelica",
            Self::Huanuco => "Huánuco",
            Self::Ica => "Ica",
            Self::Junin => "Junín",
            Self::LaLibertad => "La Libertad",
            Self::Lambayeque => "Lambayeque",
            Self::Lima => "Lima",
            Self::Loreto => "Loreto",
            Self::MadreDeDios => "Madre de Dios",
            Self::Moquegua => "Moquegua",
            Self::Pasco => "Pasco",
            Self::Piura => "Piura",
            Self::Puno => "Puno",
            Self::SanMartin => "San Martín",
            Self::Tacna => "Tacna",
            Self::Tumbes => "Tumbes",
            Self::Ucayali => "Ucayali",
        }
    }
}
