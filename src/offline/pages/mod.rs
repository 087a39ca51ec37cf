//! Pages of attendance without a connection.

mod phones;
mod queue;
mod session;
mod shell;

pub use self::{
    phones::own_phones, queue::OfflineMarksPage, queue::waiting_marks, session::SessionOfflinePage,
    shell::OfflinePage,
};
