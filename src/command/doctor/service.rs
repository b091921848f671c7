//! The status service, by a question about nobody: whether it is reached, whether it takes the credentials, and what its
//! clock says of this machine's.

use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};

use super::{Finding, clock, refused};
use crate::hes::{Endpoint, Heard, Obstacle, Query, QueryError, Service};
use crate::kiosk::language::local;
use crate::settings::{Settings, SettingsError, SettingsFile};

/// A service that takes longer keeps visitors waiting.
const SLOW: Duration = Duration::from_millis(1000);

/// Whoever has a certificate renewed needs so long.
const RENEWAL: SignedDuration = SignedDuration::from_hours(14 * 24);

pub(super) fn look(file: &SettingsFile, settings: &Settings) -> Vec<Finding> {
    let environment = settings.check_in.environment;
    let (findings, ahead) = match file.service(environment) {
        Ok(Some((endpoint, query))) => ask(endpoint, query),
        Ok(None) => (vec![Finding::passed("service", "service-none")], None),
        // The rest of the file was read.
        Err(error @ SettingsError::Wrong { .. }) => {
            let in_service = |finding| Finding { check: "service", ..finding };
            (refused(&error).into_iter().map(in_service).collect(), None)
        }
        Err(error) => (refused(&error), None),
    };
    let named = findings.into_iter().map(|finding| finding.with("environment", environment.name()));
    named.chain([clock::look(&settings.check_in.visits, ahead)]).collect()
}

/// What the service says, and by how much its clock is ahead where it tells the time.
fn ask(endpoint: Endpoint, query: Query) -> (Vec<Finding>, Option<SignedDuration>) {
    let url = endpoint.url.to_string();
    let host = endpoint.url.host_and_port();
    let failed = |name| Finding::failed("service", name);
    let Ok(service) = Service::new(endpoint, query) else {
        return (vec![failed("service-no-certificates")], None);
    };
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else {
        return (vec![Finding::failed("service", "no-answer")], None);
    };
    let asked_at = Instant::now();
    let Heard { answer, clock_ahead } = runtime.block_on(service.check_health());
    let took = asked_at.elapsed();
    let reached = || {
        let is_slow = took > SLOW;
        let answers = Finding::passed("service", "service-answers");
        let finding = if is_slow { Finding::warned("service", "service-slow") } else { answers };
        finding.with("milliseconds", took.as_millis())
    };
    let is_reached = !matches!(answer, Err(QueryError::Unreachable | QueryError::TimedOut));
    let mut findings = match answer {
        Ok(()) => vec![reached(), Finding::passed("credentials", "credentials-not-rejected")],
        Err(QueryError::CredentialsRejected) => {
            vec![reached(), Finding::failed("credentials", "credentials-rejected")]
        }
        Err(QueryError::Unreachable) => vec![in_the_way(runtime.block_on(service.obstacle()))],
        Err(QueryError::TimedOut) => vec![match runtime.block_on(service.obstacle()) {
            Obstacle::Unknown => failed("service-timed-out"),
            known => in_the_way(known),
        }],
        Err(QueryError::RateLimited) => vec![Finding::warned("service", "service-limits")],
        Err(QueryError::ServiceFailed) => vec![failed("service-fails")],
        Err(QueryError::UnexpectedAnswer) => vec![failed("service-unexpected")],
    };
    let now = Timestamp::now();
    let ends = if is_reached { runtime.block_on(service.certificate_end()) } else { None };
    if let Some(ends) = ends.filter(|ends| ends.duration_since(now) < RENEWAL) {
        let day = local(ends).strftime("%Y-%m-%d").to_string();
        findings.push(Finding::warned("service", "service-certificate-ends").with("day", day));
    }
    let now = local(now).strftime("%Y-%m-%d %H:%M").to_string();
    let told = |finding: Finding| finding.with("url", &url).with("host", &host).with("now", &now);
    (findings.into_iter().map(told).collect(), clock_ahead)
}

fn in_the_way(obstacle: Obstacle) -> Finding {
    Finding::failed(
        "service",
        match obstacle {
            Obstacle::NameUnknown => "service-name-unknown",
            Obstacle::Refused => "service-refused",
            Obstacle::CertificateExpired => "service-certificate-expired",
            Obstacle::CertificateNotYetValid => "service-certificate-not-yet-valid",
            Obstacle::CertificateOfAnotherName => "service-certificate-of-another-name",
            Obstacle::CertificateUntrusted => "service-certificate-untrusted",
            Obstacle::NoTls => "service-no-tls",
            Obstacle::Unknown => "service-unreachable",
        },
    )
}
