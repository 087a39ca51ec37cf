//! Pages of programs, courses and editions.

mod catalogue;
mod course;
mod course_forms;
mod edition_forms;
mod frame;
mod help;
mod parts;
mod privacy;
mod program;
mod program_forms;
mod programs;
mod public_home;

pub use self::{
    catalogue::CataloguePage,
    course::CoursePage,
    course_forms::{CourseEditPage, CourseNewPage},
    edition_forms::{EditionEditPage, EditionNewPage},
    frame::{EditionFrame, EditionTab},
    help::HelpPage,
    privacy::PrivacyPage,
    program::ProgramPage,
    program_forms::{ProgramEditPage, ProgramNewPage},
    programs::ProgramsPage,
    public_home::public_home,
};
pub(crate) use self::{
    course::{course_texts, prerequisites_fact},
    frame::{breadcrumbs, start_button},
    parts::{completion_rule, editions_table, whereabouts},
};
