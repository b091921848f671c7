//! The client of the status service.

mod batch;
mod certificate;
mod obstacle;

use std::error::Error;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use reqwest::header::{
    ACCEPT, CONNECTION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, DATE, HeaderMap, HeaderName,
    TRANSFER_ENCODING,
};
use reqwest::redirect::Policy;
use reqwest::{Certificate, Client, ClientBuilder, Proxy, Response};
use secrecy::ExposeSecret;
use tokio::runtime::Runtime;
use tokio::task::JoinHandle;
use tower::util::MapFutureLayer;
use url::Url;

use super::breaker::Breaker;
use super::wire;
use super::{Answer, Credentials, Endpoint, ProxyUrl, Query, QueryError};
use crate::code::Code;

pub use batch::{BatchAnswer, BatchError, LARGEST_BATCH};
pub use obstacle::Obstacle;

/// The longest answer about one code that is read, in bytes; a real one has some hundreds.
const LONGEST_ANSWER: usize = 64 * 1024;

/// A connection that was left behind by a health check is not used after this time: whatever is between may
/// have forgotten it.
const IDLE_LIMIT: Duration = Duration::from_secs(45);

/// What was sent has to be acknowledged within this time. A second try has most of the limit left then.
#[cfg(target_os = "linux")]
const UNACKNOWLEDGED_LIMIT: Duration = Duration::from_millis(1500);

/// So long nothing is asked on a new connection. A server that has answered by then answers something else: hyper
/// gives up a connection on which something comes unasked.
const UNASKED: Duration = Duration::from_millis(25);

/// A client of the status service. No two questions share a connection.
///
/// Questions are exchanged on threads of the client's own: a server that keeps them busy with an endless
/// answer cannot stop the clock that limits the question.
pub struct Service {
    exchange: Arc<Exchange>,
    query: Query,
    breaker: Breaker,
    network: Option<Runtime>,
}

/// What one question needs.
struct Exchange {
    client: Client,
    /// Asks about many, whose answers name the codes that they are about.
    batch_client: Client,
    url: Url,
    batch_url: Url,
    /// Host and port of whom this machine connects to: the proxy, or the service.
    first_stop: String,
    credentials: Credentials,
    /// What the service said when it last told the time.
    told: Mutex<Option<Told>>,
}

/// A time that the service told, and when that was by a clock that nobody sets.
#[derive(Debug, Clone, Copy)]
struct Told {
    time: Timestamp,
    at: Instant,
}

impl Told {
    /// By how much the service's clock is ahead of one that says `now`: whatever was set meanwhile is seen by it.
    fn ahead(self, now: Timestamp, at: Instant) -> SignedDuration {
        let passed = SignedDuration::try_from(at.saturating_duration_since(self.at));
        self.time.duration_since(now).saturating_add(passed.unwrap_or(SignedDuration::MAX))
    }
}

/// What came of a question, and what the service's clock said at that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard<T> {
    /// The answer, or why there is none.
    pub answer: Result<T, QueryError>,
    /// By how much the service's clock was ahead of this machine's, by the last answer that told the time. One that
    /// refuses, fails or says something odd does so as well.
    pub clock_ahead: Option<SignedDuration>,
}

/// Why no [`Service`] came about.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ServiceError {
    /// TLS could not be set up; on Linux mostly since the system has no certificates.
    #[error("secure connections cannot be set up (is the package ca-certificates installed?): {0}")]
    Tls(String),
    /// The system refuses the client its threads.
    #[error("the client's threads cannot be started")]
    Threads,
}

impl fmt::Debug for Service {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Service").field("url", &self.exchange.url.as_str()).finish_non_exhaustive()
    }
}

