//! What holds for whatever a service says: 100,000 answers, read as they come from the network.

#[path = "../../../tests/service/answers.rs"]
pub(super) mod answers;
#[path = "../../../tests/service/oracle.rs"]
pub(super) mod oracle;

use answers::{ASKED, Draws, Seed};
use jiff::Timestamp;

use super::*;
use crate::hes::HealthStatus;

const ANSWERS: u64 = 100_000;

/// Seeds that once showed a mistake, of whatever number of answers was tried then.
const KEPT: &[u64] = &[];

/// An answer as the client has it when it came over a connection.
pub(super) fn received(answer: &answers::Response) -> Response {
    let mut response = axum::http::Response::builder().status(answer.http_status);
    for (name, value) in &answer.headers {
        response = response.header(*name, value.as_slice());
    }
    Response::from(response.body(answer.body.clone()).unwrap())
}

fn read_by_client(runtime: &Runtime, answer: &answers::Response) -> Result<Answer, QueryError> {
    runtime.block_on(read(&Code::parse(ASKED).unwrap(), received(answer)))
}

pub(super) fn now() -> Timestamp {
    "2026-01-01T00:00:00Z".parse().unwrap()
}

pub(super) fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread().build().unwrap()
}

#[test]
fn no_answer_is_taken_for_more_than_it_proves() {
    let runtime = runtime();
    let (mut admitted, mut refused, mut unread) = (0, 0, 0);
    for seed in KEPT.iter().copied().chain(0..ANSWERS) {
        let _tried = Seed(seed);
        let answer = answers::mutated(&mut Draws::new(seed));
        match read_by_client(&runtime, &answer) {
            Ok(Answer::Status(status)) if status.health == HealthStatus::Riskless => {
                let proven = oracle::riskless_until(&answer, ASKED);
                assert_eq!(Some(status.valid_until), proven, "{answer:?}");
                admitted += u32::from(status.valid_until > now());
            }
            Ok(Answer::Status(_)) => {
                assert_eq!(oracle::riskless_until(&answer, ASKED), None, "{answer:?}");
            }
            Ok(said @ (Answer::NotFound | Answer::Expired)) => {
                let key = if said == Answer::NotFound { "hescodenotfound" } else { "hescodehasbeenexpired" };
                assert_eq!(oracle::refusal(&answer).as_deref(), Some(key), "{answer:?}");
                refused += 1;
            }
            Err(_) => unread += 1,
        }
    }
    // Answers that are all wrong, or all good, would prove nothing.
    let counts = [admitted, refused, unread];
    assert!(counts.into_iter().all(|count| count > 500), "admitted, refused, unread: {counts:?}");
}

#[test]
fn each_good_answer_is_read() {
    let runtime = runtime();
    for seed in 0..2_000 {
        let answer = answers::good(&mut Draws::new(seed));
        let read = read_by_client(&runtime, &answer);
        assert!(matches!(read, Ok(Answer::Status(_))), "seed {seed}: {read:?} of {answer:?}");
    }
}
