use crate::{ApiError, ErrorCode, Sensitive, args};

const SECRET: &str = "hunter2";

fn too_large() -> args::FileTooLarge {
    args::FileTooLarge {
        name: "report.pdf".to_owned(),
        limit: 1_048_576,
        password: Sensitive::new(SECRET.to_owned()),
    }
}

#[test]
fn a_sensitive_value_is_shown_nowhere() {
    let arguments = too_large();
    let error = ApiError::from(arguments.clone());
    let problem = ApiError::from(arguments.clone()).with_accept("application/problem+json");
    for shown in [
        format!("{arguments:?} {error} {error:?} {}", arguments.password),
        serde_json::to_string(&arguments).unwrap(),
        error.to_json() + &problem.to_json() + &problem.to_sse_event(),
    ] {
        assert!(!shown.contains(SECRET), "{shown}");
    }
    let kept = error.arguments::<args::FileTooLarge>().unwrap();
    assert_eq!(kept.password.expose().unwrap(), SECRET);
    assert_eq!(error.code(), Some(ErrorCode::FileTooLarge));
    let details = serde_json::to_value(error.details()).unwrap();
    assert_eq!(
        details,
        serde_json::json!({ "name": "report.pdf", "limit": 1_048_576 })
    );
}

#[test]
fn a_value_that_was_redacted_or_is_missing_is_withheld() {
    for json in ["\"[redacted]\"", "null"] {
        let read: Sensitive<String> = serde_json::from_str(json).unwrap();
        assert_eq!(read.expose(), None);
        assert_eq!(read.into_inner(), None);
    }
    let read: Sensitive<u8> = serde_json::from_str("7").unwrap();
    assert_eq!(read.into_inner(), Some(7));
}

/// An error of serde quotes the value that it did not expect.
#[test]
fn the_error_of_reading_does_not_quote_the_value() {
    let error = serde_json::from_str::<Sensitive<u8>>("\"hunter2\"").unwrap_err();
    assert!(!error.to_string().contains(SECRET), "{error}");
}
