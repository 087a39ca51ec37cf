//! The first thing to read about rights: the whole policy as one table.

use std::fmt::Write as _;

use capacita::access::policy::{ActionKind, Decision, Relation, Role, decide};

/// A change here is a change of who may do what: read it before you accept it.
#[test]
fn who_may_do_what() {
    let mut table = format!("{:<19}{:<9}", "", "");
    for role in Role::ALL {
        write!(table, "{:<15}", format!("{role:?}")).expect("a String takes all");
    }
    for action in ActionKind::ALL {
        for relation in Relation::ALL {
            let (action_name, relation_name) = (format!("{action:?}"), format!("{relation:?}"));
            write!(table, "\n{action_name:<19}{relation_name:<9}").expect("a String takes all");
            for role in Role::ALL {
                let word = match decide(*role, *action, *relation) {
                    Decision::Allow => "allow",
                    Decision::Forbid => "403",
                    Decision::Hide => "404",
                };
                write!(table, "{word:<15}").expect("a String takes all");
            }
        }
    }
    let table: Vec<&str> = table.lines().map(str::trim_end).collect();
    insta::assert_snapshot!("policy", table.join("\n"));
}
