//! Until when the service's certificate is valid, for whoever is to have it renewed.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use reqwest::tls::TlsInfo;

use super::{Afterwards, Exchange, Service};

/// The tag of the version, which an old certificate does not tell.
const VERSION: u8 = 0xa0;

/// The tags of a time with two digits of the year and with four.
const SHORT_TIME: u8 = 0x17;
const LONG_TIME: u8 = 0x18;

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

/// The end of the validity of a certificate in DER form (RFC 5280, section 4.1).
fn end(certificate: &[u8]) -> Option<Timestamp> {
    let signed = Element::read(certificate)?;
    let mut field = Element::read(Element::read(signed.content)?.content)?;
    if field.tag == VERSION {
        field = field.next()?;
    }
    // The serial number, the algorithm, the issuer.
    let validity = field.next()?.next()?.next()?;
    let end = Element::read(validity.content)?.next()?;
    let text = std::str::from_utf8(end.content).ok()?;
    let century = match end.tag {
        SHORT_TIME if text < "5" => "20",
        SHORT_TIME => "19",
        LONG_TIME => "",
        _ => return None,
    };
    let time = DateTime::strptime("%Y%m%d%H%M%SZ", format!("{century}{text}")).ok()?;
    Some(time.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

/// A value of DER, and what follows it.
struct Element<'a> {
    tag: u8,
    content: &'a [u8],
    rest: &'a [u8],
}

impl<'a> Element<'a> {
    fn read(bytes: &'a [u8]) -> Option<Self> {
        let (&[tag, first], rest) = bytes.split_first_chunk::<2>()?;
        let (length, rest) = match first {
            0..=0x7f => (usize::from(first), rest),
            0x81..=0x83 => {
                let (digits, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
                (digits.iter().fold(0, |length, digit| length << 8 | usize::from(*digit)), rest)
            }
            _ => return None,
        };
        let (content, rest) = rest.split_at_checked(length)?;
        Some(Self { tag, content, rest })
    }

    fn next(&self) -> Option<Self> {
        Self::read(self.rest)
    }
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
