//! What is stored of visitors, where, for how long, and who can see it.

use std::iter;
use std::path::Path;

use serde::Serialize;

use super::site;
use crate::bulk;
use crate::command::run::{LOG_BYTES, LOG_FILES};
use crate::hes::Method;
use crate::kiosk::language::{Argument, Texts};
use crate::settings::{Privacy, Settings};
use crate::visits::KeySource;

/// Codes of the usual pattern: letter, digit, letter, digit, and six digits.
const USUAL_CODES: u64 = 26 * 10 * 26 * 10 * 1_000_000;

/// What stands in the record of an act, and in the receipt of a deletion: the members of `log list --acts --json`.
const ACT: [&str; 21] = [
    "sequence",
    "id",
    "at",
    "person",
    "act",
    "settings",
    "keys",
    "since",
    "cause",
    "records",
    "format",
    "until",
    "decision",
    "entrance",
    "with_acts",
    "name",
    "role",
    "wrong",
    "older_than_days",
    "files",
    "seal",
];
const RECEIPT: [&str; 15] = [
    "sequence",
    "id",
    "at",
    "person",
    "act",
    "older_than_days",
    "reason",
    "records",
    "from",
    "to",
    "sequences",
    "seal",
    "file",
    "erased_again",
    "digest",
];

/// What is stored nowhere.
const NEVER_STORED: [&str; 4] = ["code", "qr_payload_first_half", "pictures", "identity_digits"];

/// The inventory as `--json` prints it.
#[derive(Serialize)]
struct Inventory<'a> {
    site: &'a str,
    entrance: &'a str,
    environment: &'static str,
    privacy: Option<&'a Privacy>,
    stored: Vec<Stored>,
    holder_is_kept: bool,
    sent: Sent<'a>,
    /// The command that gets each evacuation list; `None` where nothing prints.
    printed_by: Option<String>,
    never_stored: [&'static str; 4],
    /// Who can see what is stored nowhere while it is worked with.
    memory: String,
    code_hash: CodeHash,
}

/// One thing that is stored.
#[derive(Serialize)]
struct Stored {
    name: &'static str,
    /// Absolute; `None` where it lies beside something else.
    path: Option<String>,
    contents: Vec<&'static str>,
    encrypted: bool,
    /// After how many hours it goes.
    hours: Option<u64>,
    /// How large it may grow before the oldest goes.
    most_bytes: Option<u64>,
    seen_by: SeenBy,
}

/// Who can see a thing.
#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
enum SeenBy {
    /// The user that the program runs as.
    Owner,
    /// The same, or whoever has a copy, and the key.
    OwnerWithKey,
    /// The program, by its service manager.
    ServiceManager,
    /// The desktop's keyring, while it is unlocked.
    Keyring,
}

/// Whom the code is sent to.
#[derive(Serialize)]
struct Sent<'a> {
    /// `None` is the simulator in the program.
    url: Option<String>,
    place: Option<SentPlace<'a>>,
}

#[derive(Serialize)]
struct SentPlace<'a> {
    city: &'a str,
    district: &'a str,
    address: &'a str,
    latitude: Option<f64>,
    longitude: Option<f64>,
}

/// What a code's hash is worth.
#[derive(Serialize)]
struct CodeHash {
    is_anonymous: bool,
    usual_codes: u64,
    why: String,
}

pub(super) fn json(settings: &Settings, texts: &Texts) -> String {
    let check_in = &settings.check_in;
    let inventory = Inventory {
        site: &settings.site_name,
        entrance: &check_in.entrance,
        environment: check_in.environment.name(),
        privacy: settings.privacy.as_ref(),
        stored: stored(settings),
        holder_is_kept: check_in.visits.keep_holder,
        sent: Sent {
            url: check_in.service_url.as_ref().map(ToString::to_string),
            place: check_in.sent_place().map(|place| SentPlace {
                city: &place.city,
                district: &place.district,
                address: &place.address,
                latitude: place.location.map(|(latitude, _)| latitude),
                longitude: place.location.map(|(_, longitude)| longitude),
            }),
        },
        printed_by: printed_by(settings),
        never_stored: NEVER_STORED,
        memory: texts.get("privacy-memory"),
        code_hash: CodeHash { is_anonymous: false, usual_codes: USUAL_CODES, why: texts.get("privacy-hash") },
    };
    serde_json::to_string(&inventory).unwrap_or_default()
}

pub(super) fn text(settings: &Settings, texts: &Texts) -> String {
    let check_in = &settings.check_in;
    let mut lines = vec![
        texts.get("privacy-title"),
        site(settings),
        texts.with("privacy-environment", &[("environment", Argument::Text(check_in.environment.name()))]),
    ];
    if !check_in.environment.is_real() {
        lines.push(texts.get("banner-not-real"));
    }
    for stored in stored(settings) {
        lines.extend(stored.lines(texts));
    }
    let holder = if check_in.visits.keep_holder { "privacy-holder-kept" } else { "privacy-holder-not-kept" };
    lines.extend([String::new(), texts.get(holder), texts.get("privacy-hash")]);

    lines.extend([String::new(), texts.get("privacy-sent"), format!("  {}", service(settings, texts))]);
    lines.push(format!(
        "  {}",
        match check_in.sent_place() {
            Some(place) => texts.with("privacy-sent-place", &[("place", Argument::Text(&place.words()))]),
            None => texts.get("privacy-sent-code"),
        }
    ));

    if let Some(command) = printed_by(settings) {
        let printed = texts.with("privacy-printed", &[("command", Argument::Text(&command))]);
        lines.extend([String::new(), printed]);
    }

    lines.extend([String::new(), texts.get("privacy-never")]);
    lines.extend(NEVER_STORED.map(|name| format!("  {}", texts.get(&format!("privacy-never-{name}")))));
    lines.extend([String::new(), texts.get("privacy-memory")]);
    lines.join("\n")
}

