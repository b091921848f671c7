//! Until when the service's certificate is valid, for whoever is to have it renewed.

use std::sync::Arc;

use jiff::Timestamp;
use reqwest::tls::TlsInfo;
use x509_parser::parse_x509_certificate;

use super::{Afterwards, Exchange, Service};

impl Service {
    /// Until when the certificate of the service is valid, by the question that is about nobody; `None` where it has none
    /// or nobody can tell.
    pub async fn certificate_end(&self) -> Option<Timestamp> {
        if self.exchange.url.scheme() != "https" {
            return None;
        }
        let exchange = Arc::clone(&self.exchange);
        let sent = self.within(self.query.timeout, async move { Ok(exchange.certificate_end().await) });
        sent.await.ok().flatten()
    }
}

impl Exchange {
    async fn certificate_end(&self) -> Option<Timestamp> {
        let response = self.send(&self.client, &self.url, "{}", Afterwards::Close).await.ok()?;
        end(response.extensions().get::<TlsInfo>()?.peer_certificate()?)
    }
}

/// The end of the validity of a certificate in DER form.
fn end(certificate: &[u8]) -> Option<Timestamp> {
    let (_, certificate) = parse_x509_certificate(certificate).ok()?;
    Timestamp::from_second(certificate.validity().not_after.timestamp()).ok()
}

#[cfg(test)]
mod tests {
    use rcgen::{CertificateParams, KeyPair, date_time_ymd};

    use super::*;

    #[test]
    fn a_certificate_tells_its_end_with_two_digits_of_the_year_and_with_four() {
        let key = KeyPair::generate().unwrap();
        for (year, ends) in [(2027, "2027-03-09T00:00:00Z"), (2051, "2051-03-09T00:00:00Z")] {
            let mut params = CertificateParams::new(["localhost".to_owned()]).unwrap();
            params.not_after = date_time_ymd(year, 3, 9);
            let certificate = params.self_signed(&key).unwrap();
            assert_eq!(end(certificate.der()), Some(ends.parse().unwrap()));
        }
    }

    #[test]
    fn what_is_no_certificate_tells_nothing() {
        let key = KeyPair::generate().unwrap();
        let certificate = CertificateParams::new([]).unwrap().self_signed(&key).unwrap();
        for length in 0..80 {
            assert_eq!(end(&certificate.der()[..length]), None);
        }
    }
}
