//! The words for countries, in the language of the request.

use super::Country;
use crate::{t, values::fold};

/// A country's name.
pub fn country(country: Country) -> String {
    match country {
        Country::Peru => t!(terms.country.peru),
        Country::AntiguaAndBarbuda => t!(terms.country.antigua_and_barbuda),
        Country::Argentina => t!(terms.country.argentina),
        Country::Bahamas => t!(terms.country.bahamas),
        Country::Barbados => t!(terms.country.barbados),
        Country::Belize => t!(terms.country.belize),
        Country::Bolivia => t!(terms.country.bolivia),
        Country::Brazil => t!(terms.country.brazil),
        Country::Canada => t!(terms.country.canada),
        Country::Chile => t!(terms.country.chile),
        Country::Colombia => t!(terms.country.colombia),
        Country::CostaRica => t!(terms.country.costa_rica),
        Country::Cuba => t!(terms.country.cuba),
        Country::Dominica => t!(terms.country.dominica),
        Country::DominicanRepublic => t!(terms.country.dominican_republic),
        Country::Ecuador => t!(terms.country.ecuador),
        Country::ElSalvador => t!(terms.country.el_salvador),
        Country::UnitedStates => t!(terms.country.united_states),
        Country::Grenada => t!(terms.country.grenada),
        Country::Guatemala => t!(terms.country.guatemala),
        Country::Guyana => t!(terms.country.guyana),
        Country::Haiti => t!(terms.country.haiti),
        Country::Honduras => t!(terms.country.honduras),
        Country::Jamaica => t!(terms.country.jamaica),
        Country::Mexico => t!(terms.country.mexico),
        Country::Nicaragua => t!(terms.country.nicaragua),
        Country::Panama => t!(terms.country.panama),
        Country::Paraguay => t!(terms.country.paraguay),
        Country::PuertoRico => t!(terms.country.puerto_rico),
        Country::SaintKittsAndNevis => t!(terms.country.saint_kitts_and_nevis),
        Country::SaintLucia => t!(terms.country.saint_lucia),
        Country::SaintVincentAndTheGrenadines => t!(terms.country.saint_vincent_and_the_grenadines),
        Country::Suriname => t!(terms.country.suriname),
        Country::TrinidadAndTobago => t!(terms.country.trinidad_and_tobago),
        Country::Uruguay => t!(terms.country.uruguay),
        Country::Venezuela => t!(terms.country.venezuela),
        Country::Germany => t!(terms.country.germany),
        Country::Angola => t!(terms.country.angola),
        Country::Australia => t!(terms.country.australia),
        Country::Austria => t!(terms.country.austria),
        Country::Belgium => t!(terms.country.belgium),
        Country::Bulgaria => t!(terms.country.bulgaria),
        Country::Cameroon => t!(terms.country.cameroon),
        Country::Czechia => t!(terms.country.czechia),
        Country::China => t!(terms.country.china),
        Country::SouthKorea => t!(terms.country.south_korea),
        Country::Croatia => t!(terms.country.croatia),
        Country::Denmark => t!(terms.country.denmark),
        Country::Egypt => t!(terms.country.egypt),
        Country::Spain => t!(terms.country.spain),
        Country::Philippines => t!(terms.country.philippines),
        Country::Finland => t!(terms.country.finland),
        Country::France => t!(terms.country.france),
        Country::Ghana => t!(terms.country.ghana),
        Country::Greece => t!(terms.country.greece),
        Country::Hungary => t!(terms.country.hungary),
        Country::India => t!(terms.country.india),
        Country::Indonesia => t!(terms.country.indonesia),
        Country::Ireland => t!(terms.country.ireland),
        Country::Israel => t!(terms.country.israel),
        Country::Italy => t!(terms.country.italy),
        Country::Japan => t!(terms.country.japan),
        Country::Kenya => t!(terms.country.kenya),
        Country::Lebanon => t!(terms.country.lebanon),
        Country::Malaysia => t!(terms.country.malaysia),
        Country::Morocco => t!(terms.country.morocco),
        Country::Mozambique => t!(terms.country.mozambique),
        Country::Nigeria => t!(terms.country.nigeria),
        Country::Norway => t!(terms.country.norway),
        Country::NewZealand => t!(terms.country.new_zealand),
        Country::Netherlands => t!(terms.country.netherlands),
        Country::Poland => t!(terms.country.poland),
        Country::Portugal => t!(terms.country.portugal),
        Country::UnitedKingdom => t!(terms.country.united_kingdom),
        Country::DemocraticRepublicOfTheCongo => t!(terms.country.democratic_republic_of_the_congo),
        Country::Romania => t!(terms.country.romania),
        Country::Russia => t!(terms.country.russia),
        Country::Singapore => t!(terms.country.singapore),
        Country::SouthAfrica => t!(terms.country.south_africa),
        Country::Sweden => t!(terms.country.sweden),
        Country::Switzerland => t!(terms.country.switzerland),
        Country::Thailand => t!(terms.country.thailand),
        Country::Tanzania => t!(terms.country.tanzania),
        Country::Turkey => t!(terms.country.turkey),
        Country::Ukraine => t!(terms.country.ukraine),
        Country::Uganda => t!(terms.country.uganda),
        Country::Vietnam => t!(terms.country.vietnam),
        Country::Elsewhere => t!(terms.country.elsewhere),
    }
}

/// Every country with its code, for a select: Peru first, any other last, between them by name.
pub fn countries() -> Vec<(&'static str, String)> {
    let mut rows: Vec<_> = Country::ALL
        .iter()
        .map(|&one| (one, country(one)))
        .collect();
    rows.sort_by_cached_key(|(one, name)| match one {
        Country::Peru => (0, String::new()),
        Country::Elsewhere => (2, String::new()),
        _ => (1, fold(name)),
    });
    rows.into_iter()
        .map(|(one, name)| (one.as_str(), name))
        .collect()
}
