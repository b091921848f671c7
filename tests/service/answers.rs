//! Answers made of seeds: good ones, and ones that are wrong in one place or in several.

/// A whole answer, before it is framed.
#[derive(Debug, Clone)]
pub struct Response {
    pub http_status: u16,
    pub headers: Vec<(&'static str, Vec<u8>)>,
    pub body: Vec<u8>,
}

/// A seed that is being tried. Where that fails, by a panic of the client's too, it says which one it was.
pub struct Seed(pub u64);

impl Drop for Seed {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("seed {} failed: add it to KEPT, from where it is tried first", self.0);
        }
    }
}

/// Draws that follow from a seed alone (SplitMix64).
pub struct Draws(u64);

impl Draws {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % limit as u64) as usize
    }

    pub fn one_in(&mut self, number: usize) -> bool {
        self.below(number) == 0
    }

    pub fn of<'a, T: ?Sized>(&mut self, choices: &[&'a T]) -> &'a T {
        choices[self.below(choices.len())]
    }
}

/// The code that all answers are about.
pub const ASKED: &str = "A1B2345678";

const WORDS: &[&str] = &[
    r#""RISKLESS""#,
    r#""\u0052ISKLESS""#,
    r#""RISKY""#,
    r#""riskless""#,
    r#""RISKLESS ""#,
    r#"" RISKLESS""#,
    r#""RISKLESS\u0000""#,
    r#""RISKLES""#,
    r#""ＲISKLESS""#,
    r#""""#,
    r#"["RISKLESS"]"#,
    r#"{"RISKLESS":null}"#,
    "true",
    "null",
    "0",
];

const DATES: &[&str] = &[
    r#""2070-12-30T13""#,
    r#""2070-12-31T20:59:59.000Z""#,
    r#""2026-01-01T03:00:00+03:00""#,
    r#""2026-01-01T03:00:01+03:00""#,
    r#""9999-12-31T23:59:59Z""#,
    r#""2026-01-01T00:00:00Z""#,
    r#""2025-12-31T23:59:59.999Z""#,
    r#""2021-12-31T20:59:59""#,
    r#""0000-00-00T00:00:00Z""#,
    r#""2070-02-30T13""#,
    r#""2070-12-30""#,
    r#""2070-12-30 13:00""#,
    r#""12/30/2070T13""#,
    r#""+2070-12-30T13""#,
    r#""""#,
    "3181728000",
    "null",
];

const KEYS: &[&str] = &[
    "current_health_status",
    "expiration_date",
    "masked_identity_number",
    "masked_firstname",
    "masked_lastname",
    "errorKey",
    "status",
    "hes_code",
    "Current_Health_Status",
    "EXPIRATION_DATE",
    "errorkey",
    "current_health_status ",
    r"\u0063urrent_health_status",
    "title",
    "is_vaccinated",
    "",
];

pub const VALUES: &[&str] = &[
    "null",
    "200",
    "400",
    "200.0",
    r#""200""#,
    r#""A1B2345678""#,
    r#""a1b2-3456-78""#,
    r#""C3D4567890""#,
    r#""hescodenotfound""#,
    r#""hescodehasbeenexpired""#,
    r#""DE****""#,
    r#""\u001b[2J""#,
    r#"{"current_health_status":"RISKLESS","expiration_date":"2070-12-30T13"}"#,
    r#"[[[{}]]]"#,
    "1e999",
    "-",
    "truee",
];

const TYPES: &[&str] = &[
    "application/json",
    "application/json; charset=utf-8",
    "Application/JSON;charset=\"UTF-8\"",
    "application/problem+json",
    "application/json; charset=iso-8859-9",
    "text/html",
    "text/json",
    "application/jsonp",
    "application",
    "+json",
    "",
];

