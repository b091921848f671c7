//! The address of a proxy.

use std::fmt;

use url::Url;

use super::base_url::host_and_port;

/// A proxy that the service is reached through, by `CONNECT`: such as `http://proxy.example.org:3128`.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(try_from = "String")]
pub struct ProxyUrl(Url);

/// Why a text is no [`ProxyUrl`]. Carries nothing of the text, which may hold a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAProxyUrl {
    /// It is not the address of a host and a port.
    #[error("the address of a proxy such as http://proxy.example.org:3128 is wanted")]
    NoProxy,
    /// A user name or password stands in the URL.
    #[error("a proxy that wants a user name and a password is not supported")]
    Credentials,
}

impl ProxyUrl {
    pub(super) fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Whom a connection goes to.
    pub(super) fn host_and_port(&self) -> String {
        host_and_port(&self.0)
    }
}

impl TryFrom<String> for ProxyUrl {
    type Error = NotAProxyUrl;

    fn try_from(text: String) -> Result<Self, NotAProxyUrl> {
        let url = Url::parse(&text).map_err(|_| NotAProxyUrl::NoProxy)?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(NotAProxyUrl::Credentials);
        }
        let is_bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
        if url.scheme() == "http" && is_bare { Ok(Self(url)) } else { Err(NotAProxyUrl::NoProxy) }
    }
}

impl fmt::Display for ProxyUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}
