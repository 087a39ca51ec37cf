//! The rules as tables.

use super::{
    NoSeat::{Full, GroupFull, Reserved},
    *,
};

const NOBODY: Traits = Traits {
    institution: None,
    sector: None,
    department: None,
    sex: Sex::Unstated,
};

fn of(sector: Sector, sex: Sex) -> Traits {
    Traits {
        sector: Some(sector),
        sex,
        ..NOBODY
    }
}

fn policeman() -> Traits {
    of(Sector::Police, Sex::Male)
}

fn policewoman() -> Traits {
    of(Sector::Police, Sex::Female)
}

fn judge() -> Traits {
    of(Sector::Judiciary, Sex::Male)
}

fn quota(group: QuotaGroup, reserved: i64, at_most: Option<i64>) -> Quota {
    Quota {
        group,
        reserved,
        at_most,
    }
}

fn police(reserved: i64, at_most: Option<i64>) -> Quota {
    quota(QuotaGroup::Sector(Sector::Police), reserved, at_most)
}

fn women(reserved: i64, at_most: Option<i64>) -> Quota {
    quota(QuotaGroup::Sex(Sex::Female), reserved, at_most)
}

/// Seats, quotas, who is seated, who asks, the answer.
type Case<'a> = (
    Option<i64>,
    &'a [Quota],
    &'a [Traits],
    Traits,
    Result<(), NoSeat>,
);

fn check(cases: &[Case<'_>]) {
    for (seats, quotas, seated, who, expected) in cases {
        let taken: Vec<(Traits, i64)> = seated.iter().map(|one| (*one, 1)).collect();
        let seating = Seating::new(*seats, quotas.to_vec(), &taken);
        let found = seating.admits(who);
        assert_eq!(found, *expected, "{seats:?} {quotas:?} {seated:?} {who:?}");
    }
}

#[test]
fn the_most_a_group_may_take() {
    check(&[
        // Without quotas the seats alone count.
        (Some(1), &[], &[], NOBODY, Ok(())),
        (Some(1), &[], &[judge()], NOBODY, Err(Full)),
        (Some(0), &[], &[], NOBODY, Err(Full)),
        (None, &[], &[judge(), judge()], NOBODY, Ok(())),
        // The most a group may take; a quota of zero keeps it out, whatever is free.
        (Some(9), &[police(0, Some(1))], &[], policeman(), Ok(())),
        (
            Some(9),
            &[police(0, Some(1))],
            &[policeman()],
            policeman(),
            Err(GroupFull),
        ),
        (
            Some(9),
            &[police(0, Some(0))],
            &[],
            policeman(),
            Err(GroupFull),
        ),
        (
            None,
            &[police(0, Some(0))],
            &[],
            policeman(),
            Err(GroupFull),
        ),
        (Some(9), &[police(0, Some(0))], &[], judge(), Ok(())),
        (
            Some(1),
            &[police(0, Some(9))],
            &[judge()],
            policeman(),
            Err(Full),
        ),
    ]);
}

#[test]
fn seats_that_are_kept() {
    check(&[
        // Seats that are kept: others get what is left, to the last one.
        (Some(3), &[police(2, None)], &[], judge(), Ok(())),
        (
            Some(3),
            &[police(2, None)],
            &[judge()],
            judge(),
            Err(Reserved),
        ),
        (Some(3), &[police(2, None)], &[judge()], policeman(), Ok(())),
        (
            Some(3),
            &[police(2, None)],
            &[judge(), policeman()],
            policeman(),
            Ok(()),
        ),
        // Once the group has its seats, the rest is for whoever comes.
        (
            Some(3),
            &[police(2, None)],
            &[policeman(), policeman()],
            judge(),
            Ok(()),
        ),
        (
            Some(3),
            &[police(2, None)],
            &[policeman(), policeman()],
            policeman(),
            Ok(()),
        ),
        // More kept than free: whoever brings it nearer comes in, nobody else.
        (Some(2), &[police(2, None)], &[judge()], policeman(), Ok(())),
        (
            Some(2),
            &[police(2, None)],
            &[judge()],
            judge(),
            Err(Reserved),
        ),
    ]);
}

#[test]
fn groups_of_one_kind_and_of_two() {
    check(&[
        // Two groups of one kind add up.
        (
            Some(2),
            &[
                police(1, None),
                quota(QuotaGroup::Sector(Sector::Judiciary), 1, None),
            ],
            &[],
            of(Sector::Press, Sex::Male),
            Err(Reserved),
        ),
        (
            Some(3),
            &[
                police(1, None),
                quota(QuotaGroup::Sector(Sector::Judiciary), 1, None),
            ],
            &[],
            of(Sector::Press, Sex::Male),
            Ok(()),
        ),
        // One person counts in two kinds: one seat is kept for both.
        (
            Some(1),
            &[police(1, None), women(1, None)],
            &[],
            policewoman(),
            Ok(()),
        ),
        (
            Some(1),
            &[police(1, None), women(1, None)],
            &[],
            policeman(),
            Err(Reserved),
        ),
        (
            Some(2),
            &[police(1, None), women(1, None)],
            &[],
            policeman(),
            Ok(()),
        ),
        (
            Some(2),
            &[police(1, None), women(1, None)],
            &[],
            judge(),
            Ok(()),
        ),
        (
            Some(2),
            &[police(1, None), women(1, None)],
            &[judge()],
            policewoman(),
            Ok(()),
        ),
        (
            Some(2),
            &[police(2, None), women(2, None)],
            &[],
            policeman(),
            Err(Reserved),
        ),
        (
            Some(2),
            &[police(2, None), women(2, None)],
            &[],
            policewoman(),
            Ok(()),
        ),
    ]);
}

#[test]
fn whose_turn_it_is() {
    // seats, quotas, who waits in their order, the places in the order in which they are called
    type Case<'a> = (i64, &'a [Quota], &'a [Traits], &'a [usize]);
    let cases: &[Case<'_>] = &[
        (2, &[], &[judge(), policeman(), judge()], &[0, 1]),
        (0, &[police(1, None)], &[policeman()], &[]),
        // Quota first, then time.
        (
            2,
            &[police(1, None)],
            &[judge(), judge(), policeman()],
            &[2, 0],
        ),
        (
            1,
            &[police(1, None)],
            &[judge(), policeman(), policeman()],
            &[1],
        ),
        // Kept seats stay empty when nobody of the group waits.
        (2, &[police(1, None)], &[judge(), judge()], &[0]),
        // Who may take no more is passed over and keeps their place.
        (
            3,
            &[police(0, Some(1))],
            &[policeman(), policeman(), judge()],
            &[0, 2],
        ),
        (3, &[police(0, Some(0))], &[policeman(), judge()], &[1]),
        (
            2,
            &[police(1, None), women(1, None)],
            &[judge(), policeman(), policewoman()],
            &[2, 0],
        ),
    ];
    for (seats, quotas, waiting, expected) in cases {
        let mut seating = Seating::new(Some(*seats), quotas.to_vec(), &[]);
        let mut left: Vec<usize> = (0..waiting.len()).collect();
        let mut called = Vec::new();
        while let Some(place) = seating.next(left.iter().map(|&one| waiting[one])) {
            let one = left.remove(place);
            seating.seat(&waiting[one]);
            called.push(one);
        }
        assert_eq!(called, *expected, "{seats} {quotas:?} {waiting:?}");
    }
}

