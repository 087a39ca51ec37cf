//! Where somebody's vetting stands.

use crate::values::choice;

choice! {
    /// Where somebody's vetting for a program stands. Who is not concerned has none.
    ///
    /// Any step may follow any other: a funder asks for more papers, withdraws what it said, or
    /// answers at once.
    VettingState {
        /// Their data must still go to the funder.
        ToSubmit => "to_submit",
        /// The funder has them, and has not answered.
        Submitted => "submitted",
        /// The funder agrees, until a day.
        Cleared => "cleared",
        /// The funder does not agree.
        Denied => "denied",
    }
}
