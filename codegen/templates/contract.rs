{{ notice }}
//! Checks every body against its fixture, in both directions.

#![cfg(all(feature = "client", feature = "server"))]

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use {{ lib }} as crate_under_test;

{% if !codes.is_empty() -%}
{% if all_featured -%}
#[cfg(feature = "jiff")]
{% endif -%}
use crate_under_test::args;
{% endif -%}
use crate_under_test::{
    ApiError, ENVELOPE_STYLES, EnvelopeStyle, ErrorCode, MaybeKnown, ReceivedError,
};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

/// The bytes that go over the wire for a code.
fn fixture(code: ErrorCode, style: EnvelopeStyle) -> String {
    let name = if style == ENVELOPE_STYLES[0] {
        format!("{}.json", code.slug())
    } else {
        format!("{}.{style}.json", code.slug())
    };
    let text = std::fs::read_to_string(folder().join(&name));
    let text = text.unwrap_or_else(|error| panic!("{name}: {error}"));
    text.lines().next().expect("a line").to_owned()
}
{% if !codes.is_empty() %}
/// The errors of codes with arguments, from the examples of the catalog.
{% if all_featured -%}
#[cfg(feature = "jiff")]
{% endif -%}
{{ allowed }}#[rustfmt::skip]
#[allow(clippy::vec_init_then_push, reason = "some may need a feature")]
#[allow(clippy::too_many_lines, reason = "a statement for each code")]
#[allow(clippy::approx_constant, reason = "numbers are those of the catalog")]
#[allow(clippy::excessive_precision, reason = "numbers are those of the catalog")]
#[allow(clippy::unreadable_literal, reason = "numbers are those of the catalog")]
#[allow(clippy::useless_conversion, reason = "sensitive values are wrapped")]
fn with_arguments() -> Vec<ApiError> {
    let mut errors = Vec::new();
{%- for code in codes %}
{%- if code.featured && !all_featured %}
    #[cfg(feature = "jiff")]
{%- endif %}
    errors.push(ApiError::from(args::{{ code.variant }} {
{%- for (name, value) in code.arguments %}
        {{ name }}: {{ value }},
{%- endfor %}
    }));
{%- endfor %}
    errors
}
{% endif -%}
{% if all_featured %}
{% if !codes.is_empty() -%}
#[cfg(not(feature = "jiff"))]
{% endif -%}
fn with_arguments() -> Vec<ApiError> {
    Vec::new()
}
{% endif %}
/// The codes whose arguments need a feature that is off.
{{ allowed }}#[rustfmt::skip]
#[allow(clippy::too_many_lines, reason = "a line for each code")]
fn out_of_reach() -> Vec<ErrorCode> {
{%- if featured %}
    if cfg!(feature = "jiff") {
        return Vec::new();
    }
    vec![
{%- for code in codes %}{% if code.featured %}
        ErrorCode::{{ code.variant }},
{%- endif %}{% endfor %}
    ]
{%- else %}
    Vec::new()
{%- endif %}
}

#[test]
fn every_body_is_as_its_fixture_has_it() {
    let out_of_reach = out_of_reach();
    for style in ENVELOPE_STYLES {
        let made = with_arguments().into_iter();
        let mut made: HashMap<_, _> = made.map(|error| (error.code(), error)).collect();
        for code in ErrorCode::ALL {
            if out_of_reach.contains(code) {
                continue;
            }
            let error = made.remove(&Some(*code));
            let error = error.unwrap_or_else(|| ApiError::new(*code));
            let error = error.with_style(*style);
            assert_eq!(error.to_json(), fixture(*code, *style));
            let serialised = serde_json::to_string(&error).expect("a body");
            assert_eq!(serialised, error.to_json());
        }
    }
}

/// Whether bodies contain the code, the wire name of the type, and the request field: a row for each style.
#[rustfmt::skip]
const CONTENTS: [[bool; 3]; {{ contents.len() }}] = [
{%- for [code, error_type, param] in contents %}
    [{{ code }}, {{ error_type }}, {{ param }}],
{%- endfor %}
];

#[test]
fn every_fixture_is_read_as_it_was_meant() {
    for code in ErrorCode::ALL {
        for (style, [has_code, has_type, has_param]) in ENVELOPE_STYLES.iter().zip(CONTENTS) {
            let body = fixture(*code, *style);
            let headers: [(&str, &str); 0] = [];
            let received = ReceivedError::from_parts(code.status(), headers, body.as_bytes());
{%- if has_namespaces %}
            // The codes of several namespaces can have one name.
            let is_known = matches!(received.code, Some(MaybeKnown::Known(_)));
            if has_code && !is_known {
                assert!(received.candidates().contains(code));
                continue;
            }
{%- endif %}
            if has_code {
                assert_eq!(received.code, Some(MaybeKnown::Known(*code)));
                assert_eq!(received.retry().rule, code.retry());
            }
            if has_type {
                let error_type = code.error_type();
                assert_eq!(received.error_type, Some(MaybeKnown::Known(error_type)));
            }
            let param = code.param().filter(|_| has_param);
            assert_eq!(received.param.as_deref(), param);
            assert_eq!(received.raw_excerpt, None);
            assert!(received.message.is_some_and(|message| !message.is_empty()));
{%- if has_namespaces %}
            // A body without the status can be that of several codes.
            let Ok(error) = serde_json::from_str::<ApiError>(&body) else {
                assert!(ErrorCode::candidates(code.sent_name()).len() > 1);
                continue;
            };
{%- else %}
            let error: ApiError = serde_json::from_str(&body).expect("a body of this crate");
{%- endif %}
            assert_eq!(error.to_json(), body);
        }
    }
}

#[test]
fn every_fixture_belongs_to_a_code() {
    let files = std::fs::read_dir(folder()).expect("the folder of the fixtures");
    assert_eq!(files.count(), ErrorCode::ALL.len() * ENVELOPE_STYLES.len());
}
