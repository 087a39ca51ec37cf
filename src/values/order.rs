//! The order of a list: by a column, one way or the other.

use std::{
    fmt::{self, Display, Formatter},
    str::FromStr,
};

use crate::error::Fault;

/// By which of its columns `C` a list is ordered. In addresses the column's word, with a `-` before
/// it from the end to the beginning: `order=name`, `order=-name`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Order<C> {
    /// The column.
    pub by: C,
    /// From large to small, from Z to A, from new to old.
    pub descending: bool,
}

impl<C> Order<C> {
    /// The parameter of an address that holds it.
    pub const PARAMETER: &'static str = "order";

    /// From small to large.
    pub const fn ascending(by: C) -> Self {
        Self {
            by,
            descending: false,
        }
    }

    /// From large to small.
    pub const fn descending(by: C) -> Self {
        Self {
            by,
            descending: true,
        }
    }
}

impl<C: Copy + PartialEq> Order<C> {
    /// What a click on a column's head asks for: that column, or, where the list is ordered by it
    /// already, the other way round. `natural` is how the column begins.
    #[must_use]
    pub fn clicked(self, natural: Self) -> Self {
        if self.by == natural.by {
            Self {
                by: self.by,
                descending: !self.descending,
            }
        } else {
            natural
        }
    }
}

impl<C: FromStr<Err = Fault>> FromStr for Order<C> {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Fault> {
        match text.strip_prefix('-') {
            Some(column) => column.parse().map(Self::descending),
            None => text.parse().map(Self::ascending),
        }
    }
}

impl<C: Display> Display for Order<C> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let sign = if self.descending { "-" } else { "" };
        write!(f, "{sign}{}", self.by)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    choice! {
        /// Columns of an invented list.
        Column {
            /// By name.
            Name => "name",
            /// By age.
            Age => "age",
        }
    }

    #[test]
    fn it_is_written_and_read() {
        for &column in Column::ALL {
            let (up, down) = (Order::ascending(column), Order::descending(column));
            assert_eq!(up.to_string(), column.as_str());
            assert_eq!(down.to_string(), format!("-{column}"));
            assert_eq!(up.to_string().parse(), Ok(up));
            assert_eq!(down.to_string().parse(), Ok(down));
        }
        for text in ["", "-", "--age", "+age", "height", "Name", "age "] {
            assert_eq!(
                text.parse::<Order<Column>>(),
                Err(Fault::UnknownChoice),
                "{text}"
            );
        }
    }

    #[test]
    fn a_second_click_turns_it_round() {
        let (name, age) = (
            Order::ascending(Column::Name),
            Order::descending(Column::Age),
        );
        assert_eq!(name.clicked(name), Order::descending(Column::Name));
        assert_eq!(name.clicked(name).clicked(name), name);
        assert_eq!(name.clicked(age), age);
        assert_eq!(age.clicked(age), Order::ascending(Column::Age));
    }
}
