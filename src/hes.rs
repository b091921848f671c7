//! The HES status service: what it says of a code, or why nothing is known.

mod base_url;
mod breaker;
mod credentials;
mod proxy;
mod service;
pub mod simulator;
mod wire;

use jiff::Timestamp;
use rustls::pki_types::CertificateDer;

pub use base_url::{BaseUrl, MINISTRY_LIVE_URL, MINISTRY_TEST_URL, NotABaseUrl};
pub use credentials::Credentials;
pub use proxy::{NotAProxyUrl, ProxyUrl};
pub use service::{BatchAnswer, BatchError, Heard, LARGEST_BATCH, Obstacle, Service, ServiceError};

/// What the service said of a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The code is known and this is its holder's status.
    Status(Status),
    /// There is no such code.
    NotFound,
    /// The code has expired.
    Expired,
}

/// The status of a code's holder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// Whether the holder is risky.
    pub health: HealthStatus,
    /// Until when the code is valid.
    pub valid_until: Timestamp,
    /// What the service shows of the holder's identity.
    pub holder: MaskedHolder,
    /// What the plus methods add.
    pub fields: HealthFields,
}

/// The health fields of the plus methods. What is missing, or is not exactly of the contract, is not shown:
/// `None`.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct HealthFields {
    /// Two doses were given.
    pub is_vaccinated: Option<bool>,
    /// The disease was had within the last six months.
    pub is_immune: Option<bool>,
    /// The holder shares test results.
    pub is_test_data_shared: Option<bool>,
    /// When the last PCR test that was negative was made.
    pub last_negative_test: Option<Timestamp>,
}

impl std::fmt::Debug for HealthFields {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("HealthFields(…)")
    }
}

/// The holder's health status as the service knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HealthStatus {
    /// `RISKLESS`
    Riskless,
    /// `RISKY`
    Risky,
}

/// The holder's identity as far as the service shows it, without stray blanks; a part that the answer
/// does not hold is `None`.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct MaskedHolder {
    /// Such as `DE****`.
    pub first_name: Option<String>,
    /// Such as `YI****`.
    pub last_name: Option<String>,
    /// Such as `********792`: the last three digits are visible.
    pub identity_number: Option<String>,
}

impl std::fmt::Debug for MaskedHolder {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("MaskedHolder(…)")
    }
}

/// Why nothing is known of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum QueryError {
    /// No connection came about, or it broke before an answer.
    #[error("the service could not be reached")]
    Unreachable,
    /// No whole answer came within the limit.
    #[error("the service did not answer in time")]
    TimedOut,
    /// HTTP 401 or 403.
    #[error("the service rejected the credentials")]
    CredentialsRejected,
    /// HTTP 429.
    #[error("the service was asked too often")]
    RateLimited,
    /// HTTP 500 to 599.
    #[error("the service failed")]
    ServiceFailed,
    /// Everything else that is no answer of the contract.
    #[error("the service's answer was not one of the contract")]
    UnexpectedAnswer,
}

/// Which of the service's methods is asked about a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// `check-visitor-hes-code`, which wants the entrance's place.
    #[default]
    Visitor,
    /// `check-employee-hes-code`
    Employee,
    /// `check-hes-code`, the older form
    General,
    /// `check-hes-code-plus`, with health fields
    Plus,
}

/// Where the entrance is; the visitor method sends it along.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Province, such as `Ankara`.
    pub city: String,
    /// District, such as `Çankaya`.
    pub district: String,
    /// The rest of the address.
    pub address: String,
    /// Latitude and longitude in degrees, where the site gives them.
    pub location: Option<(f64, f64)>,
}

impl Place {
    /// What is known of it, in one line.
    pub fn words(&self) -> String {
        let location = self.location.map(|(latitude, longitude)| format!("{latitude}, {longitude}"));
        let parts = [&self.city, &self.district, &self.address].into_iter().chain(&location);
        parts.filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(", ")
    }
}

/// Where the service is, and who asks.
#[derive(Debug, Clone)]
pub struct Endpoint {
    /// The service's base address.
    pub url: BaseUrl,
    /// Who asks.
    pub credentials: Credentials,
    /// The only roots of trust for the service's certificate; where there are none, the system's are.
    pub authorities: Vec<CertificateDer<'static>>,
    /// The proxy that an encrypted service is reached through. The environment's are never used.
    pub proxy: Option<ProxyUrl>,
}

/// How the service is asked.
#[derive(Debug, Clone)]
pub struct Query {
    /// Which method is asked.
    pub method: Method,
    /// Where the entrance is.
    pub place: Place,
    /// The limit of one whole query, a second try included.
    pub timeout: std::time::Duration,
}
