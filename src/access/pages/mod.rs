//! Pages of accounts.

mod finish_registration;
mod my_account;
mod passwords;
mod register;
mod sign_in;

pub use self::{
    finish_registration::{FinishRegistrationPage, RegistrationSentPage},
    my_account::MyAccountPage,
    passwords::{ForgottenPasswordPage, SetPasswordPage},
    register::RegisterPage,
    sign_in::SignInPage,
};
