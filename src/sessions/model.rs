//! Sessions: ids.

use crate::values::id;

id! {
    /// One meeting or one self-paced unit of an edition. Never a login: that is a sign-in.
    SessionId
}
