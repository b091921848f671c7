//! A status service as an institution might have it: it answers in bulk, keeps count, and stumbles as told.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use super::server::Server;

/// What the service does with a question: `None` answers it, else these bytes are the answer.
type Stumble = dyn Fn(usize, &[String]) -> Option<Vec<u8>> + Send + Sync;

/// A running service and what it was asked.
pub struct Institution {
    server: Server,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    /// How often each code was answered.
    answered: Mutex<HashMap<String, usize>>,
    /// The number of codes in each question.
    sizes: Mutex<Vec<usize>>,
    open: AtomicUsize,
    most_open: AtomicUsize,
}

impl Institution {
    /// Answers each question by the codes' last digits: 0 riskless, 1 risky, 2 not found, 3 expired by key,
    /// 4 expired by date, 5 another error key, 6 in both maps, all others in neither.
    pub fn start(stumble: impl Fn(usize, &[String]) -> Option<Vec<u8>> + Send + Sync + 'static) -> Self {
        let shared = Arc::new(Shared::default());
        let (stumble, counted): (Box<Stumble>, _) = (Box::new(stumble), Arc::clone(&shared));
        let server = Server::start(move |connection| {
            let question = connection.read_question()?;
            let open = counted.open.fetch_add(1, Ordering::SeqCst) + 1;
            counted.most_open.fetch_max(open, Ordering::SeqCst);
            let codes = codes(&question);
            counted.sizes.lock().unwrap().push(codes.len());
            let answer = match stumble(connection.number, &codes) {
                Some(answer) => answer,
                None => {
                    let mut answered = counted.answered.lock().unwrap();
                    codes.iter().for_each(|code| *answered.entry(code.clone()).or_default() += 1);
                    response("200 OK", "", &maps(&codes).to_string())
                }
            };
            counted.open.fetch_sub(1, Ordering::SeqCst);
            connection.say(&answer)
        });
        Self { server, shared }
    }

    pub fn url(&self) -> String {
        self.server.url()
    }

    /// How often each code was answered.
    pub fn answered(&self) -> HashMap<String, usize> {
        self.shared.answered.lock().unwrap().clone()
    }

    /// The number of codes in each question.
    pub fn sizes(&self) -> Vec<usize> {
        self.shared.sizes.lock().unwrap().clone()
    }

    /// The most questions that were open at a time.
    pub fn most_open(&self) -> usize {
        self.shared.most_open.load(Ordering::SeqCst)
    }
}

/// A whole response of HTTP/1.1.
pub fn response(http_status: &str, more: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "HTTP/1.1 {http_status}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n{more}\r\n{body}"
    )
    .into_bytes()
}

fn codes(question: &str) -> Vec<String> {
    let (_, body) = question.split_once("\r\n\r\n").unwrap();
    let question: Value = serde_json::from_str(body).unwrap();
    // A single question has no list.
    let Some(questions) = question.as_array() else { return vec![] };
    questions.iter().map(|question| question["hes_code"].as_str().unwrap().to_owned()).collect()
}

fn maps(codes: &[String]) -> Value {
    let mut maps = json!({ "success_map": {}, "unsuccess_map": {}, "took": 5 });
    let status = |health: &str, until: &str| {
        json!({
            "current_health_status": health, "expiration_date": until, "masked_identity_number": "********792",
            "masked_firstname": "DE****", "masked_lastname": "YI**** ", "remark": null
        })
    };
    for code in codes {
        let (success, refused) = match code.as_bytes()[9] {
            b'0' => (Some(status("RISKLESS", "2070-12-30T13")), None),
            b'1' => (Some(status("RISKY", "2070-12-30T13:00:00")), None),
            b'2' => (None, Some("hescodenotfound")),
            b'3' => (None, Some("hescodehasbeenexpired")),
            b'4' => (Some(status("RISKLESS", "2021-12-31T20:59:59.000Z")), None),
            b'5' => (None, Some("validation")),
            b'6' => (Some(status("RISKLESS", "2070-12-30T13")), Some("hescodenotfound")),
            _ => (None, None),
        };
        if let Some(success) = success {
            maps["success_map"][code] = success;
        }
        if let Some(refused) = refused {
            maps["unsuccess_map"][code] = json!(refused);
        }
    }
    maps
}

/// The decision and reason that the service's answer about a code comes to.
pub fn decision(code: &str) -> &'static str {
    match code.as_bytes()[9] {
        b'0' => "admit riskless",
        b'1' => "refuse risky",
        b'2' => "refuse code_not_found",
        b'3' | b'4' => "refuse code_expired",
        _ => "unverified unexpected_answer",
    }
}
