//! What is not told where totals are to be shared outside: a number of a few people says who they are
//! to whoever knows them.
//!
//! - A group in which fewer than [`FEWEST`] people (but not none) are enrolled, took part or were
//!   trained is withheld whole. In any other, fewer documents than that are.
//! - Whoever takes what is told from the grand total has the sum of what is withheld. While that sum
//!   is under twice [`FEWEST`], the smallest group that is still told is withheld as well.
//! - The grand total is counted as ever. It is withheld only where it is itself of a few.
//!
//! One table does not know what another tells: totals of two filters that differ by one person give
//! that person away. Whoever shares several has to mind that; the page says so.

use super::model::{Figures, Told, Totals, TotalsRow};

/// From how many people on a figure is told.
pub(super) const FEWEST: i64 = 5;

/// What stands in the place of a figure that is withheld, in both files and on the page.
pub(super) const WITHHELD_CELL: &str = "*";

/// The columns that count people: enrolments, participations, unique people.
const PEOPLE: [usize; 3] = [0, 2, Figures::UNIQUE_PEOPLE];

/// The columns that count documents: constancias, certificados.
const DOCUMENTS: [usize; 2] = [5, 6];

/// A group's figures; one that is withheld is marked and still there to be added up.
#[derive(Clone, Copy)]
struct Line {
    figures: [i64; 7],
    withheld: [bool; 7],
}

/// What is told of what was counted: all of it, or all but figures of a few people.
pub(super) fn told(totals: Totals<Figures>, withholds_small: bool) -> Totals<Told> {
    let mut rows: Vec<Line> = totals.rows.iter().map(|row| line(&row.figures)).collect();
    let mut total = line(&totals.total);
    if withholds_small {
        rows.iter_mut().for_each(withhold_few);
        withhold_few(&mut total);
        for column in PEOPLE {
            withhold_others(&mut rows, column, |row| row.withheld = [true; 7]);
        }
        for column in DOCUMENTS {
            withhold_others(&mut rows, column, |row| row.withheld[column] = true);
        }
    }
    let tell = |line: &Line, counted: &Figures| Told {
        columns: std::array::from_fn(|at| (!line.withheld[at]).then_some(line.figures[at])),
        unnamed: counted.unnamed,
    };
    let grand_total = tell(&total, &totals.total);
    let told_rows = totals.rows.into_iter().zip(&rows);
    let told_rows = told_rows.map(|(row, line)| TotalsRow {
        figures: tell(line, &row.figures),
        groups: row.groups,
    });
    Totals {
        rows: told_rows.collect(),
        total: grand_total,
        academic_minutes: totals.academic_minutes,
    }
}

fn line(figures: &Figures) -> Line {
    Line {
        figures: figures.columns(),
        withheld: [false; 7],
    }
}

/// Withholds what is of a few.
fn withhold_few(line: &mut Line) {
    let is_few = |column: &usize| (1..FEWEST).contains(&line.figures[*column]);
    if PEOPLE.iter().any(is_few) {
        line.withheld = [true; 7];
    } else {
        for column in DOCUMENTS.into_iter().filter(is_few) {
            line.withheld[column] = true;
        }
    }
}

/// Withholds further groups while the sum of those that are withheld gives one of them away.
fn withhold_others(rows: &mut [Line], column: usize, withhold: impl Fn(&mut Line)) {
    while gives_away(rows, column) {
        let told = rows
            .iter_mut()
            .filter(|row| !row.withheld[column] && row.figures[column] > 0);
        let Some(smallest) = told.min_by_key(|row| row.figures[column]) else {
            return;
        };
        withhold(smallest);
    }
}

