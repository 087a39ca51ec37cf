//! All SQL of people, institutions and affiliations.

mod lookup;

pub(super) use self::lookup::*;
