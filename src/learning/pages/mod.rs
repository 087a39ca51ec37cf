//! Pages of self-paced sessions.

mod edit;
mod form;
mod frame;
mod learn;
mod learn_step;
mod onward;
mod progress;
mod step_list;
mod step_view;
mod steps;

pub use self::{
    edit::{EditStepPage, NewStepPage},
    learn::LearnPage,
    learn_step::LearnStepPage,
    progress::SessionProgressPage,
    steps::SessionStepsPage,
};
