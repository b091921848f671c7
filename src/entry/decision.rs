//! The decision on a visit and the words for it.

use crate::hes::QueryError;

/// What the kiosk decided of a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Decision {
    /// Green: the service proved it for exactly this code.
    Admit,
    /// Green: a named person at the desk said so, and that is recorded.
    AdmitByDesk,
    /// Red: the service said something of this code that the site does not admit, or a person at the desk refused.
    Refuse(Reason),
    /// Amber: nothing is known; a person at the desk decides.
    Unverified(Cause),
    /// Blue: whoever was inside leaves, and nobody is asked about that.
    CheckOut,
}

/// Why a visitor is refused. Bystanders never learn it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// The holder is risky.
    Risky,
    /// The service knows no such code.
    CodeNotFound,
    /// The code has expired.
    CodeExpired,
    /// The site admits protected visitors, and nothing shows that the holder is.
    NotProtected,
    /// Whoever showed the code does not know its holder's identity number.
    IdentityMismatch,
    /// The service refused the code in bulk, not long ago, and does not answer now.
    Held,
    /// A named person at the desk said so.
    Desk,
}

/// Why nothing is known of a visitor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cause {
    /// No connection came about, or it broke before an answer.
    Unreachable,
    /// No whole answer came within the limit.
    TimedOut,
    /// The service does not accept the institution's credentials.
    CredentialsRejected,
    /// The service was asked too often.
    RateLimited,
    /// The service said that it failed.
    ServiceFailed,
    /// What came is no answer of the contract.
    UnexpectedAnswer,
    /// The service answered, but what follows depends on the time, and the clock may be wrong.
    ClockDoubt,
    /// The visitor has no code.
    NoCode,
    /// The last digits of the identity number were not given, or there is nothing to compare them with.
    IdentityNotGiven,
    /// The visitor left before anybody at the desk decided.
    Left,
    /// No service is asked here, and nobody said what the Ministry's app or e-Devlet says of the code.
    NotLookedUp,
}

impl From<QueryError> for Cause {
    fn from(error: QueryError) -> Self {
        match error {
            QueryError::Unreachable => Self::Unreachable,
            QueryError::TimedOut => Self::TimedOut,
            QueryError::CredentialsRejected => Self::CredentialsRejected,
            QueryError::RateLimited => Self::RateLimited,
            QueryError::ServiceFailed => Self::ServiceFailed,
            QueryError::UnexpectedAnswer => Self::UnexpectedAnswer,
        }
    }
}

impl Decision {
    /// Each decision there is.
    pub const ALL: [Self; 21] = [
        Self::Admit,
        Self::AdmitByDesk,
        Self::Refuse(Reason::Risky),
        Self::Refuse(Reason::CodeNotFound),
        Self::Refuse(Reason::CodeExpired),
        Self::Refuse(Reason::NotProtected),
        Self::Refuse(Reason::IdentityMismatch),
        Self::Refuse(Reason::Held),
        Self::Refuse(Reason::Desk),
        Self::Unverified(Cause::Unreachable),
        Self::Unverified(Cause::TimedOut),
        Self::Unverified(Cause::CredentialsRejected),
        Self::Unverified(Cause::RateLimited),
        Self::Unverified(Cause::ServiceFailed),
        Self::Unverified(Cause::UnexpectedAnswer),
        Self::Unverified(Cause::ClockDoubt),
        Self::Unverified(Cause::NoCode),
        Self::Unverified(Cause::IdentityNotGiven),
        Self::Unverified(Cause::Left),
        Self::Unverified(Cause::NotLookedUp),
        Self::CheckOut,
    ];

    /// Whether the visitor may enter.
    pub fn admits(self) -> bool {
        match self {
            Self::Admit | Self::AdmitByDesk => true,
            Self::Refuse(_) | Self::Unverified(_) | Self::CheckOut => false,
        }
    }

    /// The word for the decision in the log and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Admit | Self::AdmitByDesk => "admit",
            Self::Refuse(_) => "refuse",
            Self::Unverified(_) => "unverified",
            Self::CheckOut => "check_out",
        }
    }

    /// The word for what the decision rests on in the log and in JSON.
    pub fn reason_name(self) -> &'static str {
        match self {
            Self::Admit => "riskless",
            Self::Refuse(Reason::Risky) => "risky",
            Self::Refuse(Reason::CodeNotFound) => "code_not_found",
            Self::Refuse(Reason::CodeExpired) => "code_expired",
            Self::Refuse(Reason::NotProtected) => "not_protected",
            Self::Refuse(Reason::IdentityMismatch) => "identity_mismatch",
            Self::Refuse(Reason::Held) => "held",
            Self::AdmitByDesk | Self::Refuse(Reason::Desk) => "desk",
            Self::Unverified(Cause::Unreachable) => "unreachable",
            Self::Unverified(Cause::TimedOut) => "timed_out",
            Self::Unverified(Cause::CredentialsRejected) => "credentials_rejected",
            Self::Unverified(Cause::RateLimited) => "rate_limited",
            Self::Unverified(Cause::ServiceFailed) => "service_failed",
            Self::Unverified(Cause::UnexpectedAnswer) => "unexpected_answer",
            Self::Unverified(Cause::ClockDoubt) => "clock_doubt",
            Self::Unverified(Cause::NoCode) => "no_code",
            Self::Unverified(Cause::IdentityNotGiven) => "identity_not_given",
            Self::Unverified(Cause::Left) => "left",
            Self::Unverified(Cause::NotLookedUp) => "not_looked_up",
            Self::CheckOut => "checked_out",
        }
    }

    /// The decision that is written as `name` and `reason_name`.
    pub fn from_names(name: &str, reason_name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|decision| decision.name() == name && decision.reason_name() == reason_name)
    }
}
