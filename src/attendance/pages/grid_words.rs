//! All words of the grid, gathered for the island in the language of the request.

use crate::{
    attendance::{
        MarkStatus,
        grid::{GridWords, Plural, StatusWord},
        words,
    },
    t,
};

/// The words of the grid.
pub(super) fn grid_words() -> GridWords {
    GridWords {
        label: t!(attendance.grid.label),
        person: t!(attendance.grid.person),
        share: t!(attendance.grid.share),
        attended: t!(attendance.grid.attended),
        reached: t!(attendance.grid.reached),
        open: t!(attendance.grid.open),
        short: t!(attendance.grid.short),
        take: t!(attendance.grid.take),
        take_of: t!(attendance.grid.take_of, session = "{session}"),
        excuse: t!(attendance.limit.excuse),
        excuse_of: t!(attendance.limit.excuse_of, session = "{session}"),
        rest_present: t!(attendance.grid.rest_present),
        rest_present_of: t!(attendance.grid.rest_present_of, session = "{session}"),
        search: t!(attendance.grid.search),
        undo: t!(attendance.grid.undo),
        refresh: t!(attendance.grid.refresh),
        keys: t!(attendance.grid.keys),
        keys_move: t!(attendance.grid.keys_move),
        minutes_of: t!(attendance.grid.minutes_of, max = "{max}"),
        minutes_bad: t!(attendance.grid.minutes_bad, max = "{max}"),
        set_minutes: t!(attendance.grid.set_minutes),
        history: t!(attendance.grid.history),
        conflict: t!(attendance.grid.conflict),
        all_saved: t!(attendance.grid.all_saved),
        marks_are_saved: t!(attendance.grid.marks_are_saved),
        saving: Plural {
            one: t!(attendance.grid.saving.one, n = "{n}"),
            many: t!(attendance.grid.saving.many, n = "{n}"),
        },
        waiting: Plural {
            one: t!(attendance.grid.waiting.one, n = "{n}"),
            many: t!(attendance.grid.waiting.many, n = "{n}"),
        },
        retry: t!(attendance.grid.retry),
        by_others: Plural {
            one: t!(attendance.grid.by_others.one, n = "{n}"),
            many: t!(attendance.grid.by_others.many, n = "{n}"),
        },
        refused: t!(attendance.grid.refused),
        refused_closed: t!(attendance.grid.refused_closed),
        refused_not_begun: t!(attendance.grid.refused_not_begun),
        refused_not_taking_part: t!(attendance.grid.refused_not_taking_part),
        refused_sign_in: t!(attendance.grid.refused_sign_in),
        refused_forbidden: t!(attendance.grid.refused_forbidden),
        undone: t!(attendance.grid.undone),
        not_undone: Plural {
            one: t!(attendance.grid.not_undone.one, n = "{n}"),
            many: t!(attendance.grid.not_undone.many, n = "{n}"),
        },
        said: t!(
            attendance.grid.said,
            person = "{person}",
            session = "{session}",
            what = "{what}"
        ),
        cell_minutes: t!(attendance.grid.cell_minutes, n = "{n}"),
        statuses: MarkStatus::ALL.iter().copied().map(status_word).collect(),
    }
}

fn status_word(status: MarkStatus) -> StatusWord {
    let key = match status {
        MarkStatus::Present => t!(attendance.grid.key_present),
        MarkStatus::Late => t!(attendance.grid.key_late),
        MarkStatus::Partial => t!(attendance.grid.key_partial),
        MarkStatus::Excused => t!(attendance.grid.key_excused),
        MarkStatus::Absent => t!(attendance.grid.key_absent),
        MarkStatus::NotTaken => String::new(),
    };
    StatusWord {
        status,
        word: words::status(status),
        key,
    }
}
