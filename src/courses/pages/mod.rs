//! Pages of programs, courses and editions.

mod frame;

pub use self::frame::{EditionFrame, EditionTab};