impl Service {
    /// Prepares to ask the service at `endpoint` as `query` says. Nothing is sent yet.
    ///
    /// # Errors
    /// [`ServiceError::Tls`] where the address is `https` and the roots of trust cannot be used.
    pub fn new(endpoint: Endpoint, query: Query) -> Result<Self, ServiceError> {
        let tls = |error: reqwest::Error| ServiceError::Tls(chain(&error));
        let settled = MapFutureLayer::new(|connecting| async {
            let connected = connecting.await;
            tokio::time::sleep(UNASKED).await;
            connected
        });
        let client = self::client(&endpoint).and_then(|client| client.connector_layer(settled).build());
        let client = client.map_err(tls)?;
        let batch_client = self::client(&endpoint).and_then(ClientBuilder::build).map_err(tls)?;
        let network = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("service")
            .enable_all()
            .build()
            .map_err(|_| ServiceError::Threads)?;
        let proxy = endpoint.proxy.as_ref().filter(|_| endpoint.url.is_encrypted());
        let exchange = Exchange {
            first_stop: proxy.map_or_else(|| endpoint.url.host_and_port(), ProxyUrl::host_and_port),
            client,
            batch_client,
            url: endpoint.url.method(query.method.path()),
            batch_url: endpoint.url.method(query.method.batch_path()),
            credentials: endpoint.credentials,
            told: Mutex::new(None),
        };
        Ok(Self { exchange: Arc::new(exchange), query, breaker: Breaker::default(), network: Some(network) })
    }

    /// Asks about `code`. Ends within the limit that the configuration sets, whatever the service does, and
    /// within a second where it has been failing.
    ///
    /// Dropping the future closes its connection, so that a late answer never meets another question.
    ///
    /// [`QueryError`] says why nothing is known.
    pub async fn ask(&self, code: &Code) -> Heard<Answer> {
        let body = self.query.method.body(code, &self.query.place);
        let (exchange, code) = (Arc::clone(&self.exchange), *code);
        let limit = self.breaker.limit(self.query.timeout, Instant::now());
        let asked = self.within(limit, async move { exchange.ask(&code, &body).await }).await;
        match asked {
            Ok(_) => self.breaker.note_answer(),
            Err(_) => self.breaker.note_failure(Instant::now()),
        }
        self.heard(asked)
    }

    /// Tells whether the service can be asked, by a question that is about nobody: an empty object, which
    /// the service refuses once it has accepted the credentials.
    pub async fn check_health(&self) -> Heard<()> {
        let exchange = Arc::clone(&self.exchange);
        let health = self.within(self.query.timeout, async move { exchange.check_health().await }).await;
        match health {
            Ok(_) => self.breaker.note_health(Instant::now()),
            Err(_) => self.breaker.note_bad_health(Instant::now()),
        }
        self.heard(health)
    }

    fn heard<T>(&self, answer: Result<T, QueryError>) -> Heard<T> {
        Heard { answer, clock_ahead: self.exchange.clock_ahead() }
    }

    /// Runs an exchange on the client's own threads, for `limit` at the most.
    async fn within<T: Send + 'static>(
        &self,
        limit: Duration,
        exchange: impl Future<Output = Result<T, QueryError>> + Send + 'static,
    ) -> Result<T, QueryError> {
        let Some(network) = &self.network else { return Err(QueryError::Unreachable) };
        let mut asking = Asking(network.spawn(exchange));
        match tokio::time::timeout(limit, &mut asking.0).await {
            Ok(Ok(asked)) => asked,
            // A client that panicked has no answer.
            Ok(Err(_)) => Err(QueryError::UnexpectedAnswer),
            Err(_elapsed) => Err(QueryError::TimedOut),
        }
    }
}

