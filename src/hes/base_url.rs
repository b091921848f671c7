//! The service's base address: the one place that says which addresses are acceptable.

use std::fmt;

use url::{Host, Url};

/// The Ministry's live address, as public integrations of the corporate service 1.2 used it.
pub const MINISTRY_LIVE_URL: &str = "https://hesservis.turkiye.gov.tr/services/g2g/saglik/hes/";

/// The Ministry's test address, from the same sources.
pub const MINISTRY_TEST_URL: &str = "https://hesservis.turkiye.gov.tr/services/g2g/test/saglik/hes/";

/// An absolute address below which the service's methods stand: `https`, or `http` to this machine.
/// Has no credentials, query or fragment, and ends in a slash.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(try_from = "String")]
pub struct BaseUrl(Url);

/// Why a text is no [`BaseUrl`]. Carries nothing of the text, which may hold a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotABaseUrl {
    /// The text is no absolute URL.
    #[error("an address such as https://example.org/hes/ is wanted")]
    NoUrl,
    /// The scheme is neither `https` nor `http`.
    #[error("the address has to begin with https:// (or http:// for this machine's own)")]
    Scheme,
    /// Unencrypted `http` would leave the machine.
    #[error("http:// is accepted for this machine's own addresses only (127.0.0.1, [::1], localhost)")]
    Unencrypted,
    /// A user name or password stands in the URL.
    #[error("user name and password have settings of their own and may not stand in the address")]
    Credentials,
    /// A query or a fragment stands in the URL.
    #[error("the address may have neither ? nor #")]
    QueryOrFragment,
}

impl BaseUrl {
    /// The address of the service's method `name`.
    pub(super) fn method(&self, name: &str) -> Url {
        let mut url = self.0.clone();
        url.set_path(&format!("{}{name}", url.path()));
        url
    }

    /// The name of the machine.
    pub fn host(&self) -> String {
        self.0.host_str().unwrap_or_default().to_owned()
    }

    /// Whom a connection goes to, such as `example.org:443`.
    pub fn host_and_port(&self) -> String {
        host_and_port(&self.0)
    }

    /// Whether the same service answers at both addresses, which may be written differently.
    pub fn leads_where(&self, other: &Self) -> bool {
        self.place() == other.place()
    }

    /// The machine, where all names of this one are one, the port, and the path's names. Two services do not share a
    /// port, so that the scheme tells nothing more.
    fn place(&self) -> (String, Option<u16>, Vec<&str>) {
        let host = self.host();
        let host = if is_loopback(&self.0) { "localhost" } else { host.trim_end_matches('.') };
        let path = self.0.path().split('/').filter(|name| !name.is_empty());
        (host.to_owned(), self.0.port_or_known_default(), path.collect())
    }

    /// Whether what goes there is encrypted.
    pub(super) fn is_encrypted(&self) -> bool {
        self.0.scheme() == "https"
    }
}

/// The host and the port of an address that has a host.
pub(super) fn host_and_port(url: &Url) -> String {
    format!("{}:{}", url.host_str().unwrap_or_default(), url.port_or_known_default().unwrap_or_default())
}

impl TryFrom<String> for BaseUrl {
    type Error = NotABaseUrl;

    fn try_from(text: String) -> Result<Self, NotABaseUrl> {
        let mut url = Url::parse(&text).map_err(|_| NotABaseUrl::NoUrl)?;
        match url.scheme() {
            "https" => {}
            "http" if is_loopback(&url) => {}
            "http" => return Err(NotABaseUrl::Unencrypted),
            _ => return Err(NotABaseUrl::Scheme),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(NotABaseUrl::Credentials);
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(NotABaseUrl::QueryOrFragment);
        }
        if !url.path().ends_with('/') {
            url.set_path(&format!("{}/", url.path()));
        }
        Ok(Self(url))
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name.trim_end_matches('.') == "localhost",
        None => false,
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Result<String, NotABaseUrl> {
        BaseUrl::try_from(text.to_owned()).map(|url| url.to_string())
    }

    #[test]
    fn the_ministrys_addresses_are_kept_as_they_are() {
        for text in [MINISTRY_LIVE_URL, MINISTRY_TEST_URL] {
            assert_eq!(parsed(text).as_deref(), Ok(text));
        }
    }

    #[test]
    fn a_missing_slash_is_added() {
        let url = BaseUrl::try_from("https://example.org/hes".to_owned()).unwrap();
        assert_eq!(url.method("check-hes-code").as_str(), "https://example.org/hes/check-hes-code");
    }

    #[test]
    fn however_an_address_is_written_it_leads_to_one_place() {
        let leads = |one: &str, other: &str| {
            let [one, other] = [one, other].map(|text| BaseUrl::try_from(text.to_owned()).unwrap());
            one.leads_where(&other)
        };
        for (one, other) in [
            ("https://Example.org:443/hes", "https://example.org./x/..//hes/"),
            ("http://127.0.0.1:8642/", "http://localhost:8642/"),
            ("http://[::1]:8642/", "http://127.8.9.1:8642//"),
            ("http://localhost.:8642/", "https://localhost:8642/"),
        ] {
            assert!(leads(one, other), "{one} {other}");
        }
        for (one, other) in [
            (MINISTRY_LIVE_URL, MINISTRY_TEST_URL),
            ("http://127.0.0.1:8642/", "http://127.0.0.1:8643/"),
            ("https://example.org/", "https://test.example.org/"),
        ] {
            assert!(!leads(one, other), "{one} {other}");
        }
    }

    #[test]
    fn http_is_for_loopback_addresses() {
        for text in
            ["http://127.0.0.1:8642/", "http://127.8.9.1/", "http://[::1]:8642/hes/", "http://localhost/"]
        {
            assert_eq!(parsed(text).as_deref(), Ok(text));
        }
    }

    #[test]
    fn what_is_no_base_address_is_named() {
        for (text, wrong) in [
            ("", NotABaseUrl::NoUrl),
            ("hesservis.turkiye.gov.tr/", NotABaseUrl::NoUrl),
            ("ftp://example.org/", NotABaseUrl::Scheme),
            ("file:///etc/passwd", NotABaseUrl::Scheme),
            ("localhost:8642", NotABaseUrl::Scheme),
            ("http://example.org/", NotABaseUrl::Unencrypted),
            ("http://10.0.0.1/", NotABaseUrl::Unencrypted),
            ("http://0.0.0.0/", NotABaseUrl::Unencrypted),
            ("http://[::ffff:127.0.0.1]/", NotABaseUrl::Unencrypted),
            ("http://localhost.example.org/", NotABaseUrl::Unencrypted),
            ("http://127.0.0.1@example.org/", NotABaseUrl::Unencrypted),
            ("https://user@example.org/", NotABaseUrl::Credentials),
            ("https://user:secret@example.org/", NotABaseUrl::Credentials),
            ("https://:secret@example.org/", NotABaseUrl::Credentials),
            ("https://example.org/?", NotABaseUrl::QueryOrFragment),
            ("https://example.org/?a=b", NotABaseUrl::QueryOrFragment),
            ("https://example.org/#top", NotABaseUrl::QueryOrFragment),
        ] {
            assert_eq!(parsed(text), Err(wrong), "{text}");
        }
    }
}
