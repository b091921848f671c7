//! Who asks the service.

use std::fmt;

use secrecy::SecretString;

/// An institution's user name and password. Never printed.
#[derive(Clone)]
pub struct Credentials {
    /// The user name; may hold any letter.
    pub username: String,
    /// The password.
    pub password: SecretString,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Credentials(…)")
    }
}
