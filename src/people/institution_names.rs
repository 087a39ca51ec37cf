//! Institutions and units by the names that people write: in full or short, accents and case apart.

use std::collections::HashMap;

use sqlx::SqliteConnection;

use super::{Country, InstitutionId, UnitId, queries};
use crate::{error::AppError, values::fold};

/// The names of all institutions and their units, read once for a list of people.
#[derive(Clone, Debug, Default)]
pub struct InstitutionNames {
    institutions: HashMap<String, InstitutionId>,
    countries: HashMap<InstitutionId, Country>,
    units: HashMap<(InstitutionId, String), UnitId>,
}

impl InstitutionNames {
    /// Reads them. Where two countries have an institution of one name, Peru's is meant.
    pub async fn load(connection: &mut SqliteConnection) -> Result<Self, AppError> {
        let mut names = Self::default();
        let mut rows = queries::institutions(connection).await?;
        rows.sort_by_key(|row| row.country != Country::Peru);
        for row in rows {
            names.countries.insert(row.id, row.country);
            let short = row.short_name.clone();
            for name in [Some(row.name.clone()), short, Some(row.label())]
                .into_iter()
                .flatten()
            {
                names.institutions.entry(fold(&name)).or_insert(row.id);
            }
        }
        for unit in queries::all_units(connection).await? {
            let key = (unit.institution, fold(&unit.name));
            names.units.insert(key, unit.id);
        }
        Ok(names)
    }

    /// The institution of this name.
    pub fn institution(&self, name: &str) -> Option<InstitutionId> {
        self.institutions.get(&fold(name)).copied()
    }

    /// The country an institution is in.
    pub fn country(&self, institution: InstitutionId) -> Option<Country> {
        self.countries.get(&institution).copied()
    }

    /// The unit of this name in an institution.
    pub fn unit(&self, institution: InstitutionId, name: &str) -> Option<UnitId> {
        self.units.get(&(institution, fold(name))).copied()
    }
}