fn gives_away(rows: &[Line], column: usize) -> bool {
    let withheld = rows.iter().filter(|row| row.withheld[column]);
    let sum: i64 = withheld.map(|row| row.figures[column]).sum();
    (1..2 * FEWEST).contains(&sum)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Of a group of which all were enrolled and came once, an hour each.
    fn people(count: i64, documents: i64) -> Figures {
        Figures {
            enrolments: count,
            attendances: count,
            participations: count,
            unique_people: count,
            person_hours_tenths: count * 10,
            constancias: documents,
            certificados: 0,
            unnamed: 0,
        }
    }

    /// The totals of groups that share nobody, and what is told of them.
    fn shared(groups: &[(i64, i64)]) -> Totals<Told> {
        let rows = groups.iter().map(|&(count, documents)| TotalsRow {
            groups: Vec::new(),
            figures: people(count, documents),
        });
        let sum = |of: fn(&(i64, i64)) -> i64| groups.iter().map(of).sum();
        let counted = Totals {
            rows: rows.collect(),
            total: people(sum(|group| group.0), sum(|group| group.1)),
            academic_minutes: 45,
        };
        told(counted, true)
    }

    /// Which rows tell their people, and which their constancias.
    fn telling(totals: &Totals<Told>) -> (Vec<bool>, Vec<bool>) {
        let column = |at: usize| {
            let rows = totals.rows.iter();
            rows.map(|row| row.figures.columns[at].is_some()).collect()
        };
        (column(Figures::UNIQUE_PEOPLE), column(5))
    }

    #[test]
    fn a_few_are_withheld_with_what_would_give_them_away() {
        let cases: [(&[i64], &[bool]); 9] = [
            (&[5, 40], &[true, true]),
            // Four are few; the other group goes with them, or one subtraction tells.
            (&[4, 40], &[false, false]),
            (&[4, 40, 12], &[false, true, false]),
            // None is no few.
            (&[0, 40], &[true, true]),
            // Ten could be four and six as well; of less than ten too little is left to guess.
            (&[1, 9, 40], &[false, false, true]),
            (&[1, 8, 40], &[false, false, false]),
            // Two groups of a few that make eight can only be of four each.
            (&[4, 4, 30, 20], &[false, false, true, false]),
            (&[4, 4, 4, 20], &[false, false, false, true]),
            (&[3], &[false]),
        ];
        for (groups, expected) in cases {
            let groups: Vec<_> = groups.iter().map(|&count| (count, 0)).collect();
            assert_eq!(telling(&shared(&groups)).0, expected, "{groups:?}");
        }
    }

    #[test]
    fn a_few_documents_are_withheld_alone() {
        let totals = shared(&[(40, 2), (30, 20), (20, 9), (20, 0)]);
        let (people, constancias) = telling(&totals);
        assert_eq!(people, [true; 4]);
        assert_eq!(constancias, [false, true, false, true]);
        assert_eq!(totals.total.columns[5], Some(31));
    }

    #[test]
    fn a_row_of_a_few_tells_nothing_at_all() {
        let totals = shared(&[(4, 1), (30, 30), (40, 40)]);
        assert_eq!(totals.rows[0].figures.columns, [None; 7]);
        assert_eq!(
            totals.rows[2].figures.columns,
            people(40, 40).told().columns
        );
    }

    #[test]
    fn a_total_of_a_few_is_withheld() {
        assert_eq!(shared(&[(3, 0)]).total.columns, [None; 7]);
        assert_eq!(shared(&[(3, 0), (2, 0)]).total, people(5, 0).told());
    }

    #[test]
    fn everything_is_told_inside() {
        let counted = Totals {
            rows: vec![TotalsRow {
                groups: Vec::new(),
                figures: people(1, 1),
            }],
            total: people(1, 1),
            academic_minutes: 45,
        };
        let inside = told(counted, false);
        assert_eq!(inside.rows[0].figures, people(1, 1).told());
        assert_eq!(inside.total, people(1, 1).told());
    }

    proptest! {
        /// No few is told; and whoever subtracts what is told from the total has a sum that is of
        /// nobody, of many, or of everybody there is.
        #[test]
        fn nothing_told_is_of_a_few(groups in prop::collection::vec((0_i64..30, 0_i64..30), 0..12)) {
            let totals = shared(&groups);
            let lines = totals.rows.iter().map(|row| &row.figures).chain([&totals.total]);
            for column in PEOPLE.into_iter().chain(DOCUMENTS) {
                for told in lines.clone().filter_map(|figures| figures.columns[column]) {
                    prop_assert!(told == 0 || told >= FEWEST);
                }
                let Some(total) = totals.total.columns[column] else { continue };
                let told: Vec<i64> = totals.rows.iter()
                    .filter_map(|row| row.figures.columns[column])
                    .collect();
                let left = total - told.iter().sum::<i64>();
                let all_is_left = told.iter().all(|told| *told == 0);
                prop_assert!(left == 0 || left >= 2 * FEWEST || all_is_left, "{left}");
            }
        }
    }
}