/// The command that prints, as the settings have it.
fn printed_by(settings: &Settings) -> Option<String> {
    let print = settings.desk.print.as_ref()?;
    let words = iter::once(&print.program).chain(&print.arguments).map(String::as_str);
    Some(words.collect::<Vec<_>>().join(" "))
}

/// Which service gets the code.
fn service(settings: &Settings, texts: &Texts) -> String {
    let check_in = &settings.check_in;
    let url = check_in.service_url.as_ref().map_or_else(String::new, ToString::to_string);
    let key = format!("privacy-sent-{}", check_in.environment.name());
    texts.with(&key, &[("url", Argument::Text(&url))])
}

impl Stored {
    fn lines(&self, texts: &Texts) -> Vec<String> {
        let arguments = [
            ("hours", Argument::Number(self.hours.unwrap_or_default())),
            ("days", Argument::Number(self.hours.unwrap_or_default() / 24)),
            ("megabytes", Argument::Number(self.most_bytes.unwrap_or_default() >> 20)),
        ];
        let of = |what: &str| texts.with(&format!("privacy-{}{what}", self.name), &arguments);
        let place = self.path.clone().unwrap_or_else(|| of("-where"));
        let seen = texts.get(match self.seen_by {
            SeenBy::Owner => "privacy-seen-owner",
            SeenBy::OwnerWithKey => "privacy-seen-owner-with-key",
            SeenBy::ServiceManager => "privacy-seen-service-manager",
            SeenBy::Keyring => "privacy-seen-keyring",
        });
        let about = |label: &str, words: String| format!("  {}: {words}", texts.get(label));
        vec![
            String::new(),
            of(""),
            about("privacy-where", place),
            about("privacy-contents", of("-contents")),
            about("privacy-kept", of("-kept")),
            about("privacy-seen", seen),
        ]
    }
}

/// Everything that is stored, by the settings in force.
fn stored(settings: &Settings) -> Vec<Stored> {
    let visits = &settings.check_in.visits;
    let retention = Some(u64::from(visits.retention_days) * 24);
    let keys_seen_by = match &visits.keys {
        KeySource::Credential(_) => SeenBy::ServiceManager,
        KeySource::File(_) => SeenBy::Owner,
        KeySource::Keyring(_) => SeenBy::Keyring,
    };
    let plain = |name, path: Option<&Path>, contents: &[&'static str]| Stored {
        name,
        path: path.map(absolute),
        contents: contents.to_vec(),
        encrypted: false,
        hours: None,
        most_bytes: None,
        seen_by: SeenBy::Owner,
    };
    let sealed = |name, contents: &[&'static str], hours| Stored {
        encrypted: true,
        hours,
        seen_by: SeenBy::OwnerWithKey,
        ..plain(name, Some(&visits.path), contents)
    };
    let mut journal = vec!["code_hash", "answer", "valid_until", "asked_at"];
    if settings.check_in.query.method == Method::Plus {
        journal.push("health_fields");
    }
    vec![
        sealed("visits", &visit(visits.keep_holder), retention),
        sealed("acts", &ACT, retention),
        sealed("receipts", &RECEIPT, None),
        sealed("people", &["name", "role", "pin_hash", "wrong_pins"], None),
        sealed("held", &["environment", "code_hash", "until"], Some(bulk::HOLD.as_hours().unsigned_abs())),
        Stored {
            seen_by: keys_seen_by,
            ..plain("keys", visits.keys.path(), &["database_key", "code_hash_key"])
        },
        Stored {
            path: Some(format!("{}.damaged-…, .replaced-…", absolute(&visits.path))),
            ..sealed("aside", &["visits"], retention)
        },
        Stored { path: None, ..sealed("backups", &["visits", "code_hash_key"], None) },
        Stored {
            hours: retention,
            ..plain(
                "exports",
                Some(&visits.exports),
                &["bulk_reports", "visits", "acts", "receipts", "backups"],
            )
        },
        plain("journals", None, &journal),
        Stored {
            most_bytes: Some((LOG_BYTES * (LOG_FILES + 1)) as u64),
            ..plain("log", Some(&settings.log.path), &["program_events"])
        },
    ]
}

/// What stands in a visit: the members of `log list --json`, and the hash and the seal, which that does not print.
fn visit(keep_holder: bool) -> Vec<&'static str> {
    let mut contents = vec![
        "sequence",
        "visit",
        "at",
        "environment",
        "entrance",
        "source",
        "decided_by",
        "answers",
        "code_hash",
        "decision",
        "reason",
        "valid_until",
        "service_ms",
        "person",
        "because",
        "second_person",
        "seal",
    ];
    if keep_holder {
        contents.push("holder");
    }
    contents
}

fn absolute(path: &Path) -> String {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).display().to_string()
}
