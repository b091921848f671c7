//! Who may enter: the whole of it, for whoever has to answer for it.
//!
//! Each line says what the service answered, what the site admits, and what the visitor gets. The time is
//! always 2021-08-09 12:00 UTC. `admit` is green, `refuse` is red, `unverified` is amber: to the desk. Besides what
//! stands here there is only `no_code`, for a visitor who has none, which is `unverified`. What each reason means
//! stands in README.md.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use hes_kiosk::entry::{
    Decision, Identity, LastDigits, LookedUp, Policy, ProtectedBy, Protection, decide, decide_held,
    decide_identity, decide_in_doubt, decide_looked_up,
};
use hes_kiosk::hes::{Answer, HealthFields, HealthStatus, MaskedHolder, QueryError, Status};
use jiff::{SignedDuration, Timestamp};

const NOW: &str = "2021-08-09T12:00:00Z";
const VALID: &str = "2021-08-09T12:00:01Z";
const ENDS_NOW: &str = "2021-08-09T12:00:00Z";
const ENDED: &str = "2021-08-09T11:59:59Z";

use HealthStatus::{Riskless, Risky};
use ProtectedBy::{Immune, NegativeTest, Vaccinated};

const NOTHING: HealthFields = HealthFields {
    is_vaccinated: None,
    is_immune: None,
    is_test_data_shared: None,
    last_negative_test: None,
};

fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn status(health: HealthStatus, valid_until: &str, fields: HealthFields) -> Result<Answer, QueryError> {
    let holder = MaskedHolder::default();
    Ok(Answer::Status(Status { health, valid_until: time(valid_until), holder, fields }))
}

fn protected_by(by: &[ProtectedBy], negative_test_hours: u32) -> Policy {
    Policy::RisklessAndProtected(Protection { by: by.to_vec(), negative_test_hours })
}

fn vaccinated(is_vaccinated: Option<bool>) -> HealthFields {
    HealthFields { is_vaccinated, ..NOTHING }
}

fn immune(is_immune: Option<bool>) -> HealthFields {
    HealthFields { is_immune, ..NOTHING }
}

fn tested(at: &str) -> HealthFields {
    HealthFields { last_negative_test: Some(time(at)), ..NOTHING }
}

#[track_caller]
fn comes_to(asked: &Result<Answer, QueryError>, policy: &Policy, decision: &str, reason: &str) {
    let decided = decide(asked, policy, time(NOW));
    assert_eq!((decided.name(), decided.reason_name()), (decision, reason), "{asked:?} under {policy:?}");
}

#[test]
fn where_riskless_visitors_are_admitted() {
    let table = [
        // What the service says                 the visitor gets
        (status(Riskless, VALID, NOTHING), "admit", "riskless"),
        (status(Riskless, ENDS_NOW, NOTHING), "refuse", "code_expired"),
        (status(Riskless, ENDED, NOTHING), "refuse", "code_expired"),
        (status(Risky, VALID, NOTHING), "refuse", "risky"),
        (status(Risky, ENDED, NOTHING), "refuse", "risky"),
        (status(Risky, VALID, vaccinated(Some(true))), "refuse", "risky"),
        (Ok(Answer::NotFound), "refuse", "code_not_found"),
        (Ok(Answer::Expired), "refuse", "code_expired"),
        (Err(QueryError::Unreachable), "unverified", "unreachable"),
        (Err(QueryError::TimedOut), "unverified", "timed_out"),
        (Err(QueryError::CredentialsRejected), "unverified", "credentials_rejected"),
        (Err(QueryError::RateLimited), "unverified", "rate_limited"),
        (Err(QueryError::ServiceFailed), "unverified", "service_failed"),
        (Err(QueryError::UnexpectedAnswer), "unverified", "unexpected_answer"),
    ];
    for (asked, decision, reason) in table {
        comes_to(&asked, &Policy::Riskless, decision, reason);
    }
}

#[test]
fn where_protected_visitors_are_admitted_everything_else_stays_as_it_is() {
    let policy = protected_by(&[Vaccinated, Immune, NegativeTest], 48);
    let protected = vaccinated(Some(true));
    let table = [
        (status(Riskless, VALID, protected), "admit", "riskless"),
        (status(Riskless, VALID, NOTHING), "refuse", "not_protected"),
        (status(Riskless, ENDS_NOW, protected), "refuse", "code_expired"),
        (status(Riskless, ENDED, NOTHING), "refuse", "code_expired"),
        (status(Risky, VALID, protected), "refuse", "risky"),
        (Ok(Answer::NotFound), "refuse", "code_not_found"),
        (Ok(Answer::Expired), "refuse", "code_expired"),
        (Err(QueryError::Unreachable), "unverified", "unreachable"),
        (Err(QueryError::TimedOut), "unverified", "timed_out"),
        (Err(QueryError::CredentialsRejected), "unverified", "credentials_rejected"),
        (Err(QueryError::RateLimited), "unverified", "rate_limited"),
        (Err(QueryError::ServiceFailed), "unverified", "service_failed"),
        (Err(QueryError::UnexpectedAnswer), "unverified", "unexpected_answer"),
    ];
    for (asked, decision, reason) in table {
        comes_to(&asked, &policy, decision, reason);
    }
}

