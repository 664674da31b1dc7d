//! Laws of writing and reading, for any text and any bytes.

#[path = "../exhaustive.rs"]
mod exhaustive;

use core::time::Duration;

use details_errors as both_styles;
use gateway_errors::{
    ApiError, Backoff, ENVELOPE_STYLES, Envelope, ErrorCode, ErrorType, MaybeKnown, ReceivedError,
};
use proptest::prelude::*;
use shapes_errors as shapes;

type Headers = [(&'static str, &'static str); 0];

const NO_HEADERS: Headers = [];

fn code() -> impl Strategy<Value = ErrorCode> {
    proptest::sample::select(ErrorCode::ALL)
}

/// Texts with all that JSON escapes, and with characters of every width.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[\\x00-\\x7f]{0,40}",
        "[a-z \"\\\\\n\u{e9}\u{1F4A5}\u{2028}]{0,60}",
    ]
}

/// A message that is taken: a blank one is ignored.
fn message() -> impl Strategy<Value = String> {
    text().prop_filter("blank", |text| !text.trim().is_empty())
}

/// Faults with any texts, up to a hundred.
fn faults() -> impl Strategy<Value = Vec<shapes::Fault>> {
    let fault = (text(), proptest::option::of(text()), proptest::option::of(text()));
    let fault = fault.prop_map(|(message, param, code)| {
        let mut fault = shapes::Fault::new(message);
        fault.param = param;
        fault.code = code;
        fault
    });
    let fault = fault.boxed();
    prop_oneof![
        9 => proptest::collection::vec(fault.clone(), 0..5),
        1 => proptest::collection::vec(fault, 0..=100),
    ]
}

/// Values that may stand where a text belongs.
fn member() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => text().prop_map(|text| serde_json::to_string(&text).unwrap()),
        2 => code().prop_map(|code| format!("\"{code}\"")),
        1 => Just("null".to_owned()),
        1 => Just("7".to_owned()),
        1 => Just("true".to_owned()),
        1 => Just("{\"message\":\"inner\"}".to_owned()),
        1 => Just("[\"x\"]".to_owned()),
    ]
}

