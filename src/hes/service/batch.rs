//! Asking about many codes at once.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use reqwest::Response;
use reqwest::header::RETRY_AFTER;

use super::{Afterwards, Exchange, Service, read_body};
use crate::code::Code;
use crate::hes::wire::batch;
use crate::hes::{Answer, QueryError};

/// The most codes that the service takes in one question.
pub const LARGEST_BATCH: usize = 500;

/// The longest answer about a batch that is read, in bytes.
const LONGEST_ANSWER: usize = 4 * 1024 * 1024;

/// What is known of each code of a batch, in their order.
type Answers = Vec<Result<Answer, QueryError>>;

/// The service's answer about a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchAnswer {
    /// What is known of each code, in their order.
    pub answers: Answers,
    /// See [`Heard::clock_ahead`](super::Heard::clock_ahead).
    pub clock_ahead: Option<SignedDuration>,
}

/// Why nothing is known of a whole batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{cause}")]
pub struct BatchError {
    /// What went wrong.
    pub cause: QueryError,
    /// After which time the service wants to be asked again, where it says so.
    pub retry_after: Option<Duration>,
}

impl From<QueryError> for BatchError {
    fn from(cause: QueryError) -> Self {
        Self { cause, retry_after: None }
    }
}

impl Service {
    /// Asks about `codes`, [`LARGEST_BATCH`] at the most, and gives what is known of each, in their order.
    ///
    /// Ends within the limit that the configuration sets. What fails here says nothing of the service as
    /// visitors meet it: a batch can be too much where a single question is not.
    ///
    /// # Errors
    /// [`BatchError`] says why nothing is known of any.
    pub async fn ask_batch(&self, codes: &[Code]) -> Result<BatchAnswer, BatchError> {
        let (exchange, asked) = (Arc::clone(&self.exchange), codes.to_vec());
        let asking = async move { Ok(exchange.ask_batch(&asked).await) };
        let answers = self.within(self.query.timeout, asking).await??;
        Ok(BatchAnswer { answers, clock_ahead: self.exchange.clock_ahead() })
    }
}

impl Exchange {
    async fn ask_batch(&self, codes: &[Code]) -> Result<Answers, BatchError> {
        let body = batch::body(codes);
        let response = self.exchange(&self.batch_client, &self.batch_url, &body, Afterwards::Close).await?;
        let retry_after = retry_after(&response, Timestamp::now());
        read(codes, response).await.map_err(|cause| BatchError { cause, retry_after })
    }
}

async fn read(asked: &[Code], response: Response) -> Result<Answers, QueryError> {
    let http_status = response.status().as_u16();
    let (content_type, body) = read_body(response, LONGEST_ANSWER).await?;
    batch::answers(asked, http_status, content_type.as_deref(), &body)
}

/// The time of `Retry-After`: seconds, or a date (RFC 9110).
fn retry_after(response: &Response, now: Timestamp) -> Option<Duration> {
    wait(response.headers().get(RETRY_AFTER)?.to_str().ok()?.trim(), now)
}

fn wait(text: &str, now: Timestamp) -> Option<Duration> {
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = Timestamp::try_from(httpdate::parse_http_date(text).ok()?).ok()?;
    Some(Duration::try_from(until.duration_since(now)).unwrap_or_default())
}

#[cfg(test)]
mod properties;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let now = "2021-08-09T12:00:00Z".parse().unwrap();
        for (text, seconds) in [
            ("120", Some(120)),
            ("0", Some(0)),
            ("Mon, 09 Aug 2021 12:00:30 GMT", Some(30)),
            ("Mon, 09 Aug 2021 11:59:00 GMT", Some(0)),
            ("soon", None),
            ("-1", None),
            ("", None),
        ] {
            assert_eq!(wait(text, now), seconds.map(Duration::from_secs), "{text}");
        }
    }
}