/// A good answer about a riskless holder, in one of its forms.
pub fn good(draws: &mut Draws) -> Response {
    let word = WORDS[draws.below(2)];
    let date = DATES[draws.below(2)];
    let mut members = vec![member("current_health_status", word), member("expiration_date", date)];
    if draws.one_in(2) {
        members.push(member("masked_lastname", r#""YI**** ""#));
    }
    if draws.one_in(2) {
        members.push(member("is_vaccinated", draws.of(&["true", "null", r#""null""#])));
    }
    let at = draws.below(members.len());
    members.swap(0, at);
    let headers = match draws.below(3) {
        0 => vec![],
        which => vec![("Content-Type", TYPES[which].as_bytes().to_vec())],
    };
    Response { http_status: 200, headers, body: object(&members, draws) }
}

/// A refusal in one of its forms.
fn refusal(draws: &mut Draws) -> Response {
    let key = draws.of(&[r#""hescodenotfound""#, r#""hescodehasbeenexpired""#, r#""validation""#]);
    let members = [member("status", "400"), member("errorKey", key)];
    Response { http_status: 400, headers: vec![], body: object(&members, draws) }
}

/// An answer that may be wrong anywhere.
pub fn mutated(draws: &mut Draws) -> Response {
    let response = if draws.one_in(8) { refusal(draws) } else { good(draws) };
    changed(response, other_object, draws)
}

/// `response`, wrong in a place or two; `other_body` makes bodies whose members are.
pub fn changed(
    mut response: Response,
    other_body: impl Fn(&mut Draws) -> Vec<u8>,
    draws: &mut Draws,
) -> Response {
    for _ in 0..=draws.below(2) {
        match draws.below(8) {
            0 => response.http_status = status(draws),
            1 => response.headers.push(("Content-Type", draws.of(TYPES).as_bytes().to_vec())),
            2 => {
                let encoding = draws.of(&["gzip", "identity", "br, identity", "Identity", "\u{ff}"]);
                response.headers.push(("Content-Encoding", encoding.as_bytes().to_vec()));
            }
            3..6 => response.body = other_body(draws),
            _ => damage(&mut response.body, draws),
        }
    }
    response
}

fn status(draws: &mut Draws) -> u16 {
    match draws.below(3) {
        0 => 400,
        1 => *draws.of(&[&201, &202, &204, &206, &226, &300, &304, &401, &403, &404, &422, &429, &500, &503]),
        _ => 200 + draws.below(800) as u16,
    }
}

pub fn member(key: &str, value: &str) -> String {
    format!("\"{key}\":{value}")
}

/// An object of the members that matter and others, each of them perhaps absent, twice or something else.
pub fn other_object(draws: &mut Draws) -> Vec<u8> {
    let mut members = Vec::new();
    for (key, values) in [("current_health_status", WORDS), ("expiration_date", DATES)] {
        // Mostly as it should be: what is wrong in every place at once proves little.
        let value = if draws.one_in(4) { draws.of(values) } else { values[0] };
        if !draws.one_in(8) {
            members.push(member(key, value));
        }
        if draws.one_in(8) {
            members.push(member(key, draws.of(values)));
        }
    }
    for _ in 0..draws.below(3) {
        members.push(member(draws.of(KEYS), draws.of(VALUES)));
    }
    let last = members.len().saturating_sub(1);
    if last > 0 {
        members.swap(draws.below(last), last);
    }
    object(&members, draws)
}

pub fn object(members: &[String], draws: &mut Draws) -> Vec<u8> {
    let between = draws.of(&[",", ", ", ",\r\n\t"]);
    format!("{{{}}}", members.join(between)).into_bytes()
}

/// Changes some bytes, wherever they stand.
fn damage(body: &mut Vec<u8>, draws: &mut Draws) {
    const PIECES: &[&[u8]] = &[
        b"\"",
        b"\\",
        b"{",
        b"}",
        b"[",
        b"]",
        b",",
        b":",
        b" ",
        b"\0",
        b"\xff",
        b"\xef\xbb\xbf",
        b"x",
        b"1",
    ];
    let at = draws.below(body.len() + 1);
    match draws.below(6) {
        0 => body.truncate(at),
        1 => drop(body.splice(at..at, draws.of(PIECES).iter().copied())),
        2 if at < body.len() => drop(body.remove(at)),
        3 if at < body.len() => body[at] ^= 1 << draws.below(8),
        4 => {
            let piece = body[at..].to_vec();
            body.extend(piece);
        }
        _ => {
            let (before, after) = draws.of::<(&[u8], &[u8])>(&[
                &(b"[", b"]"),
                &(b"\xef\xbb\xbf", b""),
                &(b"", b"<html>"),
                &(b")]}',\n", b""),
                &(b" \t\r\n", b"\n"),
                &(b"", b"{}"),
            ]);
            *body = [before, body.as_slice(), after].concat();
        }
    }
}
