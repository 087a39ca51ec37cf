//! Pages of accounts.

mod my_account;
mod passwords;
mod register;
mod sign_in;

pub use self::{
    my_account::MyAccountPage,
    passwords::{ForgottenPasswordPage, SetPasswordPage},
    register::RegisterPage,
    sign_in::SignInPage,
};
