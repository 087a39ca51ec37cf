//! What the address of the coordinator's list says, and that of its file.

use super::{
    EnrolmentId, ListView,
    queries::{Counts, Filter, ListColumn},
};
use crate::{
    courses::EditionId,
    paths::{self, Path},
    people::Sector,
    values::{Order, fold},
};

/// The order that nobody has to ask for.
const USUAL: Order<ListColumn> = ListColumn::Name.natural();

/// The parameters of the list. What cannot be read is as if it were not there.
#[derive(Clone, Debug)]
pub struct ListQuery {
    /// The part of the list; none: the one where there is something to do.
    pub view: Option<ListView>,
    /// Words of a name, as typed.
    pub text: String,
    /// A sector.
    pub sector: Option<Sector>,
    /// By which column.
    pub order: Order<ListColumn>,
    /// The last enrolment of the page before.
    pub after: Option<EnrolmentId>,
    /// Words of somebody to be enrolled, as typed.
    pub person: String,
}

impl ListQuery {
    /// Reads the parameters of an address, given by name.
    pub fn read(value: impl Fn(&'static str) -> String) -> Self {
        let order = value(Order::<ListColumn>::PARAMETER).parse();
        Self {
            view: value(ListView::PARAMETER).parse().ok(),
            text: value("q").chars().take(200).collect(),
            sector: value("sector").parse().ok(),
            order: order.unwrap_or(USUAL),
            after: value("after").parse().ok(),
            person: value("person"),
        }
    }

    /// The part that is shown: who only reads the roster sees who takes part and nobody else.
    pub fn shown(&self, counts: &Counts, decides: bool) -> ListView {
        if !decides {
            return ListView::TakingPart;
        }
        self.view.unwrap_or(if counts.requested > 0 {
            ListView::Requested
        } else {
            ListView::TakingPart
        })
    }

    pub fn filter(&self, view: ListView) -> Filter {
        let words = fold(&self.text);
        Filter {
            states: view.states(),
            words: words.split_whitespace().map(str::to_owned).collect(),
            sector: self.sector,
        }
    }

    pub fn is_filtered(&self) -> bool {
        !self.text.trim().is_empty() || self.sector.is_some()
    }

    /// The same list from another place on.
    pub fn page(&self, edition: EditionId, view: ListView, after: Option<EnrolmentId>) -> Path {
        let path = self.narrowed(paths::edition_enrolments(edition), view);
        match after {
            Some(id) => path.with("after", &id.to_string()),
            None => path,
        }
    }

    /// The same list in another order, from its beginning.
    pub fn ordered(&self, edition: EditionId, view: ListView, order: Order<ListColumn>) -> Path {
        let other = Self {
            order,
            ..self.clone()
        };
        other.page(edition, view, None)
    }

    /// The whole list as a file.
    pub fn file(&self, edition: EditionId, view: ListView) -> Path {
        self.narrowed(paths::edition_enrolments_csv(edition), view)
    }

    /// The order, unless it is the one that nobody has to ask for.
    pub fn unusual_order(&self) -> Option<String> {
        (self.order != USUAL).then(|| self.order.to_string())
    }

    fn narrowed(&self, path: Path, view: ListView) -> Path {
        let text = Some(&self.text).filter(|text| !text.trim().is_empty());
        let parameters = [
            ("q", text.cloned()),
            ("sector", self.sector.map(|sector| sector.to_string())),
            (Order::<ListColumn>::PARAMETER, self.unusual_order()),
        ];
        parameters
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?)))
            .fold(
                path.with(ListView::PARAMETER, view.as_str()),
                |path, (name, value)| path.with(name, &value),
            )
    }
}

/// One part of the list, without a filter.
pub fn view_path(edition: EditionId, view: ListView) -> Path {
    paths::edition_enrolments(edition).with(ListView::PARAMETER, view.as_str())
}