fn client(endpoint: &Endpoint) -> reqwest::Result<ClientBuilder> {
    // An error says that a provider is installed already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut client = Client::builder()
        .no_proxy()
        .redirect(Policy::none())
        // An answer does not say which code it is about: the connection alone ties it to its question. So
        // only a health check leaves its connection behind, and the first question on it is the last.
        .pool_max_idle_per_host(1)
        // The doctor looks at the certificate.
        .tls_info(true)
        .pool_idle_timeout(IDLE_LIMIT)
        .https_only(endpoint.url.is_encrypted());
    #[cfg(target_os = "linux")]
    {
        // A network that changed does not say so: what it does not acknowledge is asked again elsewhere.
        client = client.tcp_user_timeout(UNACKNOWLEDGED_LIMIT);
    }
    if !endpoint.url.is_encrypted() {
        // This machine's own simulator has to work where no roots of trust are installed.
        client = client.tls_certs_only([]);
    } else if !endpoint.authorities.is_empty() {
        let authorities = endpoint.authorities.iter().map(|authority| Certificate::from_der(authority));
        client = client.tls_certs_only(authorities.collect::<reqwest::Result<Vec<_>>>()?);
    }
    if let Some(proxy) = &endpoint.proxy {
        // What is not encrypted goes to this machine alone, where no proxy is between.
        client = client.proxy(Proxy::https(proxy.as_str())?);
    }
    Ok(client)
}

impl Drop for Service {
    fn drop(&mut self) {
        // A name look-up that hangs must not hold up the end of the program.
        if let Some(network) = self.network.take() {
            network.shutdown_background();
        }
    }
}

/// A question under way; dropping it gives it up.
struct Asking<T>(JoinHandle<Result<T, QueryError>>);

impl<T> Drop for Asking<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Exchange {
    async fn ask(&self, code: &Code, body: &str) -> Result<Answer, QueryError> {
        let response = self.exchange(&self.client, &self.url, body, Afterwards::Close).await?;
        read(code, response).await
    }

    async fn check_health(&self) -> Result<(), QueryError> {
        let response = self.exchange(&self.client, &self.url, "{}", Afterwards::Keep).await?;
        let content_type = only_value(response.headers(), CONTENT_TYPE)?;
        wire::health(response.status().as_u16(), content_type)
    }

    /// Sends `body` until there is the head of an answer, twice at the most, and notes the time that it tells.
    async fn exchange(
        &self,
        client: &Client,
        url: &Url,
        body: &str,
        afterwards: Afterwards,
    ) -> Result<Response, QueryError> {
        let sent = match self.send(client, url, body, afterwards).await {
            Err(error) if is_unanswered(&error) => self.send(client, url, body, afterwards).await,
            sent => sent,
        };
        let response = sent.map_err(|error| {
            tracing::warn!("the status service gave no answer: {}", chain(&error));
            if is_unanswered(&error) { QueryError::Unreachable } else { QueryError::UnexpectedAnswer }
        })?;
        if let Some(time) = told_time(response.headers())? {
            *self.told() = Some(Told { time, at: Instant::now() });
        }
        Ok(response)
    }

    fn told(&self) -> MutexGuard<'_, Option<Told>> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// By how much the service's clock is ahead of this machine's, if it ever told the time.
    fn clock_ahead(&self) -> Option<SignedDuration> {
        self.told().map(|told| told.ahead(Timestamp::now(), Instant::now()))
    }

    async fn send(
        &self,
        client: &Client,
        url: &Url,
        body: &str,
        afterwards: Afterwards,
    ) -> Result<Response, reqwest::Error> {
        let mut request = client
            .post(url.clone())
            .basic_auth(&self.credentials.username, Some(self.credentials.password.expose_secret()))
            .header(ACCEPT, "application/json")
            .header(CONTENT_TYPE, "application/json")
            .body(body.to_owned());
        if afterwards == Afterwards::Close {
            request = request.header(CONNECTION, "close");
        }
        request.send().await.map_err(reqwest::Error::without_url)
    }
}

/// What becomes of the connection after an exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Afterwards {
    /// The next exchange may use it.
    Keep,
    /// Nothing that comes later on it is read.
    Close,
}

