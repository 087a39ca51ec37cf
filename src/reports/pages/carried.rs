//! What an address asks for and the line of filters has no field for: further values of a field,
//! filters that only an address can name, a third cut, figures to withhold. It travels along when the
//! line is sent again, and is told in words, each with a way to drop it.

use leptos::prelude::*;
use sqlx::SqliteConnection;

use super::totals::{cut_label, word};
use crate::{
    courses,
    error::AppError,
    paths, people,
    reports::{
        Cut, TotalsQuery,
        parse::{SMALL, WITHHELD},
        withhold::FEWEST,
    },
    server::AppState,
    t,
    ui::HiddenField,
};

/// One parameter that has no field of its own.
pub(super) struct Carried {
    name: &'static str,
    value: String,
    /// "Sexo: Femenino".
    words: String,
}

/// How many values of a cut the line has a field for.
const fn fields(cut: Cut) -> usize {
    match cut {
        Cut::Program | Cut::Kind | Cut::Modality | Cut::Sector | Cut::Department => 1,
        Cut::Course | Cut::Edition | Cut::Month | Cut::Institution | Cut::Sex => 0,
    }
}

/// How many cuts the line has a field for.
pub(super) const CUT_FIELDS: usize = 2;

/// The values that a cut is filtered by, as an address names them.
pub(super) fn values(query: &TotalsQuery, cut: Cut) -> Vec<String> {
    fn all<T: ToString>(list: &[T]) -> Vec<String> {
        list.iter().map(ToString::to_string).collect()
    }
    match cut {
        Cut::Program => all(&query.programs),
        Cut::Course => all(&query.courses),
        Cut::Edition => all(&query.editions),
        Cut::Kind => all(&query.kinds),
        Cut::Modality => all(&query.modalities),
        Cut::Month => all(&query.months),
        Cut::Sector => all(&query.sectors),
        Cut::Institution => all(&query.institutions),
        Cut::Department => all(&query.departments),
        Cut::Sex => all(&query.sexes),
    }
}

/// Everything that the address asks for beyond the fields.
pub(super) async fn carried(
    state: &AppState,
    query: &TotalsQuery,
) -> Result<Vec<Carried>, AppError> {
    let mut connection = state.database.read().await?;
    let mut carried = Vec::new();
    for &cut in Cut::ALL {
        for value in values(query, cut).into_iter().skip(fields(cut)) {
            let called = name(&mut connection, query, cut, &value).await?;
            let words = format!("{}: {called}", cut_label(cut));
            carried.push(Carried {
                name: cut.as_str(),
                value,
                words,
            });
        }
    }
    for &cut in query.by.iter().skip(CUT_FIELDS) {
        carried.push(Carried {
            name: "by",
            value: cut.as_str().to_owned(),
            words: format!("{}: {}", t!(reports.third_cut), cut_label(cut)),
        });
    }
    if query.withholds_small {
        carried.push(Carried {
            name: SMALL,
            value: WITHHELD.to_owned(),
            words: t!(reports.small_withheld, fewest = FEWEST),
        });
    }
    Ok(carried)
}

/// What a value of a cut is called. Records that are named have been found before.
async fn name(
    connection: &mut SqliteConnection,
    query: &TotalsQuery,
    cut: Cut,
    value: &str,
) -> Result<String, AppError> {
    fn of<T: Copy + ToString>(list: &[T], value: &str) -> Option<T> {
        list.iter().copied().find(|one| one.to_string() == value)
    }
    let found = match cut {
        Cut::Program => match of(&query.programs, value) {
            Some(id) => courses::queries::program(connection, id)
                .await?
                .map(|program| program.name),
            None => None,
        },
        Cut::Course => match of(&query.courses, value) {
            Some(id) => courses::queries::course(connection, id)
                .await?
                .map(|course| course.title),
            None => None,
        },
        Cut::Edition => match of(&query.editions, value) {
            Some(id) => courses::queries::header(connection, id)
                .await?
                .map(|header| header.title()),
            None => None,
        },
        Cut::Institution => match of(&query.institutions, value) {
            Some(id) => people::institution_label(connection, id).await?,
            None => None,
        },
        _ => Some(word(cut, value)),
    };
    Ok(found.unwrap_or_else(|| value.to_owned()))
}

/// The fields that nobody sees.
pub(super) fn hidden(carried: &[Carried]) -> AnyView {
    let fields = carried.iter().map(|one| {
        let value = one.value.clone();
        view! { <HiddenField name=one.name value=value /> }
    });
    fields.collect_view().into_any()
}

/// The same in words.
pub(super) fn told(carried: &[Carried], pairs: &[(String, String)]) -> Option<AnyView> {
    let lines = carried.iter().map(|one| {
        let label = t!(reports.drop_of, what = one.words.as_str());
        let without = without(pairs, one);
        view! {
            <li>
                {one.words.clone()}" "
                <a class="screen-only" href=without aria-label=label>{t!(reports.drop)}</a>
            </li>
        }
    });
    let lines = lines.collect::<Vec<_>>();
    (!lines.is_empty()).then(|| {
        view! {
            <p>{t!(reports.also_filtered)}</p>
            <ul>{lines}</ul>
        }
        .into_any()
    })
}

/// The address without one parameter. Cuts may stand in one parameter together, and departments be
/// called by their names.
fn without(pairs: &[(String, String)], one: &Carried) -> paths::Path {
    let is_it = |value: &str| {
        value == one.value
            || (one.name == Cut::Department.as_str()
                && word(Cut::Department, &one.value) == value.trim())
    };
    let mut path = paths::totals();
    for (name, value) in pairs {
        if value.is_empty() || matches!(name.as_str(), "lang" | "kept") {
            continue;
        }
        if name != one.name {
            path = path.with(name, value);
        } else if name == "by" {
            let cuts = value.split(',').map(str::trim);
            let left: Vec<&str> = cuts.filter(|cut| *cut != one.value).collect();
            if !left.is_empty() {
                path = path.with(name, &left.join(","));
            }
        } else if !is_it(value.trim()) {
            path = path.with(name, value);
        }
    }
    path
}
