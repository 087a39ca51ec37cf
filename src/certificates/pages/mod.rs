//! Pages of certificates.

mod due;
mod edition;
mod issued;
mod lost;
mod mine;
mod missing;
mod verify;

pub use self::{
    edition::EditionCertificatesPage,
    mine::MyCertificatesPage,
    verify::{VerifyCodePage, VerifyPage},
};