#[test]
fn a_group_is_whoever_has_its_trait() {
    let who = Traits {
        institution: Some(InstitutionId::new(7)),
        sector: Some(Sector::Press),
        department: Some("16".parse().expect("Loreto")),
        sex: Sex::Male,
    };
    let groups = [
        (QuotaGroup::Institution(InstitutionId::new(7)), true),
        (QuotaGroup::Institution(InstitutionId::new(8)), false),
        (QuotaGroup::Sector(Sector::Press), true),
        (QuotaGroup::Sector(Sector::Police), false),
        (QuotaGroup::Department("16".parse().expect("Loreto")), true),
        (
            QuotaGroup::Department("17".parse().expect("Madre de Dios")),
            false,
        ),
        (QuotaGroup::Sex(Sex::Male), true),
        (QuotaGroup::Sex(Sex::Female), false),
    ];
    for (group, expected) in groups {
        assert_eq!(group.includes(&who), expected, "{group:?}");
    }
    // Who serves nowhere is of no sector and no department.
    assert!(!QuotaGroup::Sector(Sector::Other).includes(&NOBODY));
}

#[test]
fn what_is_typed() {
    let field = |field: &str, fault| Err(AppError::field(field, fault));
    let range = |min| Fault::OutOfRange {
        min,
        max: MAX_SEATS,
    };
    let cases = [
        ("sector:police", "2", "", Ok(police(2, None))),
        ("sector:police", "", "0", Ok(police(0, Some(0)))),
        ("sector:police", "0", "5", Ok(police(0, Some(5)))),
        ("sector:police", "3", "3", Ok(police(3, Some(3)))),
        ("sex:f", "1", "", Ok(women(1, None))),
        (
            "institution:7",
            "1",
            "",
            Ok(quota(
                QuotaGroup::Institution(InstitutionId::new(7)),
                1,
                None,
            )),
        ),
        ("sector:police", "3", "2", field("at_most", range(3))),
        ("sector:police", "-1", "", field("reserved", range(0))),
        ("sector:police", "", "", field("reserved", Fault::Missing)),
        ("sector:police", "0", "", field("reserved", Fault::Missing)),
        (
            "sector:police",
            "dos",
            "",
            field("reserved", Fault::NotANumber),
        ),
        ("", "1", "", field("group", Fault::Missing)),
        ("police", "1", "", field("group", Fault::UnknownChoice)),
        ("sector:", "1", "", field("group", Fault::UnknownChoice)),
        (
            "sector:nobody",
            "1",
            "",
            field("group", Fault::UnknownChoice),
        ),
        (
            "institution:-7",
            "1",
            "",
            field("group", Fault::UnknownChoice),
        ),
    ];
    for (group, reserved, at_most, expected) in cases {
        let found = Quota::parse(group, reserved, at_most);
        assert_eq!(found, expected, "{group} {reserved} {at_most}");
        if let Ok(quota) = found {
            assert_eq!(quota.group.to_string().parse(), Ok(quota.group));
        }
    }
}
