use super::*;

const STATUS: &str = include_str!("../../../tests/fixtures/hes/status.json");
const REFUSAL: &str = include_str!("../../../tests/fixtures/hes/refusal.json");
const UNEXPECTED: Result<Answer, QueryError> = Err(QueryError::UnexpectedAnswer);

fn answer(http_status: u16, content_type: Option<&str>, body: &[u8]) -> Result<Answer, QueryError> {
    super::answer(&Code::parse("A1B2345678").unwrap(), http_status, content_type, body)
}

fn ok(body: &str) -> Result<Answer, QueryError> {
    answer(200, None, body.as_bytes())
}

fn refused(body: &str) -> Result<Answer, QueryError> {
    answer(400, None, body.as_bytes())
}

fn status(health: HealthStatus, holder: MaskedHolder) -> Result<Answer, QueryError> {
    let valid_until = "2021-12-31T20:59:59Z".parse().unwrap();
    Ok(Answer::Status(Status { health, valid_until, holder, fields: HealthFields::default() }))
}

/// A whole status with `more` before its end.
fn status_with(more: &str) -> String {
    format!(r#"{{"current_health_status": "RISKLESS", "expiration_date": "2021-12-31T20:59:59Z"{more}}}"#)
}

#[test]
fn the_contracts_status_is_read_whole() {
    let holder = MaskedHolder {
        first_name: Some("DE****".to_owned()),
        last_name: Some("YI****".to_owned()),
        identity_number: Some("********792".to_owned()),
    };
    assert_eq!(ok(STATUS), status(HealthStatus::Riskless, holder));
}

#[test]
fn a_risky_holder_is_risky() {
    let body = status_with("").replace("RISKLESS", "RISKY");
    assert_eq!(ok(&body), status(HealthStatus::Risky, MaskedHolder::default()));
}

#[test]
fn the_contracts_refusals_are_read() {
    for (key, said) in [("hescodenotfound", Answer::NotFound), ("hescodehasbeenexpired", Answer::Expired)] {
        assert_eq!(refused(&REFUSAL.replacen('…', key, 1)), Ok(said.clone()));
        assert_eq!(refused(&format!(r#"{{"errorKey": "{key}"}}"#)), Ok(said));
    }
}

#[test]
fn further_fields_are_ignored() {
    let deep = format!(r#", "more": {}{}"#, "[".repeat(20_000), "]".repeat(20_000));
    for more in [r#", "is_vaccinated": "null", "more": {"current_health_status": "RISKY"}"#, &deep] {
        assert_eq!(ok(&status_with(more)), status(HealthStatus::Riskless, MaskedHolder::default()));
    }
    let expired = r#"{"errorKey": "hescodehasbeenexpired", "status": 400, "expiration_date": null}"#;
    assert_eq!(refused(expired), Ok(Answer::Expired));
}

#[test]
fn an_absent_empty_or_blank_part_of_the_holder_is_none() {
    for more in
        ["", r#", "masked_firstname": null"#, r#", "masked_lastname": """#, r#", "masked_lastname": " \n""#]
    {
        assert_eq!(ok(&status_with(more)), status(HealthStatus::Riskless, MaskedHolder::default()));
    }
}

#[test]
fn a_status_that_is_not_exactly_of_the_contract_is_unexpected() {
    let health = |value: &str| status_with("").replace(r#""RISKLESS""#, value);
    let expiry = |value: &str| status_with("").replace(r#""2021-12-31T20:59:59Z""#, value);
    for body in [
        String::new(),
        " ".to_owned(),
        "null".to_owned(),
        r#""RISKLESS""#.to_owned(),
        "{}".to_owned(),
        r#"["RISKLESS", "2021-12-31T20:59:59Z", null, null, null, null]"#.to_owned(),
        format!("[{}]", status_with("")),
        format!("{}{}", status_with(""), status_with("")),
        format!("{},", status_with("")),
        format!("{}\0", status_with("")),
        format!("\u{feff}{}", status_with("")),
        format!("\u{c}{}", status_with("")),
        health(r#""riskless""#),
        health(r#""Riskless""#),
        health(r#""RISKLESS ""#),
        health(r#"" RISKLESS""#),
        health(r#""RISKLESS\u0000""#),
        health(r#""RİSKLESS""#),
        health(r#""""#),
        health(r#"["RISKLESS"]"#),
        health(r#"{"RISKLESS": null}"#),
        health("null"),
        health("true"),
        health("0"),
        r#"{"expiration_date": "2021-12-31T20:59:59Z"}"#.to_owned(),
        r#"{"Current_Health_Status": "RISKLESS", "expiration_date": "2021-12-31T20:59:59Z"}"#.to_owned(),
        r#"{"current_health_status": "RISKLESS"}"#.to_owned(),
        r#"{"current_health_status": "RISKY"}"#.to_owned(),
        expiry("null"),
        expiry("1640984399"),
        expiry("true"),
        expiry(r#""""#),
        status_with(r#", "current_health_status": "RISKLESS""#),
        status_with(r#", "current_health_status": "RISKY""#),
        status_with(r#", "current_health_stat\u0075s": "RISKY""#),
        status_with(r#", "expiration_date": "2021-12-31T20:59:59Z""#),
        status_with(r#", "masked_firstname": 1"#),
        status_with(r#", "masked_firstname": ["DE****"]"#),
        status_with(r#", "masked_firstname": "DE****", "masked_firstname": "DE****""#),
        status_with(r#", "errorKey": "hescodenotfound""#),
        status_with(r#", "errorKey": null"#),
        REFUSAL.replacen('…', "hescodenotfound", 1),
        "{".repeat(60_000),
        format!(r#"{{"current_health_status": {}"#, "[".repeat(60_000)),
        format!(r#"{{"more": {}"#, r#"{"a":"#.repeat(12_000)),
    ] {
        assert_eq!(ok(&body), UNEXPECTED, "{:.120}", body);
    }
}

#[test]
fn text_that_is_not_utf_8_is_unexpected_even_in_an_ignored_field() {
    let body = status_with(r#", "more": "?""#).into_bytes();
    let body: Vec<u8> = body.into_iter().map(|byte| if byte == b'?' { 0xFF } else { byte }).collect();
    assert_eq!(answer(200, None, &body), UNEXPECTED);
}

#[test]
fn a_refusal_that_is_not_exactly_of_the_contract_is_unexpected() {
    for body in [
        "",
        "{}",
        r#"{"status": 400}"#,
        r#"{"status": 400, "errorKey": null}"#,
        r#"{"status": 400, "errorKey": "validation"}"#,
        r#"{"status": 400, "errorKey": "HESCODENOTFOUND"}"#,
        r#"{"status": 400, "errorKey": " hescodenotfound"}"#,
        r#"{"status": 400, "errorKey": {"hescodenotfound": null}}"#,
        r#"{"status": 400, "errorKey": "hescodenotfound", "errorKey": "hescodehasbeenexpired"}"#,
        r#"{"status": 404, "errorKey": "hescodenotfound"}"#,
        r#"{"status": 65936, "errorKey": "hescodenotfound"}"#,
        r#"{"status": "400", "errorKey": "hescodenotfound"}"#,
        r#"{"status": 400.0, "errorKey": "hescodenotfound"}"#,
        r#"{"status": null, "errorKey": "hescodenotfound"}"#,
        r#"{"errorKey": "hescodenotfound", "current_health_status": "RISKLESS"}"#,
        r#"{"errorKey": "hescodenotfound"} x"#,
        r#"["hescodenotfound", 400, false]"#,
        STATUS,
    ] {
        assert_eq!(refused(body), UNEXPECTED, "{body}");
    }
}

#[test]
fn an_http_status_other_than_200_and_400_says_nothing_of_the_visitor() {
    let said_by = |http_status| answer(http_status, Some("application/json"), STATUS.as_bytes());
    for http_status in 100..=999 {
        let expected = match http_status {
            200 => continue,
            401 | 403 => QueryError::CredentialsRejected,
            429 => QueryError::RateLimited,
            500..=599 => QueryError::ServiceFailed,
            _ => QueryError::UnexpectedAnswer,
        };
        assert_eq!(said_by(http_status), Err(expected), "{http_status}");
    }
}

#[test]
fn only_json_is_read() {
    for (content_type, accepted) in [
        ("application/json", true),
        ("Application/JSON; charset=UTF-8", true),
        ("application/json;charset=UTF-8", true),
        ("application/json; charset=\"utf-8\"", true),
        ("application/json; charset=utf-16", false),
        ("application/problem+json", true),
        ("text/html", false),
        ("text/html; x=application/json", false),
        ("text/json", false),
        ("application/jsonp", false),
        ("application/x-ndjson", false),
        ("json", false),
        ("+json", false),
        ("/+json", false),
        ("", false),
    ] {
        let read = answer(200, Some(content_type), STATUS.as_bytes()).is_ok();
        assert_eq!(read, accepted, "{content_type}");
    }
}

#[test]
fn each_seen_shape_of_a_date_is_read_as_utc_unless_it_names_a_zone() {
    for (text, instant) in [
        ("2070-12-30T13", "2070-12-30T13:00:00Z"),
        ("2021-12-31T20:59", "2021-12-31T20:59:00Z"),
        ("2021-12-31T20:59:59", "2021-12-31T20:59:59Z"),
        ("2021-12-31T20:59:59Z", "2021-12-31T20:59:59Z"),
        ("2021-12-31T20:59:59.000Z", "2021-12-31T20:59:59Z"),
        ("2021-08-09T11:51:30.597Z", "2021-08-09T11:51:30.597Z"),
        ("2021-12-31T20:59:59.5", "2021-12-31T20:59:59.5Z"),
        ("2021-12-31T20:59:59.123456789", "2021-12-31T20:59:59.123456789Z"),
        ("2021-12-31T23:59:59+03:00", "2021-12-31T20:59:59Z"),
        ("2021-12-31T23+03:00", "2021-12-31T20:00:00Z"),
        ("2021-12-31T20-00:30", "2021-12-31T20:30:00Z"),
        ("2024-02-29T00Z", "2024-02-29T00:00:00Z"),
    ] {
        assert_eq!(timestamp(text), Some(instant.parse().unwrap()), "{text}");
    }
}

#[test]
fn any_other_date_is_refused() {
    for text in [
        "",
        "T",
        "2021-12-31",
        "2021-12-31T",
        "2021-12-31 20:59:59",
        "2021-12-31t20:59:59",
        "2021-12-31T20:59:59z",
        " 2021-12-31T20:59:59Z",
        "2021-12-31T20:59:59Z ",
        "2021-12-31T20:59:59 Z",
        "2021-12-31T2",
        "2021-12-31T20:5",
        "2021-12-31T20:",
        "2021-12-31T20:59:",
        "2021-12-31T20:59:59:00",
        "2021-12-31T2059",
        "20211231T205959Z",
        "2021-12-31T20:59:59.",
        "2021-12-31T20:59:59.Z",
        "2021-12-31T20:59:59.1234567890",
        "2021-12-31T20:59:59,5",
        "2021-12-31T20:59.5",
        "2021-12-31T20.5",
        "2021-12-31T24:00:00",
        "2021-12-31T20:60:00",
        "2021-12-31T20:59:60",
        "2021-02-29T00:00:00",
        "2021-13-01T00:00:00",
        "2021-00-01T00:00:00",
        "2021-12-00T00:00:00",
        "0000-12-31T20:59:59",
        "-2021-12-31T20:59:59",
        "+2021-12-31T20:59:59",
        "12021-12-31T20:59:59",
        "21-12-31T20:59:59",
        "2021-1-31T20:59:59",
        "2021-12-31-01T20:59:59",
        "2021-W52-5T20:59:59",
        "2021-365T20:59:59",
        "2021-12-31T20:59:59+03",
        "2021-12-31T20:59:59+0300",
        "2021-12-31T20:59:59+3:00",
        "2021-12-31T20:59:59+24:00",
        "2021-12-31T20:59:59+03:60",
        "2021-12-31T20:59:59+03:00:00",
        "2021-12-31T20:59:59Z03:00",
        "2021-12-31T20:59:59ZZ",
        "2021-12-31T20:59:59Z+03:00",
        "2021-12-31T20:59:59+03:00[Europe/Istanbul]",
        "2021-12-31T20:59:59[UTC]",
        "2021-12-31T20:59:59+03:00Z",
        "٢٠٢١-12-31T20:59:59",
        "2021-12-31T+5",
    ] {
        assert_eq!(timestamp(text), None, "{text}");
    }
}

#[test]
fn only_the_visitor_method_sends_the_place() {
    let code = Code::parse("A1B2-3456-78").unwrap();
    let mut place = Place {
        city: "Ankara".to_owned(),
        district: "Çankaya".to_owned(),
        address: "Kapı 1".to_owned(),
        location: None,
    };
    let body = |method: Method, place: &Place| -> Value {
        serde_json::from_str(&method.body(&code, place)).unwrap()
    };
    for method in [Method::Employee, Method::General, Method::Plus] {
        assert_eq!(body(method, &place), json!({ "hes_code": "A1B2345678" }));
    }
    let mut expected = json!({
        "hes_code": "A1B2345678", "city": "Ankara", "district": "Çankaya", "explicit_address": "Kapı 1"
    });
    assert_eq!(body(Method::Visitor, &place), expected);
    place.location = Some((39.9, 32.8));
    expected["location"] = json!({ "latitude": 39.9, "longitude": 32.8 });
    assert_eq!(body(Method::Visitor, &place), expected);
}

#[test]
fn an_answer_that_contradicts_itself_is_none() {
    for more in [
        r#", "Current_Health_Status": "RISKY""#,
        r#", "EXPIRATION_DATE": "2001-01-01T00:00:00Z""#,
        r#", "errorkey": "hescodenotfound""#,
        r#", "status": 400"#,
        r#", "hes_code": "Z9Z9999999""#,
        r#", "hes_code": null, "hes_code": "A1B2345678""#,
        r#", "remark": 1, "Remark": 2"#,
    ] {
        assert_eq!(ok(&status_with(more)), UNEXPECTED, "{more}");
    }
}

#[test]
fn an_answer_that_repeats_what_it_is_about_is_one() {
    for more in [r#", "status": 200"#, r#", "hes_code": "A1B2-3456-78""#, r#", "status": "OK""#] {
        assert!(ok(&status_with(more)).is_ok(), "{more}");
    }
}

#[test]
fn a_masked_name_that_no_service_writes_is_none() {
    for name in ["\\u001b[2J", "\\n", &"A".repeat(65)] {
        let name = format!("DE{name}YI");
        assert_eq!(ok(&status_with(&format!(r#", "masked_firstname": "{name}""#))), UNEXPECTED, "{name}");
    }
}

#[test]
fn what_the_service_does_not_mask_is_masked() {
    for (first_name, last_name, identity_number, masked) in [
        ("DENİZ", "Yılmaz", "12345678792", ["DE***", "Yı****", "********792"]),
        ("DE***", "YI****", "123*****792", ["DE***", "YI****", "********792"]),
        ("Ayşe  Nur", "Öz-Er", "1234567879*", ["Ay** Nu*", "Öz***", "********79*"]),
        ("A", "ER", "92", ["A", "ER", "92"]),
        ("İKİ", "*** Can", "çok uzun 792", ["İK*", "*** Ca*", "*********792"]),
    ] {
        let body = status_with(&format!(
            r#", "masked_firstname": "{first_name}", "masked_lastname": "{last_name}",
                "masked_identity_number": "{identity_number}""#
        ));
        let [first_name, last_name, identity_number] = masked.map(|text| Some(text.to_owned()));
        let holder = MaskedHolder { first_name, last_name, identity_number };
        assert_eq!(ok(&body), status(HealthStatus::Riskless, holder), "{masked:?}");
    }
}

#[test]
fn the_last_day_of_time_is_in_the_future() {
    let body = status_with("").replace("2021-12-31T20:59:59Z", "9999-12-31T23:59:59Z");
    let Ok(Answer::Status(status)) = ok(&body) else { panic!("no status") };
    assert_eq!(status.valid_until, Timestamp::MAX);
}

/// The health fields of a status with `more`.
fn fields(more: &str) -> HealthFields {
    match ok(&status_with(more)) {
        Ok(Answer::Status(status)) => status.fields,
        other => panic!("no status: {other:?}"),
    }
}

#[test]
fn health_fields_are_read_as_values_and_as_texts() {
    let more = r#", "is_vaccinated": true, "is_immune": "false", "is_test_data_shared": "true",
        "last_negative_test_date": "2021-08-09T11:51:30.597Z""#;
    let expected = HealthFields {
        is_vaccinated: Some(true),
        is_immune: Some(false),
        is_test_data_shared: Some(true),
        last_negative_test: Some("2021-08-09T11:51:30.597Z".parse().unwrap()),
    };
    assert_eq!(fields(more), expected);
}

#[test]
fn a_health_field_that_is_missing_or_odd_is_not_shown() {
    let values = [
        "null",
        r#""null""#,
        r#""True""#,
        r#"" true""#,
        r#""""#,
        "1",
        "[true]",
        r#"{"is": true}"#,
        r#""yes""#,
    ];
    for value in values {
        let more = format!(
            r#", "is_vaccinated": {value}, "is_immune": {value}, "is_test_data_shared": {value},
                "last_negative_test_date": {value}"#
        );
        assert_eq!(fields(&more), HealthFields::default(), "{value}");
    }
    assert_eq!(fields(""), HealthFields::default());
}
