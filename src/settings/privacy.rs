//! What the site says to its visitors about their data.

use serde::{Deserialize, Serialize};
use url::Url;

use super::values::Text;

/// Who controls the visitors' data, and why. Required where decisions are real.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Privacy {
    /// The data controller.
    pub controller: String,
    /// Whom visitors ask.
    pub contact: String,
    /// The legal basis.
    pub legal_basis: String,
    /// The purpose.
    pub purpose: String,
    /// To whom else the data go, and why; `None` where nobody else gets them.
    pub recipients: Option<String>,
    /// Where the notice can be read; `None` where it has no page of its own.
    pub notice_url: Option<NoticeUrl>,
}

/// The section `[privacy]`.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default, expecting = "a section [privacy]")]
pub(super) struct PrivacyTable {
    controller: Option<Text>,
    contact: Option<Text>,
    legal_basis: Option<Text>,
    purpose: Option<Text>,
    recipients: Option<Text>,
    notice_url: Option<NoticeUrl>,
}

impl PrivacyTable {
    /// Who controls the visitors' data.
    pub(super) fn controller(&self) -> Option<String> {
        self.controller.as_ref().map(|controller| controller.0.clone())
    }

    /// The keys that visitors have to be told and are not there.
    pub(super) fn lacks(&self) -> Vec<&'static str> {
        let keys = [
            ("controller", &self.controller),
            ("contact", &self.contact),
            ("legal_basis", &self.legal_basis),
            ("purpose", &self.purpose),
        ];
        keys.into_iter().filter(|(_, value)| value.is_none()).map(|(key, _)| key).collect()
    }

    /// `None` where something is missing that visitors have to be told.
    pub(super) fn privacy(&self) -> Option<Privacy> {
        Some(Privacy {
            controller: self.controller.as_ref()?.0.clone(),
            contact: self.contact.as_ref()?.0.clone(),
            legal_basis: self.legal_basis.as_ref()?.0.clone(),
            purpose: self.purpose.as_ref()?.0.clone(),
            recipients: self.recipients.as_ref().map(|recipients| recipients.0.clone()),
            notice_url: self.notice_url.clone(),
        })
    }
}

/// The address of a public `https` page, short enough for a QR code that a phone reads from the screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct NoticeUrl(String);

/// Why a text is no [`NoticeUrl`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotANoticeUrl {
    /// The text is no absolute `https` address.
    #[error("an address such as https://example.org/kvkk is wanted")]
    NoHttps,
    /// A user name or password stands in it, which everybody would read.
    #[error("the address may have neither user name nor password")]
    Credentials,
    /// It is too long.
    #[error("the address may have at most {} characters", NoticeUrl::LONGEST)]
    TooLong,
}

impl NoticeUrl {
    /// The most characters, all of them ASCII.
    pub const LONGEST: usize = 300;

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for NoticeUrl {
    type Error = NotANoticeUrl;

    fn try_from(text: String) -> Result<Self, NotANoticeUrl> {
        let url = Url::parse(text.trim()).map_err(|_| NotANoticeUrl::NoHttps)?;
        if url.scheme() != "https" {
            return Err(NotANoticeUrl::NoHttps);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(NotANoticeUrl::Credentials);
        }
        let url = String::from(url);
        if url.len() > Self::LONGEST { Err(NotANoticeUrl::TooLong) } else { Ok(Self(url)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Result<String, NotANoticeUrl> {
        NoticeUrl::try_from(text.to_owned()).map(|url| url.as_str().to_owned())
    }

    #[test]
    fn a_public_page_is_accepted_as_phones_open_it() {
        for (text, url) in [
            ("https://example.org/kvkk?dil=tr#aydinlatma", "https://example.org/kvkk?dil=tr#aydinlatma"),
            (" https://örnek.example/aydınlatma ", "https://xn--rnek-4qa.example/ayd%C4%B1nlatma"),
        ] {
            assert_eq!(parsed(text).as_deref(), Ok(url));
        }
    }

    #[test]
    fn what_is_no_public_page_is_named() {
        let long = format!("https://example.org/{}", "a".repeat(300));
        for (text, wrong) in [
            ("", NotANoticeUrl::NoHttps),
            ("example.org/kvkk", NotANoticeUrl::NoHttps),
            ("http://example.org/kvkk", NotANoticeUrl::NoHttps),
            ("javascript:alert(1)", NotANoticeUrl::NoHttps),
            ("https://user@example.org/", NotANoticeUrl::Credentials),
            ("https://:secret@example.org/", NotANoticeUrl::Credentials),
            (&long, NotANoticeUrl::TooLong),
        ] {
            assert_eq!(parsed(text), Err(wrong), "{text}");
        }
    }
}
