//! Errors with several faults.

use crate::runtime::fast_path::Canonical;
use crate::runtime::shape::Slot;
use crate::{
    ApiError, ENVELOPE_STYLES, Envelope, EnvelopeStyle, ErrorCode, Fault, Faults, ReceivedError,
    args,
};

fn faults() -> Faults {
    let mut faults: Faults = [("name", "Too \"long\"")].into_iter().collect();
    faults.push(Fault::new("The folder does not exist").with_code("missing"));
    faults
}

fn error(faults: Faults, style: EnvelopeStyle) -> ApiError {
    ApiError::from(args::NamesInvalid { faults })
        .with_message("Not valid")
        .with_style(style)
}

#[track_caller]
fn read(body: &str, style: EnvelopeStyle) -> ReceivedError {
    let headers = [("content-type", style.media_type())];
    ReceivedError::from_parts(400, headers, body.as_bytes())
}

#[test]
fn faults_are_in_the_message_and_in_the_details() {
    let error = ApiError::from(args::NamesInvalid { faults: faults() });
    let message = "These fields are not valid: name: Too \"long\", The folder does not exist.";
    assert_eq!(error.message(), message);
    let details = serde_json::to_value(error.details()).unwrap();
    let expected = serde_json::json!([
        { "param": "name", "message": "Too \"long\"" },
        { "code": "missing", "message": "The folder does not exist" },
    ]);
    assert_eq!(details["faults"], expected);
    assert_eq!(error.faults(), faults());
}

#[test]
fn a_client_reads_the_faults_that_a_server_sends() {
    let error = ApiError::from(args::NamesInvalid { faults: faults() });
    let headers: [(&str, &str); 0] = [];
    let received = ReceivedError::from_parts(400, headers, error.to_json().as_bytes());
    let read: args::NamesInvalid = received.details().unwrap().unwrap();
    assert_eq!(read.faults, faults());
}

#[test]
fn an_empty_name_counts_as_missing() {
    let fault = Fault::new("Too long")
        .with_param("a")
        .with_param("")
        .with_code("");
    assert_eq!(fault, Fault::new("Too long"));
    assert_eq!(
        serde_json::to_string(&fault).unwrap(),
        r#"{"message":"Too long"}"#
    );
}

/// The members that have faults in each style: RFC 9457, section 3; AIP-193; JSON:API 1.1.
#[test]
fn every_style_with_a_place_for_faults_has_them_there() {
    let listed = |faults: &str| {
        format!(
            r#""type":"https://example.com/errors/names_invalid","title":"Several fields are not valid","status":400,"detail":"Not valid","code":"names_invalid","error_type":"invalid_request","retryable":false,"details":{{"faults":{faults}}},"errors":{faults}"#
        )
    };
    let problem = listed(
        r#"[{"message":"Too \"long\"","param":"name"},{"code":"missing","message":"The folder does not exist"}]"#,
    );
    for (style, expected) in [
        (EnvelopeStyle::Problem, problem.as_str()),
        (
            EnvelopeStyle::Google,
            r#"{"@type":"type.googleapis.com/google.rpc.BadRequest","fieldViolations":[{"field":"name","description":"Too \"long\""},{"description":"The folder does not exist","reason":"missing"}]},{"@type":"type.googleapis.com/google.rpc.Help""#,
        ),
        (
            EnvelopeStyle::JsonApi,
            r#"},{"status":"400","detail":"Too \"long\"","source":{"parameter":"name"}},{"status":"400","code":"missing","detail":"The folder does not exist"}]}"#,
        ),
    ] {
        let body = error(faults(), style).to_json();
        assert!(body.contains(expected), "{body}");
        let event = error(faults(), style).to_sse_event();
        assert!(event.contains("Too \\\"long\\\""), "{event}");
    }
}