/// Bodies that are those of an envelope, or nearly.
fn envelope() -> impl Strategy<Value = String> {
    let names = ["message", "type", "code", "param", "details"];
    let order = prop_oneof![
        2 => Just(vec![0, 1, 2, 3]),
        2 => Just(vec![0, 1, 2]),
        1 => Just(vec![0, 1, 2, 3, 4]),
        1 => proptest::sample::subsequence(vec![0, 1, 2, 3, 4], 0..5).prop_shuffle(),
    ];
    (order, proptest::collection::vec(member(), 5)).prop_map(move |(order, members)| {
        let members = order
            .iter()
            .map(|at| format!("\"{}\":{}", names[*at], members[*at]));
        let members: Vec<String> = members.collect();
        format!("{{\"error\":{{{}}}}}", members.join(","))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(exhaustive::select(250, 2_000)))]

    #[test]
    fn any_bytes_give_a_value(
        status in any::<u16>(),
        name in any::<String>(),
        value in any::<Vec<u8>>(),
        body in any::<Vec<u8>>(),
    ) {
        let names = [name.as_str(), "retry-after", "retry-after-ms", "date", "x-request-id"];
        let headers = names.map(|name| (name, &value));
        let received = ReceivedError::from_parts(status, headers, &body);
        prop_assert_eq!(received.status, status);
        let said = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&body);
        prop_assert!(received.raw_excerpt.is_some() || received.message.is_some() || said.is_empty());
        let _ = received.retry();
        let _ = received.to_string();
    }

    #[test]
    fn an_error_of_a_provider_becomes_one_of_the_api(
        status in any::<u16>(),
        start in prop_oneof![Just(""), Just("<h1>"), Just("{\"error\":{\"message\":\""), Just("{\"error\":{\"type\":\"")],
        text in text(),
        delay in any::<String>(),
    ) {
        let body = format!("{start}words of the provider {text}\"}}}}");
        let headers = [("retry-after", delay.as_str()), ("x-request-id", "words of the provider")];
        let error = ApiError::from_upstream(&ReceivedError::from_parts(status, headers, body.as_bytes()));
        prop_assert!((400..600).contains(&error.status()));
        let sent = error.to_json();
        prop_assert!(!sent.contains("words of the provider"), "{}", sent);
        let headers = error.headers();
        prop_assert!(headers.iter().all(|(_, value)| !value.contains("words")));
        prop_assert!(Envelope::from_json(sent.as_bytes()).is_ok());
    }

    #[test]
    fn an_error_that_is_handed_on_is_read_as_it_was(
        status in any::<u16>(),
        start in prop_oneof![Just(""), Just(" "), Just("<h1>"), Just("{\"a\":1}")],
        body in envelope(),
        rest in text(),
        should_retry in prop_oneof![Just("true"), Just("false"), Just("maybe")],
        delay in any::<String>(),
        id in any::<String>(),
    ) {
        let body = format!("{start}{body}");
        let headers = [("x-should-retry", should_retry), ("retry-after", &delay), ("x-request-id", &rest)];
        let received = ReceivedError::from_parts(status, headers, body.as_bytes());
        for style in ENVELOPE_STYLES {
            let error = ApiError::relay(&received).with_style(*style).with_request_id(id.clone());
            prop_assert!((400..600).contains(&error.status()));
            let sent = error.to_json();
            let headers = error.headers();
            for (_, value) in &headers {
                prop_assert!(value.bytes().all(|byte| (0x20..0x7F).contains(&byte)));
            }
            prop_assert_eq!(serde_json::to_string(&error).unwrap(), &*sent);
            prop_assert_eq!(serde_json::to_string(&Envelope::new(&error)).unwrap(), &*sent);
            let headers = headers.iter().map(|(name, value)| (name, value.as_bytes()));
            let again = ReceivedError::from_parts(error.status(), headers, sent.as_bytes());
            prop_assert_eq!(again.style.as_deref(), Some(style.as_str()));
            // The other styles of the catalog have names of their own, or no place for codes.
            let has_wire_names = matches!(style.as_str(), "openai" | "problem");
            if has_wire_names || again.code.is_some() {
                prop_assert_eq!(&again.code, &received.code, "{}", sent);
            }
            prop_assert_eq!(again.message.as_deref(), Some(error.message()), "{}", sent);
            if let Some(message) = &received.message {
                prop_assert_eq!(error.message(), message);
            }
            if error.code().is_none() {
                if (400..600).contains(&status) {
                    prop_assert_eq!(error.status(), status);
                }
                let helps = received.retry().rule.is_retryable();
                prop_assert_eq!(again.retry().rule.is_retryable(), helps);
                if received.error_type.is_some() && has_wire_names {
                    prop_assert_eq!(&again.error_type, &received.error_type, "{}", sent);
                }
            }
            prop_assert_eq!(again.request_id.as_deref(), error.request_id());
            let event = error.to_sse_event();
            let data = event.lines().find_map(|line| line.strip_prefix("data: ")).unwrap();
            let event = ReceivedError::from_event(Some("error"), data).unwrap();
            if has_wire_names {
                prop_assert_eq!(&event.code, &received.code, "{}", data);
            }
        }
    }

    #[test]
    fn a_damaged_body_gives_a_value(
        body in envelope(),
        cut in any::<proptest::sample::Index>(),
        at in any::<proptest::sample::Index>(),
        byte in any::<u8>(),
    ) {
        let mut damaged = body.into_bytes();
        damaged.truncate(cut.index(damaged.len()) + 1);
        let at = at.index(damaged.len());
        damaged[at] = byte;
        let received = ReceivedError::from_parts(500, NO_HEADERS, &damaged);
        prop_assert!(received.raw_excerpt.is_some() || received.message.is_some());
    }

    /// White space in front sends a body the slow way.
    #[test]
    fn the_fast_way_and_the_slow_way_read_the_same(
        body in envelope(),
        media_type in proptest::sample::select(&["application/json", "application/problem+json"]),
    ) {
        let headers = [("content-type", media_type)];
        let fast = ReceivedError::from_parts(400, headers, body.as_bytes());
        let spaced = format!(" {body}");
        let mut slow = ReceivedError::from_parts(400, headers, spaced.as_bytes());
        slow.raw_excerpt = slow.raw_excerpt.map(|excerpt| excerpt[1..].to_owned());
        prop_assert_eq!(fast, slow);
    }

    /// Reading without a copy gives what serde gives, or fails where it fails.
    #[test]
    fn envelopes_are_read_as_serde_reads_them(body in envelope()) {
        let fast = Envelope::from_json(body.as_bytes()).ok();
        let slow = serde_json::from_str::<Envelope<'_>>(&format!(" {body}")).ok();
        prop_assert_eq!(fast, slow);
    }

    #[test]
    fn any_message_comes_back(code in code(), message in message(), param in text()) {
        let error = ApiError::new(code).with_message(message.clone()).with_param(param.clone());
        let body = error.to_json();
        let received = ReceivedError::from_parts(code.status(), NO_HEADERS, body.as_bytes());
        prop_assert_eq!(received.message, Some(message));
        prop_assert_eq!(received.param, Some(param).filter(|param| !param.is_empty()));
        prop_assert_eq!(received.code, Some(MaybeKnown::Known(code)));
        prop_assert_eq!(received.error_type, Some(MaybeKnown::Known(code.error_type())));
        let event = error.to_sse_event();
        let data = event.strip_prefix("event: error\n").unwrap();
        prop_assert!(!data.trim_end().contains(['\n', '\r']));
    }

    #[test]
    fn any_message_comes_back_in_every_style(message in message(), instance in text()) {
        for style in both_styles::ENVELOPE_STYLES {
            let error = both_styles::ApiError::new(both_styles::ErrorCode::Beside)
                .with_message(message.clone())
                .with_instance(&instance)
                .with_accept(style.media_type());
            let body = error.to_json();
            let received =
                both_styles::ReceivedError::from_parts(400, NO_HEADERS, body.as_bytes());
            prop_assert_eq!(received.message.as_ref(), Some(&message));
            let read: both_styles::ApiError = serde_json::from_str(&body).unwrap();
            prop_assert_eq!(read.with_accept(style.media_type()).to_json(), body);
        }
    }

    #[test]
    fn any_arguments_come_back(
        text in text(),
        flag in any::<bool>(),
        signed in any::<i64>(),
        unsigned in any::<u64>(),
        float in proptest::num::f64::NORMAL | proptest::num::f64::SUBNORMAL | proptest::num::f64::ZERO,
        millis in any::<u32>(),
        texts in proptest::collection::vec(text(), 0..4),
    ) {
        let sent = both_styles::args::EveryKind {
            text,
            flag,
            signed,
            unsigned,
            float,
            pause: Duration::from_millis(millis.into()),
            texts,
            secret: "hunter2".to_owned().into(),
        };
        for style in both_styles::ENVELOPE_STYLES {
            let error = both_styles::ApiError::from(sent.clone()).with_accept(style.media_type());
            let body = error.to_json();
            prop_assert_eq!(serde_json::to_string(&error).unwrap(), &*body);
            let received =
                both_styles::ReceivedError::from_parts(400, NO_HEADERS, body.as_bytes());
            prop_assert_eq!(received.message.as_deref(), Some(error.message()));
            let read: both_styles::args::EveryKind = received.details().unwrap().unwrap();
            prop_assert_eq!(read.float.to_bits(), sent.float.to_bits());
            let told = both_styles::args::EveryKind { secret: sent.secret.clone(), ..read };
            prop_assert_eq!(told, sent.clone());
        }
    }

    #[test]
    fn any_faults_come_back(sent in faults(), more in faults(), message in message()) {
        let all: Vec<_> = sent.iter().chain(&more).cloned().collect();
        let arguments = shapes::args::Invalid { faults: sent.clone().into(), unknown: Some(more.into()) };
        for style in shapes::ENVELOPE_STYLES {
            let error = shapes::ApiError::from(arguments.clone())
                .with_style(*style)
                .with_message(message.clone());
            let body = error.to_json();
            prop_assert_eq!(serde_json::to_string(&error).unwrap(), &*body);
            let has_place = [shapes::EnvelopeStyle::Github, shapes::EnvelopeStyle::JsonApi].contains(style);
            let expected = if has_place { all.clone() } else { Vec::new() };
            let headers = [("content-type", style.media_type())];
            let received = shapes::ReceivedError::from_parts(422, headers, body.as_bytes());
            prop_assert_eq!(&*received.faults(), &expected[..]);
            let read: shapes::ApiError = serde_json::from_str(&body).unwrap();
            prop_assert_eq!(read.to_json(), &*body);
            prop_assert_eq!(&*read.faults(), &expected[..]);
        }
        for style in both_styles::ENVELOPE_STYLES {
            let of_style = |fault: &shapes::Fault| {
                let json = serde_json::to_string(fault).unwrap();
                serde_json::from_str::<both_styles::Fault>(&json).unwrap()
            };
            let sent: Vec<_> = sent.iter().map(of_style).collect();
            let arguments = both_styles::args::Beside {
                nanos: Duration::ZERO,
                one: Vec::new(),
                not_a_number: 1.0,
                faults: sent.clone().into(),
            };
            let error = both_styles::ApiError::from(arguments).with_style(*style);
            let body = error.to_json();
            let headers = [("content-type", style.media_type())];
            let received = both_styles::ReceivedError::from_parts(400, headers, body.as_bytes());
            prop_assert_eq!(&*received.faults(), &sent[..]);
            let read: both_styles::ApiError = serde_json::from_str(&body).unwrap();
            prop_assert_eq!(read.to_json(), body);
        }
    }

    #[test]
    fn errors_and_answers_survive_serde(body in envelope(), seconds in any::<u32>()) {
        let headers = [("retry-after", seconds.to_string())];
        let received = ReceivedError::from_parts(429, headers, body.as_bytes());
        let json = serde_json::to_string(&received).unwrap();
        prop_assert_eq!(serde_json::from_str::<ReceivedError>(&json).unwrap(), received);
    }

    #[test]
    fn headers_contain_no_line_break(id in any::<String>(), accept in any::<String>()) {
        let error = ApiError::from_type(ErrorType::ServerError)
            .with_request_id(id)
            .with_accept(&accept);
        for (_, value) in error.headers() {
            prop_assert!(value.bytes().all(|byte| (0x20..0x7F).contains(&byte)));
        }
        prop_assert!(ENVELOPE_STYLES.contains(&error.style()));
    }

    #[test]
    fn no_wait_is_longer_than_it_may_be(
        initial in any::<Duration>(),
        factor in any::<u32>(),
        max in any::<Duration>(),
        max_retries in 0..200_u32,
        jitter in any::<bool>(),
        seed in any::<u64>(),
    ) {
        let backoff = Backoff { initial, factor, max, max_retries, jitter };
        let mut waits = 0;
        for wait in backoff.delays(seed) {
            prop_assert!(wait <= max);
            waits += 1;
        }
        prop_assert_eq!(waits, max_retries);
    }
}