#[test]
fn what_protects_a_riskless_visitor() {
    let shares_tests = HealthFields { is_test_data_shared: Some(true), ..NOTHING };
    let table: [(&[ProtectedBy], u32, HealthFields, bool); 25] = [
        // The site takes, tests of so many hours, the service shows: protected
        (&[Vaccinated], 48, vaccinated(Some(true)), true),
        (&[Vaccinated], 48, vaccinated(Some(false)), false),
        (&[Vaccinated], 48, vaccinated(None), false),
        (&[Vaccinated], 48, immune(Some(true)), false),
        (&[Vaccinated], 48, tested("2021-08-09T11:00:00Z"), false),
        (&[Immune], 48, immune(Some(true)), true),
        (&[Immune], 48, immune(Some(false)), false),
        (&[Immune], 48, immune(None), false),
        (&[Immune], 48, vaccinated(Some(true)), false),
        (&[Immune], 48, tested("2021-08-09T11:00:00Z"), false),
        (&[NegativeTest], 48, NOTHING, false),
        (&[NegativeTest], 48, tested("2021-08-09T11:59:59Z"), true),
        (&[NegativeTest], 48, tested("2021-08-09T12:00:00Z"), true),
        (&[NegativeTest], 48, tested("2021-08-07T12:00:00Z"), true),
        (&[NegativeTest], 48, tested("2021-08-07T11:59:59Z"), false),
        (&[NegativeTest], 24, tested("2021-08-08T12:00:00Z"), true),
        (&[NegativeTest], 24, tested("2021-08-08T11:59:59Z"), false),
        (&[NegativeTest], 72, tested("2021-08-06T12:00:00Z"), true),
        (&[NegativeTest], 72, tested("2021-08-06T11:59:59Z"), false),
        // A test of the future proves nothing.
        (&[NegativeTest], 48, tested("2021-08-09T12:00:01Z"), false),
        (&[NegativeTest], 48, vaccinated(Some(true)), false),
        (&[Vaccinated, Immune, NegativeTest], 48, shares_tests, false),
        (&[Vaccinated, Immune, NegativeTest], 48, immune(Some(true)), true),
        (&[Vaccinated, Immune, NegativeTest], 48, tested("2021-08-09T11:00:00Z"), true),
        (&[Vaccinated, Immune], 48, tested("2021-08-09T11:00:00Z"), false),
    ];
    for (by, hours, fields, is_protected) in table {
        let (decision, reason) =
            if is_protected { ("admit", "riskless") } else { ("refuse", "not_protected") };
        comes_to(&status(Riskless, VALID, fields), &protected_by(by, hours), decision, reason);
    }
}

#[test]
fn where_the_clock_may_be_off_by_five_minutes() {
    let tests = protected_by(&[NegativeTest], 48);
    let table = [
        // What the service says, and what is admitted                   the visitor gets
        (status(Riskless, "2021-08-09T12:05:01Z", NOTHING), &Policy::Riskless, "admit", "riskless"),
        (status(Riskless, "2021-08-09T12:05:00Z", NOTHING), &Policy::Riskless, "unverified", "clock_doubt"),
        (status(Riskless, "2021-08-09T11:55:01Z", NOTHING), &Policy::Riskless, "unverified", "clock_doubt"),
        (status(Riskless, "2021-08-09T11:55:00Z", NOTHING), &Policy::Riskless, "refuse", "code_expired"),
        (status(Risky, "2021-08-09T12:05:00Z", NOTHING), &Policy::Riskless, "refuse", "risky"),
        (Ok(Answer::Expired), &Policy::Riskless, "refuse", "code_expired"),
        (Err(QueryError::TimedOut), &Policy::Riskless, "unverified", "timed_out"),
        (
            status(Riskless, "2022-01-01T00:00:00Z", tested("2021-08-08T12:00:00Z")),
            &tests,
            "admit",
            "riskless",
        ),
        (
            status(Riskless, "2022-01-01T00:00:00Z", tested("2021-08-07T12:04:59Z")),
            &tests,
            "unverified",
            "clock_doubt",
        ),
        (
            status(Riskless, "2022-01-01T00:00:00Z", tested("2021-08-09T11:55:01Z")),
            &tests,
            "unverified",
            "clock_doubt",
        ),
    ];
    for (asked, policy, decision, reason) in table {
        let decided = decide_in_doubt(&asked, policy, time(NOW), SignedDuration::from_mins(5));
        assert_eq!((decided.name(), decided.reason_name()), (decision, reason), "{asked:?} under {policy:?}");
    }
}

