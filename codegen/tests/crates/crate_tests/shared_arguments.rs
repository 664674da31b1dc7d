//! Arguments that many codes have, in a crate where their structs are aliases of shared ones.

use core::any::{TypeId, type_name};

use large_errors::{ApiError, Arguments, ErrorCode, ReceivedError, Sensitive, args};

fn deleted() -> args::CannotDeleteProject00010 {
    args::CannotDeleteProject00010 {
        name: "atlas".to_owned(),
        limit: 3,
    }
}

#[test]
fn an_alias_is_used_like_a_struct() {
    let error = ApiError::from(deleted());
    assert_eq!(error.code(), Some(ErrorCode::CannotDeleteProject00010));
    assert!(
        error
            .message()
            .ends_with("The name is atlas. The limit is 3."),
        "{error}"
    );
    let arguments = error.arguments::<args::CannotDeleteProject00010>();
    let args::CannotDeleteProject00010 { name, limit } = arguments.unwrap();
    assert_eq!((name.as_str(), *limit), ("atlas", 3));
    assert_eq!(
        format!("{arguments:?}"),
        r#"Some(CannotDeleteProject00010 { name: "atlas", limit: 3 })"#
    );
    assert_eq!(arguments.cloned(), Some(deleted()));
}

#[test]
fn codes_with_the_same_arguments_have_different_types() {
    assert_ne!(
        TypeId::of::<args::CannotDeleteProject00010>(),
        TypeId::of::<args::CannotUpdateFile00037>()
    );
    let error = ApiError::from(deleted());
    assert!(error.arguments::<args::CannotUpdateFile00037>().is_none());
    assert_eq!(
        <args::CannotUpdateFile00037 as Arguments>::CODE,
        ErrorCode::CannotUpdateFile00037
    );
}

#[test]
fn shared_arguments_are_written_and_read() {
    let written = serde_json::to_string(&deleted()).unwrap();
    assert_eq!(written, r#"{"name":"atlas","limit":3}"#);
    assert_eq!(
        serde_json::from_str::<args::CannotDeleteProject00010>(&written).unwrap(),
        deleted()
    );
    let refused = serde_json::from_str::<args::CannotDeleteProject00010>(r#"{"limit":"x"}"#);
    let refused = refused.unwrap_err().to_string();
    assert_eq!(refused, "argument `name` is missing");
    let body = r#"{"error":{"message":"m","details":{"name":"atlas","limit":3}}}"#;
    let headers: [(&str, &str); 0] = [];
    let received = ReceivedError::from_parts(400, headers, body.as_bytes());
    assert_eq!(received.details().unwrap(), Some(deleted()));
}

#[test]
fn a_sensitive_value_of_a_shared_struct_is_shown_nowhere() {
    let arguments = args::CannotListProject00011 {
        name: "atlas".to_owned(),
        limit: 3,
        token: Sensitive::new("hunter2".to_owned()),
    };
    let shown = serde_json::to_string(&arguments).unwrap() + &format!("{arguments:?}");
    let error = ApiError::from(arguments);
    let shown = format!("{shown}{error}{error:?}{}", error.to_json());
    assert!(!shown.contains("hunter2"), "{shown}");
}

#[test]
fn equal_names_of_different_kinds_share_nothing() {
    let text = args::LimitInTextToo {
        limit: "x".to_owned(),
    };
    let steps = args::LimitInStepsToo { limit: -1 };
    let number = args::Limit2Too { limit2: 1 };
    let alone = args::Alone { only_here: true };
    for (error, message) in [
        (ApiError::from(text), "The value of limit_in_text_too is x."),
        (
            ApiError::from(steps),
            "The value of limit_in_steps_too is -1.",
        ),
        (ApiError::from(number), "The value of limit_2_too is 1."),
        (ApiError::from(alone), "The value of alone is true."),
    ] {
        assert_eq!(error.message(), message);
    }
}

#[test]
fn codes_share_a_struct_and_keep_the_order_of_their_arguments() {
    macro_rules! moved {
        ($name:ident) => {
            args::$name {
                from: "a".to_owned(),
                to: "b".to_owned(),
                pause: None,
                token: Sensitive::new("hunter2".to_owned()),
            }
        };
    }
    fn shown<A: Arguments + serde::Serialize + serde::de::DeserializeOwned>(
        arguments: A,
    ) -> (String, String, String, String) {
        let debug = format!("{arguments:?}");
        let json = serde_json::to_string(&arguments).unwrap();
        let read = serde_json::from_str::<A>(&json).unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap(), json);
        let mut names = Vec::new();
        arguments.visit(&mut |name, _| names.push(name.to_owned()));
        let message = ApiError::from(arguments).message().to_owned();
        (names.join(" "), debug, json, message)
    }
    let message = "From a to b, at once.";
    let expected = |names: &str, debug: &str, json: &str| {
        let [names, debug, json] = [names, debug, json].map(str::to_owned);
        (names, debug, json, message.to_owned())
    };
    assert_eq!(
        shown(moved!(Moved)),
        expected(
            "from token to pause",
            r#"Moved { from: "a", token: [redacted], to: "b", pause: None }"#,
            r#"{"from":"a","token":"[redacted]","to":"b","pause":null}"#,
        )
    );
    assert_eq!(
        shown(moved!(MovedBack)),
        expected(
            "pause to token from",
            r#"MovedBack { pause: None, to: "b", token: [redacted], from: "a" }"#,
            r#"{"pause":null,"to":"b","token":"[redacted]","from":"a"}"#,
        )
    );
    assert_eq!(
        shown(moved!(MovedAside)),
        expected(
            "to from pause token",
            r#"MovedAside { to: "b", from: "a", pause: None, token: [redacted] }"#,
            r#"{"to":"b","from":"a","pause":null,"token":"[redacted]"}"#,
        )
    );
    let names = [
        type_name::<args::Moved>(),
        type_name::<args::MovedBack>(),
        type_name::<args::MovedAside>(),
    ];
    let names = names.map(|name| name.split('<').next());
    assert_eq!([names[0]; 3], names);
}

#[cfg(feature = "jiff")]
#[test]
fn shared_arguments_of_every_kind_have_the_text_for_no_value() {
    let arguments = args::LeaseRefused {
        owner: None,
        until: "2026-11-24T05:30:00Z".parse().unwrap(),
        parts: Some(vec!["a".to_owned(), "b".to_owned()]),
        count: Sensitive::new(None),
    };
    assert_eq!(
        ApiError::from(arguments).message(),
        "nobody, 2026-11-24T05:30:00Z, a, b."
    );
}
