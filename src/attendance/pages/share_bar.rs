//! A share of attendance as a bar, in words that fit the day.

use leptos::prelude::*;

use crate::{
    attendance::{Outlook, Share},
    t,
    ui::{ShareBar, ShareState, number, time},
};

/// The bar of a share.
pub fn share_bar(share: Share, min_share_permille: i64) -> AnyView {
    let state = match share.outlook(min_share_permille) {
        Outlook::Reached => ShareState::Reached,
        Outlook::Open => ShareState::Open(t!(
            attendance.so_far,
            attended = time::duration(share.attended),
            planned = time::duration(share.planned)
        )),
        Outlook::Short => ShareState::Short,
    };
    let minimum = number::float(min_share_permille) / 1000.0;
    view! { <ShareBar share=share.ratio() minimum=minimum state=state /> }.into_any()
}