/// AIP-193: "Each type of detail payload must be included at most once."
#[test]
fn a_param_and_faults_are_violations_of_one_bad_request() {
    let error = error(faults(), EnvelopeStyle::Google).with_param("folder");
    let body = error.to_json();
    assert_eq!(body.matches("BadRequest").count(), 1);
    let expected = r#""fieldViolations":[{"field":"folder","description":"Not valid"},{"field":"name","description":"Too \"long\""},"#;
    assert!(body.contains(expected), "{body}");
    let again: ApiError = serde_json::from_str(&body).unwrap();
    assert_eq!(again.param(), Some("folder"));
    assert_eq!(again.faults(), faults());
}

/// Without faults, a body is that of the code: an empty list changes nothing.
#[test]
fn an_error_without_faults_has_the_body_of_its_code() {
    for style in ENVELOPE_STYLES {
        let message = ErrorCode::NamesInvalid.message();
        let with_none = ApiError::from(args::NamesInvalid {
            faults: Faults::default(),
        });
        let body = with_none.with_style(*style).with_message(message).to_json();
        let without = ApiError::new(ErrorCode::NamesInvalid).with_style(*style);
        let without = without.to_json();
        for member in ["\"errors\":[]", "fieldViolations"] {
            assert!(!body.contains(member), "{body}");
        }
        let shorter = body.replace(r#","details":{"faults":[]}"#, "").replace(
            r#",{"@type":"type.googleapis.com/google.protobuf.Struct","value":{"faults":[]}}"#,
            "",
        );
        assert_eq!(shorter, without, "{style}");
    }
}

/// Texts that readers and writers of JSON, of shapes and of logs can get wrong.
const TEXTS: [&str; 14] = [
    "",
    " ",
    "Too long",
    "a \"quote\" and a \\",
    "\n\r\t\0\u{7f}",
    "[",
    "{",
    "null",
    "$message",
    "${code}",
    "\",\"field\":\"x",
    "gr\u{fc}\u{df}e \u{1F4A5}\u{2028}\u{202e}",
    "names_invalid",
    "type.googleapis.com/google.rpc.BadRequest",
];

/// A list of this length whose faults combine the texts, and no text, in every way.
fn combined(length: usize) -> Faults {
    let optional = |number: usize| {
        let text = TEXTS.get(number % (TEXTS.len() + 1));
        text.map(|text| (*text).to_owned())
    };
    let faults = (0..length).map(|number| Fault {
        message: TEXTS[number % TEXTS.len()].to_owned(),
        param: optional(number / 2),
        code: optional(number / 3 + length),
    });
    faults.collect()
}

#[test]
fn any_faults_come_back_in_every_style_with_a_place_for_them() {
    for style in ENVELOPE_STYLES {
        let has_place = style.shape().faults.is_some();
        for length in [0, 1, 2, 3, 10, 99, 100] {
            let sent = combined(length);
            for param in [None, Some("folder")] {
                let error = error(sent.clone(), *style).with_param(param.unwrap_or_default());
                let body = error.to_json();
                assert_eq!(serde_json::to_string(&error).unwrap(), body);
                let received = read(&body, *style);
                let in_body = has_place || style.shape().place(Slot::Details).is_some();
                if in_body {
                    assert_eq!(received.faults(), sent, "{style}: {body}");
                }
                let envelope = Envelope::from_json(body.as_bytes()).unwrap();
                assert_eq!(envelope, Envelope::new(&error), "{body}");
                assert_eq!(serde_json::to_string(&envelope).unwrap(), body);
                let again: ApiError = serde_json::from_str(&body).unwrap();
                assert_eq!(again.to_json(), body);
                if has_place {
                    assert_eq!(again.faults(), sent, "{style}: {body}");
                    assert_eq!(
                        again.param(),
                        param.filter(|_| style.shape().place(Slot::Param).is_some())
                    );
                }
            }
        }
    }
}

#[test]
fn a_body_with_faults_is_not_canonical() {
    for style in ENVELOPE_STYLES {
        let shape = style.shape();
        if shape.faults.is_some() {
            let body = error(faults(), *style).to_json();
            assert!(!Canonical::new(&body).read(shape.read), "{body}");
        }
    }
}