/// Whether the connection did not come about or broke before the head of an answer was whole: nothing
/// can have been answered. A malformed head is something else.
fn is_unanswered(error: &reqwest::Error) -> bool {
    error.is_connect()
        || causes(error).any(|cause| {
            cause.is::<std::io::Error>()
                || cause.downcast_ref::<hyper::Error>().is_some_and(|error| {
                    error.is_incomplete_message() || error.is_canceled() || error.is_closed()
                })
        })
}

async fn read(asked: &Code, response: Response) -> Result<Answer, QueryError> {
    let http_status = response.status().as_u16();
    let (content_type, body) = read_body(response, LONGEST_ANSWER).await?;
    wire::answer(asked, http_status, content_type.as_deref(), &body)
}

/// The type and the content of an answer, where it is not longer than `longest`.
async fn read_body(mut response: Response, longest: usize) -> Result<(Option<String>, Vec<u8>), QueryError> {
    // What the HTTP status says by itself does not wait for a body.
    wire::body_kind(response.status().as_u16())?;
    if only_value(response.headers(), CONTENT_ENCODING)?.is_some_and(|encoding| encoding != "identity") {
        return Err(QueryError::UnexpectedAnswer);
    }
    // Where two headers say where an answer ends, or one that is not known here, it may be somebody else's.
    let transfer = only_value(response.headers(), TRANSFER_ENCODING)?;
    let is_framed_twice = transfer.is_some() && response.headers().contains_key(CONTENT_LENGTH);
    if is_framed_twice || transfer.is_some_and(|coding| !coding.eq_ignore_ascii_case("chunked")) {
        return Err(QueryError::UnexpectedAnswer);
    }
    let content_type = only_value(response.headers(), CONTENT_TYPE)?.map(str::to_owned);
    if response.content_length().is_some_and(|length| length > longest as u64) {
        return Err(QueryError::UnexpectedAnswer);
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|_| QueryError::UnexpectedAnswer)? {
        if body.len() + chunk.len() > longest {
            return Err(QueryError::UnexpectedAnswer);
        }
        body.extend_from_slice(&chunk);
    }
    Ok((content_type, body))
}

/// The time of the header `Date`. One that nobody can read is no answer of a service that can be trusted with times.
fn told_time(headers: &HeaderMap) -> Result<Option<Timestamp>, QueryError> {
    let Some(date) = only_value(headers, DATE)? else { return Ok(None) };
    let date = httpdate::parse_http_date(date).ok().and_then(|date| Timestamp::try_from(date).ok());
    date.ok_or(QueryError::UnexpectedAnswer).map(Some)
}

/// The value of a header that may stand once at most.
fn only_value(headers: &HeaderMap, name: HeaderName) -> Result<Option<&str>, QueryError> {
    let mut values = headers.get_all(name).iter();
    let value = values.next().map(|value| value.to_str()).transpose();
    match (value, values.next()) {
        (Ok(value), None) => Ok(value),
        _ => Err(QueryError::UnexpectedAnswer),
    }
}

/// `error` and what caused it, the outermost first.
fn causes<'error>(
    error: &'error (dyn Error + 'static),
) -> impl Iterator<Item = &'error (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
}

/// The messages of `error` and of what caused it. Neither reqwest nor hyper puts content into them.
fn chain(error: &(dyn Error + 'static)) -> String {
    causes(error).map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

#[cfg(test)]
mod properties;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_was_set_since_the_service_told_the_time_is_off_by_so_much() {
        let told = Told { time: "2021-08-09T12:00:00Z".parse().unwrap(), at: Instant::now() };
        let later = told.at + Duration::from_secs(3600);
        for (now, ahead) in [("2021-08-09T13:00:00Z", 0), ("2022-08-09T13:00:00Z", -365 * 24 * 3600)] {
            assert_eq!(told.ahead(now.parse().unwrap(), later), SignedDuration::from_secs(ahead), "{now}");
        }
    }
}