#[test]
fn where_the_last_digits_of_the_identity_number_are_asked_for() {
    let riskless = status(Riskless, VALID, NOTHING);
    let table = [
        // The service says, shows of the number, the visitor gives   the visitor gets
        (&riskless, "********792", Some("792"), "admit", "riskless"),
        // One of three tries that is right is enough; of several that are wrong, also of one before the visitor gives
        // up or leaves, the last one counts.
        (&riskless, "********792", Some("793"), "refuse", "identity_mismatch"),
        (&riskless, "********792", Some("297"), "refuse", "identity_mismatch"),
        (&riskless, "********792", None, "unverified", "identity_not_given"),
        (&riskless, "********79*", Some("792"), "unverified", "identity_not_given"),
        (&riskless, "***********", Some("792"), "unverified", "identity_not_given"),
        (&riskless, "", Some("792"), "unverified", "identity_not_given"),
        (&riskless, "", None, "unverified", "identity_not_given"),
        // The right digits help nobody who is not admitted anyway, and wrong ones tell nothing more.
        (&status(Risky, VALID, NOTHING), "********792", Some("792"), "refuse", "risky"),
        (&status(Risky, VALID, NOTHING), "********792", Some("793"), "refuse", "risky"),
        (&status(Riskless, ENDED, NOTHING), "********792", Some("792"), "refuse", "code_expired"),
        (&Ok(Answer::NotFound), "", None, "refuse", "code_not_found"),
        (&Err(QueryError::TimedOut), "", None, "unverified", "timed_out"),
    ];
    for (asked, masked, given, decision, reason) in table {
        let identity =
            given.map_or(Identity::NotGiven, |digits| Identity::Given(LastDigits::parse(digits).unwrap()));
        let decided = decide(asked, &Policy::Riskless, time(NOW));
        let decided = decide_identity(decided, identity, LastDigits::visible_in(masked));
        assert_eq!(
            (decided.name(), decided.reason_name()),
            (decision, reason),
            "{asked:?} {masked} {given:?}"
        );
    }
}

#[test]
fn where_bulk_heard_a_refusal_within_the_last_day() {
    let table = [
        // What the service says now, and whether the code is held    the visitor gets
        (Err(QueryError::Unreachable), true, "refuse", "held"),
        (Err(QueryError::TimedOut), true, "refuse", "held"),
        (Err(QueryError::CredentialsRejected), true, "refuse", "held"),
        (Err(QueryError::RateLimited), true, "refuse", "held"),
        (Err(QueryError::ServiceFailed), true, "refuse", "held"),
        (Err(QueryError::UnexpectedAnswer), true, "refuse", "held"),
        (Err(QueryError::Unreachable), false, "unverified", "unreachable"),
        // A live answer always counts more.
        (status(Riskless, VALID, NOTHING), true, "admit", "riskless"),
        (status(Risky, VALID, NOTHING), true, "refuse", "risky"),
        (Ok(Answer::NotFound), true, "refuse", "code_not_found"),
    ];
    for (asked, is_held, decision, reason) in table {
        let decided = decide_held(&asked, decide(&asked, &Policy::Riskless, time(NOW)), is_held);
        assert_eq!((decided.name(), decided.reason_name()), (decision, reason), "{asked:?} {is_held}");
    }
}

#[test]
fn the_readme_has_each_reason_once() {
    let readme = include_str!("../README.md");
    let rows: Vec<(&str, &str)> = readme
        .lines()
        .filter_map(|line| {
            let (decision, rest) = line.strip_prefix("| `")?.split_once("` | `")?;
            let (reason, _) = rest.split_once("` | ")?;
            ["admit", "refuse", "unverified", "check_out"].contains(&decision).then_some((decision, reason))
        })
        .collect();
    let mut reasons: Vec<_> =
        Decision::ALL.iter().map(|decision| (decision.name(), decision.reason_name())).collect();
    // Lines of a table can be no code at all; nobody at the door is.
    reasons.push(("unverified", "not_a_code"));
    assert_eq!(rows, reasons);
}

#[test]
fn what_a_person_looked_up_is_decided_as_the_services_answer_and_green_by_that_persons_word() {
    let (any, protected) = (Policy::Riskless, protected_by(&[Vaccinated], 48));
    for (looked_up, policy, decision, reason) in [
        (LookedUp::Riskless { is_protected: false }, &any, "admit", "desk"),
        (LookedUp::Riskless { is_protected: true }, &any, "admit", "desk"),
        (LookedUp::Riskless { is_protected: true }, &protected, "admit", "desk"),
        (LookedUp::Riskless { is_protected: false }, &protected, "refuse", "not_protected"),
        (LookedUp::Risky, &any, "refuse", "risky"),
        (LookedUp::Risky, &protected, "refuse", "risky"),
        (LookedUp::NotFound, &any, "refuse", "code_not_found"),
        (LookedUp::Expired, &any, "refuse", "code_expired"),
    ] {
        let decided = decide_looked_up(looked_up, policy);
        assert_eq!((decided.name(), decided.reason_name()), (decision, reason), "{looked_up:?} {policy:?}");
    }
}
