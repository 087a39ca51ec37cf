use super::*;

fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).expect("a time")
}

fn account(number: i64) -> Holder {
    Holder {
        account: Some((AccountId::new(number), SignInId::new(number * 10))),
        visit: None,
        network: "127.0.0.1".into(),
    }
}

fn stranger(visit: u8, network: &str) -> Holder {
    Holder {
        account: None,
        visit: Some([visit; 32]),
        network: network.into(),
    }
}

fn form(letters: usize) -> Refused {
    Refused {
        action: "/api/a/b".into(),
        values: Some(vec![("name".into(), "a".repeat(letters))]),
        error: AppError::NotFound,
    }
}

fn bytes(store: &KeptStore) -> usize {
    store.entries().iter().map(|entry| entry.size).sum()
}

#[test]
fn notices_are_shown_once_and_drafts_grow_old() {
    let store = KeptStore::default();
    let (now, ana) = (start(), account(1));
    let notice = store.keep_notice("hecho".into(), ana.clone(), now);
    assert_eq!(store.take_notice(&notice).as_deref(), Some("hecho"));
    assert_eq!(store.take_notice(&notice), None);

    let draft = store.keep_refused(form(1), ana.clone(), now);
    assert_eq!(store.take_notice(&draft), None);
    let after = |minutes| store.refused(&draft, &ana, now + Duration::minutes(minutes));
    assert!(after(59).is_some());
    assert!(after(60).is_none());
    let visitor = stranger(1, "127.0.0.1");
    let draft = store.keep_refused(form(1), visitor.clone(), now);
    let after = |minutes| store.refused(&draft, &visitor, now + Duration::minutes(minutes));
    assert!(after(9).is_some());
    assert!(after(10).is_none());
}

#[test]
fn a_draft_is_for_whoever_typed_it() {
    let store = KeptStore::default();
    let now = start();
    let of_ana = store.keep_refused(form(1), account(1), now);
    let of_visitor = store.keep_refused(form(1), stranger(7, "127.0.0.1"), now);
    let signed_in = Holder {
        visit: Some([7; 32]),
        ..account(2)
    };
    let nobody = Holder {
        visit: None,
        ..stranger(7, "127.0.0.1")
    };
    let readers = [
        (account(1), true, false),
        (account(2), false, false),
        (stranger(7, "127.0.0.1"), false, true),
        (stranger(8, "127.0.0.1"), false, false),
        (signed_in, false, true),
        (nobody.clone(), false, false),
    ];
    for (reader, anas, visitors) in readers {
        let reads = |key| store.refused(key, &reader, now).is_some();
        assert_eq!(
            (reads(&of_ana), reads(&of_visitor)),
            (anas, visitors),
            "{reader:?}"
        );
    }
    let unbound = store.keep_refused(form(1), nobody.clone(), now);
    assert!(store.refused(&unbound, &nobody, now).is_none());
    store.drop_of(SignInId::new(10));
    assert!(store.refused(&of_ana, &account(1), now).is_none());
}

#[test]
fn too_much_is_not_kept_but_the_refusal_is() {
    let store = KeptStore::default();
    let now = start();
    for (holder, fits) in [(account(1), 60_000), (stranger(1, "a"), 7_000)] {
        let kept = |letters| {
            let key = store.keep_refused(form(letters), holder.clone(), now);
            let refused = store.refused(&key, &holder, now).expect("the refusal");
            refused.values.is_some()
        };
        assert!(kept(fits));
        assert!(!kept(fits + 10_000));
    }
}

#[test]
fn the_store_stays_bounded_in_bytes() {
    let store = KeptStore::default();
    let now = start();
    let ana = account(1);
    let of_ana = store.keep_refused(form(1_000), ana.clone(), now);
    for number in 0..2_000 {
        let network = format!("network {number}");
        store.keep_refused(form(7_000), stranger(1, &network), now);
    }
    let left = store.refused(&of_ana, &ana, now);
    assert!(left.is_some(), "strangers push nobody out");
    assert!(bytes(&store) <= STRANGERS.all + 2_000);
    for number in 2..1_000 {
        store.keep_refused(form(60_000), account(number), now);
    }
    assert!(bytes(&store) <= STRANGERS.all + SIGNED_IN.all);
}

#[test]
fn nobody_takes_more_than_a_share() {
    let store = KeptStore::default();
    let now = start();
    let visitor = stranger(1, "here");
    let draft = store.keep_refused(form(1), visitor.clone(), now);
    let ana = account(1);
    let first = store.keep_refused(form(1), ana.clone(), now);
    for _ in 0..20 {
        store.keep_refused(form(1), ana.clone(), now);
        store.keep_notice("x".into(), account(2), now);
        for _ in 0..5 {
            store.keep_refused(form(1), stranger(2, "there"), now);
        }
    }
    assert!(store.refused(&first, &ana, now).is_none());
    assert!(store.refused(&draft, &visitor, now).is_some());
    assert_eq!(store.entries().len(), 1 + 20 + 20 + 40);
}
