//! Who of an edition's people somebody in a call is: by their e-mail address, then by their name as
//! people write it there. A name that fits several decides nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    queries::Enrolled,
    report::Present,
    spells::{Spell, Stay},
};
use crate::{enrolment::EnrolmentId, values::fold};

/// Who a line is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// This one.
    One(EnrolmentId),
    /// One of these.
    Several(Vec<EnrolmentId>),
    /// Nobody of the edition, as far as can be seen.
    Nobody,
}

/// The people of an edition, by what they may be known by.
#[derive(Debug, Default)]
pub struct Known {
    emails: BTreeMap<String, BTreeSet<EnrolmentId>>,
    names: BTreeMap<Vec<String>, BTreeSet<EnrolmentId>>,
}

impl Known {
    /// Of these people.
    pub fn of(people: &[Enrolled]) -> Self {
        let mut known = Self::default();
        for one in people {
            for email in [&one.email, &one.account_email].into_iter().flatten() {
                let email = email.to_lowercase();
                known.emails.entry(email).or_default().insert(one.enrolment);
            }
            for name in names(one) {
                known.names.entry(name).or_default().insert(one.enrolment);
            }
        }
        known
    }

    /// Who somebody is.
    pub fn find(&self, present: &Present) -> Found {
        if let Some(found) = self.emails.get(&present.email) {
            return one_of(found);
        }
        let mut found = BTreeSet::new();
        for name in written(&present.name) {
            found.extend(self.names.get(&name).into_iter().flatten().copied());
        }
        one_of(&found)
    }
}

fn one_of(found: &BTreeSet<EnrolmentId>) -> Found {
    let mut all = found.iter().copied();
    match (all.next(), all.next()) {
        (None, _) => Found::Nobody,
        (Some(only), None) => Found::One(only),
        _ => Found::Several(found.iter().copied().collect()),
    }
}

/// How somebody may call themselves: with all names, with the first given name, without the second
/// surname; in whatever order.
fn names(one: &Enrolled) -> BTreeSet<Vec<String>> {
    let given = fold(&one.given_names);
    let first = given.split(' ').next().unwrap_or_default().to_owned();
    let paternal = fold(&one.paternal_surname);
    let maternal = fold(one.maternal_surname.as_deref().unwrap_or_default());
    let both = format!("{paternal} {maternal}");
    let mut ways = BTreeSet::new();
    for given in [&given, &first] {
        for surnames in [&both, &paternal] {
            ways.insert(sorted(&format!("{given} {surnames}")));
        }
    }
    ways
}

/// What stands in a report: the name, and where something is in brackets, both without and within:
/// `rosita (Rosa Núñez)`, `Rosa Núñez (Invitado)`.
fn written(name: &str) -> Vec<Vec<String>> {
    let mut ways = vec![sorted(&fold(name))];
    if let Some((before, rest)) = name.split_once('(') {
        let within = rest.split(')').next().unwrap_or_default();
        ways.push(sorted(&fold(before)));
        ways.push(sorted(&fold(within)));
    }
    // One word alone is no name.
    ways.retain(|words| words.len() > 1);
    ways
}

fn sorted(folded: &str) -> Vec<String> {
    let mut words: Vec<String> = folded.split_whitespace().map(str::to_owned).collect();
    words.sort_unstable();
    words
}

/// One line of a report, matched.
#[derive(Clone, Debug)]
pub struct Line {
    /// Who was there.
    pub present: Present,
    /// Who that is.
    pub found: Found,
    /// Their minutes within the session.
    pub minutes: i64,
}

/// The lines of a report, matched with an edition's people.
pub fn lines(report: &[Present], people: &[Enrolled], session: Spell) -> Vec<Line> {
    let known = Known::of(people);
    report
        .iter()
        .map(|present| Line {
            found: known.find(present),
            minutes: present.stay.minutes_within(session),
            present: present.clone(),
        })
        .collect()
}

/// The minutes of each enrolment, of all its lines together.
pub fn minutes(
    decided: impl IntoIterator<Item = (EnrolmentId, Stay)>,
    session: Spell,
) -> BTreeMap<EnrolmentId, i64> {
    let mut stays: BTreeMap<EnrolmentId, Stay> = BTreeMap::new();
    for (enrolment, stay) in decided {
        stays.entry(enrolment).or_default().add(&stay);
    }
    stays
        .into_iter()
        .map(|(enrolment, stay)| (enrolment, stay.minutes_within(session)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn enrolled(id: i64, names: (&str, &str, &str), email: &str) -> Enrolled {
        let (given, paternal, maternal) = names;
        Enrolled {
            enrolment: EnrolmentId::new(id),
            given_names: given.to_owned(),
            paternal_surname: paternal.to_owned(),
            maternal_surname: (!maternal.is_empty()).then(|| maternal.to_owned()),
            email: (!email.is_empty()).then(|| email.to_owned()),
            account_email: None,
            status: None,
            minutes: None,
        }
    }

    #[test]
    fn people_are_known_by_their_address_then_by_their_name() {
        let people = [
            enrolled(1, ("Rosa María", "Núñez", "Quispe"), "rosa@fema.pe"),
            enrolled(2, ("Rosa", "Núñez", "Huamán"), ""),
            enrolled(3, ("Ch'aska", "Mamani", ""), "chaska@pnp.pe"),
            enrolled(4, ("Iván", "Rojas", "Rojas"), "ivan@pnp.pe"),
        ];
        let known = Known::of(&people);
        let one = |id| Found::One(EnrolmentId::new(id));
        let both = Found::Several(vec![EnrolmentId::new(1), EnrolmentId::new(2)]);
        for (name, email, found) in [
            ("iPhone de Rosa", "rosa@fema.pe", one(1)),
            ("Rosa María Núñez Quispe", "", one(1)),
            ("NUÑEZ QUISPE, ROSA MARIA", "", one(1)),
            ("rosa nunez huaman", "", one(2)),
            ("Rosa Núñez", "", both.clone()),
            // Another address does not make her another person, but the name does not decide.
            ("Rosa Núñez", "otra@casa.pe", both),
            ("rosita (Rosa María Núñez)", "", one(1)),
            ("Chaska Mamani (Invitado)", "", one(3)),
            ("Ivan Rojas", "", one(4)),
            ("Rosa", "", Found::Nobody),
            ("Mamani", "", Found::Nobody),
            ("Elena Paz", "elena@paz.pe", Found::Nobody),
            ("", "", Found::Nobody),
            ("(((", "", Found::Nobody),
        ] {
            let present = Present {
                name: name.to_owned(),
                email: email.to_owned(),
                stay: Stay::default(),
            };
            assert_eq!(known.find(&present), found, "{name} {email}");
        }
    }
}
