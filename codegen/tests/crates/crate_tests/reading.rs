//! A body in the layout of its style is read by the parts of the style, and any other by its JSON tree: with the same
//! result.

#[path = "../exhaustive.rs"]
mod exhaustive;

use core::time::Duration;

use proptest::prelude::*;
use proptest::sample::{Index, select};

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => "[a-z_ ]{1,40}",
        1 => any::<String>(),
        1 => select(&["param", "file_not_found", "missing", "none", "NOT_FOUND", " ", "7", "about:blank"][..])
            .prop_map(str::to_owned),
    ]
}

/// What an error has beside its code.
#[derive(Clone, Debug)]
struct Others {
    message: Option<String>,
    param: Option<String>,
    request_id: Option<String>,
    instance: Option<String>,
    delay: Option<u32>,
}

fn others() -> impl Strategy<Value = Others> {
    use proptest::option::of;
    let delay = of(1..100_u32);
    let id = of(select(&["req_1", "req_2"][..]).prop_map(str::to_owned));
    (of(text()), of(text()), id, of(text()), delay).prop_map(
        |(message, param, request_id, instance, delay)| Others {
            message,
            param,
            request_id,
            instance,
            delay,
        },
    )
}

/// A change of one character, or none.
fn change() -> impl Strategy<Value = Option<(Index, &'static str)>> {
    let texts = ["", "x", "X", "0", "7", "e", "\"", ",", "{", "]", " ", "null"];
    proptest::option::of((any::<Index>(), select(texts.to_vec())))
}

fn changed(body: &str, change: Option<(Index, &'static str)>) -> String {
    let Some((at, text)) = change else {
        return body.to_owned();
    };
    let mut characters: Vec<String> = body.chars().map(String::from).collect();
    let at = at.index(characters.len());
    characters[at] = text.to_owned();
    characters.concat()
}

/// Reads the bodies of an error in every style, each also with white space in front, which no style has.
macro_rules! reads_alike {
    ($errors:ident, $error:expr, $others:expr, $change:expr, $headers:expr) => {{
        let mut error = $error;
        let others: Others = $others;
        if let Some(message) = others.message {
            error = error.with_message(message);
        }
        if let Some(param) = others.param {
            error = error.with_param(param);
        }
        if let Some(id) = others.request_id {
            error = error.with_request_id(id);
        }
        if let Some(instance) = others.instance {
            error = error.with_instance(&instance);
        }
        if let Some(delay) = others.delay {
            error = error.with_retry_after(Duration::from_secs(delay.into()));
        }
        for style in $errors::ENVELOPE_STYLES {
            error = error.with_style(*style);
            let body = changed(&error.to_json(), $change);
            let spaced = format!(" {body}");
            let read = |body: &str| {
                $errors::ReceivedError::from_parts(error.status(), $headers, body.as_bytes())
            };
            let (fast, mut slow) = (read(&body), read(&spaced));
            let excerpt = slow.raw_excerpt.map(|excerpt| excerpt[1..].to_owned());
            slow.raw_excerpt = excerpt;
            prop_assert_eq!(fast, slow, "{}", body);
            let fast = $errors::Envelope::from_json(body.as_bytes()).ok();
            let slow = serde_json::from_str::<$errors::Envelope<'_>>(&spaced).ok();
            prop_assert_eq!(fast, slow, "{}", body);
        }
    }};
}

type Headers = [(&'static str, &'static str); 2];

fn headers() -> impl Strategy<Value = Headers> {
    let types = [
        "application/json",
        "application/problem+json",
        "application/vnd.api+json",
        "application/vnd.github+json",
    ];
    let name = select(&["x-request-id", "retry-after", "x-nothing"][..]);
    (select(types.to_vec()), name, select(&["req_1", "5"][..]))
        .prop_map(|(media_type, name, value)| [("content-type", media_type), (name, value)])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(exhaustive::select(500, 4_000)))]

    #[test]
    fn the_styles_of_a_gateway(
        code in select(gateway_errors::ErrorCode::ALL),
        others in others(),
        change in change(),
        headers in headers(),
    ) {
        reads_alike!(gateway_errors, gateway_errors::ApiError::new(code), others, change, headers);
    }

    #[test]
    fn the_styles_of_a_gateway_without_a_code(
        error_type in select(gateway_errors::ErrorType::ALL),
        others in others(),
        change in change(),
        headers in headers(),
    ) {
        let error = gateway_errors::ApiError::from_type(error_type);
        reads_alike!(gateway_errors, error, others, change, headers);
    }

    #[test]
    fn styles_of_a_catalog(
        code in select(shapes_errors::ErrorCode::ALL),
        others in others(),
        change in change(),
        headers in headers(),
    ) {
        reads_alike!(shapes_errors, shapes_errors::ApiError::new(code), others, change, headers);
    }

    #[test]
    fn styles_of_a_catalog_without_a_code(
        error_type in select(shapes_errors::ErrorType::ALL),
        others in others(),
        change in change(),
        headers in headers(),
    ) {
        let error = shapes_errors::ApiError::from_type(error_type);
        reads_alike!(shapes_errors, error, others, change, headers);
    }

    #[test]
    fn faults(
        faults in proptest::collection::vec((text(), proptest::option::of(text())), 0..3),
        others in others(),
        change in change(),
        headers in headers(),
    ) {
        let faults = faults.into_iter().map(|(message, param)| {
            let mut fault = shapes_errors::Fault::new(message);
            fault.param = param;
            fault
        });
        let faults: Vec<_> = faults.collect();
        let arguments = shapes_errors::args::Invalid { faults: faults.into(), unknown: None };
        let error = shapes_errors::ApiError::from(arguments);
        reads_alike!(shapes_errors, error, others, change, headers);
    }

    #[test]
    fn arguments(
        one in proptest::collection::vec(text(), 0..3),
        others in others(),
        change in change(),
        headers in headers(),
    ) {
        let arguments = details_errors::args::Beside {
            nanos: Duration::ZERO,
            one,
            not_a_number: 1.0,
            faults: Vec::new().into(),
        };
        let error = details_errors::ApiError::from(arguments);
        reads_alike!(details_errors, error, others, change, headers);
    }
}
