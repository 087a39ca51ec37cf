//! What the address of the coordinator's list says.

use crate::{
    courses::EditionId,
    enrolment::{
        EnrolmentId, ListView,
        queries::{Counts, Filter},
    },
    paths::{self, Path},
    people::Sector,
    server::page::query_value,
    values::fold,
};

/// The parameters of the list. What cannot be read is as if it were not there.
#[derive(Clone, Debug, Default)]
pub(super) struct ListQuery {
    /// The part of the list; none: the one where there is something to do.
    pub view: Option<ListView>,
    /// Words of a name, as typed.
    pub text: String,
    /// A sector.
    pub sector: Option<Sector>,
    /// The last enrolment of the page before.
    pub after: Option<EnrolmentId>,
    /// Words of somebody to be enrolled, as typed.
    pub person: String,
}

impl ListQuery {
    pub(super) fn from_address() -> Self {
        Self {
            view: query_value(ListView::PARAMETER).parse().ok(),
            text: query_value("q"),
            sector: query_value("sector").parse().ok(),
            after: query_value("after").parse().ok(),
            person: query_value("person"),
        }
    }

    /// The part that is shown: who only reads the roster sees who takes part and nobody else.
    pub(super) fn shown(&self, counts: &Counts, decides: bool) -> ListView {
        if !decides {
            return ListView::TakingPart;
        }
        self.view.unwrap_or(if counts.requested > 0 {
            ListView::Requested
        } else {
            ListView::TakingPart
        })
    }

    pub(super) fn filter(&self, view: ListView) -> Filter {
        let words = fold(&self.text);
        Filter {
            states: view.states(),
            words: words.split_whitespace().map(str::to_owned).collect(),
            sector: self.sector,
        }
    }

    pub(super) fn is_filtered(&self) -> bool {
        !self.text.trim().is_empty() || self.sector.is_some()
    }

    /// The same list from another place on.
    pub(super) fn page(
        &self,
        edition: EditionId,
        view: ListView,
        after: Option<EnrolmentId>,
    ) -> Path {
        let mut path = view_path(edition, view);
        if !self.text.trim().is_empty() {
            path = path.with("q", &self.text);
        }
        if let Some(sector) = self.sector {
            path = path.with("sector", sector.as_str());
        }
        match after {
            Some(id) => path.with("after", &id.to_string()),
            None => path,
        }
    }
}

/// One part of the list, without a filter.
pub(super) fn view_path(edition: EditionId, view: ListView) -> Path {
    paths::edition_enrolments(edition).with(ListView::PARAMETER, view.as_str())
}
