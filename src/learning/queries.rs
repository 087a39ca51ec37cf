//! All SQL of self-paced sessions.

mod author;
mod file;
mod learner;
mod mine;
mod own_data;
mod progress;
mod unit;

pub use self::mine::{InProgress, in_progress};
pub(crate) use self::own_data::own_data;
pub(super) use self::{
    author::{
        AuthorStep, NewRow, author_steps, delete_step, insert_step, is_done_by_anyone,
        last_position, order, record, set_options, set_position, update_step,
    },
    file::{StoredFile, content, delete_unused, file, insert_file, users},
    learner::{
        OptionRow, StepLine, StepRow, enrolment_in, finished_sessions, insert_done, is_credited,
        options, step, steps,
    },
    progress::{ProgressCounts, ProgressRow, counts, place_in_list, progress},
    unit::unit,
};
