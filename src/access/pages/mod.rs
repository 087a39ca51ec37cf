//! Pages of accounts.

mod sign_in;

pub use self::sign_in::SignInPage;
