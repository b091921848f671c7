//! What stands between this machine and a service that cannot be reached, for whoever is to mend it.

use std::error::Error;
use std::io::{self, ErrorKind};
use std::sync::Arc;
use std::time::Duration;

use rustls::CertificateError;
use tokio::net::lookup_host;

use super::{Afterwards, Exchange, Service, causes};

/// A name that is not found in this time is not found.
const NAME_LIMIT: Duration = Duration::from_secs(8);

/// What stands in the way, as far as it can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Obstacle {
    /// Nobody knows the address of the service's name, or of the proxy's.
    NameUnknown,
    /// Nobody listens at the address.
    Refused,
    /// The certificate's time is over, by this machine's clock.
    CertificateExpired,
    /// The certificate's time has not begun, by this machine's clock.
    CertificateNotYetValid,
    /// The certificate is for another name.
    CertificateOfAnotherName,
    /// Nobody who is trusted here gave the certificate, or it is damaged.
    CertificateUntrusted,
    /// Whoever listens at the address speaks no TLS.
    NoTls,
    /// Something else, or it is gone by now.
    Unknown,
}

impl Obstacle {
    fn of(error: &reqwest::Error) -> Self {
        let told = causes(error).map(innermost).find_map(|cause| match cause.downcast_ref() {
            Some(rustls::Error::InvalidCertificate(wrong)) => Some(Self::of_certificate(wrong)),
            Some(rustls::Error::InvalidMessage(_)) => Some(Self::NoTls),
            _ => {
                let system = cause.downcast_ref::<io::Error>();
                system
                    .is_some_and(|error| error.kind() == ErrorKind::ConnectionRefused)
                    .then_some(Self::Refused)
            }
        });
        told.unwrap_or(Self::Unknown)
    }

    fn of_certificate(wrong: &CertificateError) -> Self {
        match wrong {
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => Self::CertificateExpired,
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
                Self::CertificateNotYetValid
            }
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                Self::CertificateOfAnotherName
            }
            _ => Self::CertificateUntrusted,
        }
    }
}

/// What an error of input and output wraps, which is not among its causes; several of them may lie around it.
fn innermost<'error>(mut error: &'error (dyn Error + 'static)) -> &'error (dyn Error + 'static) {
    while let Some(inner) = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        error = inner;
    }
    error
}

impl Service {
    /// Looks for what stands in the way of a service that was not reached, by the same question that is about nobody.
    /// Ends within the limit of a question, and that of a name.
    pub async fn obstacle(&self) -> Obstacle {
        let exchange = Arc::clone(&self.exchange);
        let looked = self.within(NAME_LIMIT, async move {
            // Somebody may hold the name for known who has no address for it.
            let found = lookup_host(&exchange.first_stop).await;
            Ok(found.is_ok_and(|mut addresses| addresses.next().is_some()))
        });
        if looked.await != Ok(true) {
            return Obstacle::NameUnknown;
        }
        let exchange = Arc::clone(&self.exchange);
        let sent = self.within(self.query.timeout, async move { Ok(exchange.obstacle().await) });
        sent.await.unwrap_or(Obstacle::Unknown)
    }
}

impl Exchange {
    async fn obstacle(&self) -> Obstacle {
        match self.send(&self.client, &self.url, "{}", Afterwards::Close).await {
            Ok(_) => Obstacle::Unknown,
            Err(error) => Obstacle::of(&error),
        }
    }
}