/// Lists as other servers send them.
#[test]
fn a_client_reads_faults_of_other_servers() {
    let problem = r#"{"type":"https://example.net/validation-error","title":"Your request is not valid.",
        "errors":[{"detail":"must be a positive integer","pointer":"\#/age"},
                  {"detail":"must be 'green', 'red' or 'blue'","pointer":"\#/profile/color"}, 7, {}]}"#;
    let problem = problem.replace("\\#", "#");
    let google = r#"{"error":{"code":400,"message":"Invalid","status":"INVALID_ARGUMENT","details":[
        {"@type":"type.googleapis.com/google.rpc.BadRequest","fieldViolations":[
          {"field":"zone","description":"It is full","reason":"ZONE_FULL"},{"field":"size","description":"Too large"}]}]}}"#;
    let json_api = r#"{"errors":[{"detail":"Not valid","status":"422"},
        {"detail":"The name is empty.","source":{"parameter":"name"},"meta":{"x":1}}]}"#;
    let none: &[&str] = &[];
    for (style, body, expected) in [
        (
            EnvelopeStyle::Problem,
            problem.as_str(),
            &[
                "must be a positive integer",
                "must be 'green', 'red' or 'blue'",
            ][..],
        ),
        (
            EnvelopeStyle::Google,
            google,
            &["zone: It is full", "size: Too large"],
        ),
        (
            EnvelopeStyle::JsonApi,
            json_api,
            &["name: The name is empty."],
        ),
        (
            EnvelopeStyle::Problem,
            r#"{"title":"T","errors":"x"}"#,
            none,
        ),
        (
            EnvelopeStyle::OpenAi,
            r#"{"error":{"message":"m","type":"t","details":{"a":[{"message":"x"},{"message":"y","param":"z"}],"b":["w"],"c":[["v"]]}}}"#,
            &["x", "z: y"],
        ),
        (EnvelopeStyle::OpenAi, r#"{"error":{"message":"m"}}"#, none),
        (EnvelopeStyle::OpenAi, "<html>", none),
    ] {
        let faults = read(body, style).faults();
        let shown: Vec<String> = faults.iter().map(Fault::to_string).collect();
        assert_eq!(shown, expected, "{body}");
    }
}

/// A server of this API sends no faults in another form.
#[test]
fn a_fault_in_another_form_is_no_body_of_this_crate() {
    let body = error(faults(), EnvelopeStyle::Problem).to_json();
    let shape = EnvelopeStyle::Problem;
    assert!(serde_json::from_str::<ApiError>(&body).is_ok());
    for (from, to) in [
        (r#""errors":[{"message":"#, r#""errors":[{"text":"#),
        (r#""errors":[{"#, r#""errors":["x",{"#),
        (r#""param":"name""#, r#""param":7"#),
    ] {
        let other = body.replace(from, to);
        assert_ne!(other, body);
        let refused = serde_json::from_str::<ApiError>(&other).unwrap_err();
        assert!(refused.to_string().contains("`errors`"), "{refused}");
        // A client reads the rest.
        let received = read(&other, shape);
        assert_eq!(received.message.as_deref(), Some("Not valid"));
        assert!(!received.faults().is_empty(), "{other}");
    }
}

/// The cost of reading is linear in the size of a body, which is bounded.
#[test]
fn a_long_list_of_faults_is_read() {
    let entries = vec![r#"{"message":"m"}"#; 60_000].join(",");
    let body = format!(r#"{{"title":"T","detail":"D","code":"c","errors":[{entries}]}}"#);
    assert_eq!(read(&body, EnvelopeStyle::Problem).faults().len(), 60_000);
    let entries = vec!["{}"; 300_000].join(",");
    let body = format!(r#"{{"title":"T","detail":"D","code":"c","errors":[{entries}]}}"#);
    assert!(read(&body, EnvelopeStyle::Problem).faults().is_empty());
}
