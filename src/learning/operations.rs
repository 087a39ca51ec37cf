//! Rules and transactions of self-paced sessions.

mod author;
mod learner;
mod lesson;
mod place;

pub use self::{
    author::{add_step, update_step},
    learner::{Onward, answer, continue_step, finish},
    lesson::{Lesson, lesson},
    place::{delete_step, move_step},
};
