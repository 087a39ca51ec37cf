//! A link that may be there or not.

use crate::paths::Path;

/// Where something leads, or nothing where it leads nowhere at the moment. Made of an address or
/// of an `Option` of one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OptionalLink(Option<String>);

impl OptionalLink {
    /// The address, if it leads anywhere.
    pub fn href(self) -> Option<String> {
        self.0
    }
}

impl From<String> for OptionalLink {
    fn from(href: String) -> Self {
        Self(Some(href))
    }
}

impl From<&str> for OptionalLink {
    fn from(href: &str) -> Self {
        Self(Some(href.to_owned()))
    }
}

impl From<Path> for OptionalLink {
    fn from(path: Path) -> Self {
        Self(Some(path.into()))
    }
}

impl From<Option<String>> for OptionalLink {
    fn from(href: Option<String>) -> Self {
        Self(href)
    }
}

impl From<Option<Path>> for OptionalLink {
    fn from(path: Option<Path>) -> Self {
        Self(path.map(Into::into))
    }
}
