//! Decisions on what a person saw who looked a code up, where no service is asked.

use super::{Decision, Policy, Reason};

/// What the Ministry's app or e-Devlet said of a code to whoever looked it up there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LookedUp {
    /// The holder is riskless.
    Riskless {
        /// Whether the holder is protected, too; only where the site asks for that does it count.
        is_protected: bool,
    },
    /// The holder is risky.
    Risky,
    /// There is no such code.
    NotFound,
    /// The code has expired.
    Expired,
}

impl LookedUp {
    /// The answers that a site of this policy tells apart.
    pub fn each(policy: &Policy) -> Vec<Self> {
        let riskless: &[bool] = if policy.needs_health_fields() { &[true, false] } else { &[false] };
        let riskless = riskless.iter().map(|&is_protected| Self::Riskless { is_protected });
        riskless.chain([Self::Risky, Self::NotFound, Self::Expired]).collect()
    }
}

/// Decides on a named person's word for what was looked up, as [`super::decide`] does on the service's answer.
pub fn decide_looked_up(looked_up: LookedUp, policy: &Policy) -> Decision {
    match (looked_up, policy) {
        (LookedUp::Riskless { is_protected: true | false }, Policy::Riskless)
        | (LookedUp::Riskless { is_protected: true }, Policy::RisklessAndProtected(_)) => {
            Decision::AdmitByDesk
        }
        (LookedUp::Riskless { is_protected: false }, Policy::RisklessAndProtected(_)) => {
            Decision::Refuse(Reason::NotProtected)
        }
        (LookedUp::Risky, _) => Decision::Refuse(Reason::Risky),
        (LookedUp::NotFound, _) => Decision::Refuse(Reason::CodeNotFound),
        (LookedUp::Expired, _) => Decision::Refuse(Reason::CodeExpired),
    }
}
