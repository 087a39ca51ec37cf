//! Accounts, roles and sign-ins: ids and choices.

use crate::values::{choice, id};

id! {
    /// The credential of a person.
    AccountId
}
id! {
    /// One device where an account is signed in.
    SignInId
}

choice! {
    /// A granted role. Facilitators follow from assignments, participants from having an account.
    GrantedRole {
        Administrator => "administrator",
        Manager => "manager",
        Coordinator => "coordinator",
    }
}

choice! {
    /// What a one-time link is for.
    LinkPurpose {
        Invitation => "invitation",
        PasswordReset => "password_reset",
    }
}
