//! Headers, ids, causes and values that may be missing, in a crate that has them all.

use file_errors::{ApiError, ErrorCode, MaybeKnown, ReceivedError};
use serde_json::json;

fn not_found(folder: Option<&str>) -> file_errors::args::FilesNotFound {
    file_errors::args::FilesNotFound {
        file_name: "a.txt".to_owned(),
        parent: folder.map(str::to_owned),
        owner_name: Some("hunter2".to_owned()).into(),
        sizes: None,
    }
}

#[test]
fn a_value_that_is_missing_is_null_in_the_body_and_a_word_in_the_message() {
    let error = ApiError::from(not_found(None));
    let message = "There is no file a.txt in no folder, which belongs to [redacted].";
    assert_eq!(error.message(), message);
    let body: serde_json::Value = serde_json::from_str(&error.to_json()).unwrap();
    assert_eq!(
        body["error"]["details"],
        json!({ "fileName": "a.txt", "folder": null, "sizes": null })
    );
    let error = ApiError::from(not_found(Some("/tmp")));
    assert!(error.message().contains("in /tmp, which"));
    assert!(!format!("{error:?} {}", error.to_json()).contains("hunter2"));
}

#[test]
fn a_missing_value_is_read_again() {
    let headers: [(&str, &str); 0] = [];
    for folder in [None, Some("/tmp")] {
        let body = ApiError::from(not_found(folder)).to_json();
        let received = ReceivedError::from_parts(404, headers, body.as_bytes());
        let read: file_errors::args::FilesNotFound = received.details().unwrap().unwrap();
        assert_eq!(read.parent.as_deref(), folder);
        assert_eq!(read.sizes, None);
    }
    let partial = br#"{"error":{"code":"files.not_found","details":{"fileName":"a"}}}"#;
    let received = ReceivedError::from_parts(404, headers, partial);
    let read: file_errors::args::FilesNotFound = received.details().unwrap().unwrap();
    assert_eq!(read.parent, None);
}

#[test]
fn responses_carry_the_headers_of_their_code() {
    let error = ApiError::new(ErrorCode::NotSigned);
    let expected = r#"Bearer realm="files", error="invalid_token""#;
    let headers = error.headers();
    assert!(headers.contains(&("www-authenticate", expected.into())));
    assert_eq!(
        ErrorCode::NotSigned.headers(),
        [("www-authenticate", expected)]
    );
    let other = ApiError::new(ErrorCode::FilesTooLarge);
    assert!(
        !other
            .headers()
            .iter()
            .any(|(name, _)| *name == "www-authenticate")
    );
}

#[test]
fn a_code_is_found_by_its_name_with_the_prefix_of_its_group() {
    assert_eq!("files.not_found".parse(), Ok(ErrorCode::FilesNotFound));
    assert_eq!("users:not_found".parse(), Ok(ErrorCode::UsersNotFound));
    assert!("not_found".parse::<ErrorCode>().is_err());
    let known: MaybeKnown<ErrorCode> = "files.too_large".into();
    assert_eq!(known.known(), Some(ErrorCode::FilesTooLarge));
}

#[test]
fn what_only_some_codes_have_is_found_for_these_and_no_others() {
    let code = ErrorCode::FilesNotFound;
    assert_eq!(code.id("errno"), Some("ENOENT"));
    assert_eq!(code.id("v1"), Some("1404"));
    assert_eq!(code.id("odd"), Some("a \"quoted\" `word` | <b>"));
    assert_eq!(code.id("http"), None);
    assert_eq!(code.causes().len(), 3);
    assert_eq!(
        code.other_fixes(),
        ["List the folder with `GET /folders/{id}`", "Restore it"]
    );
    assert_eq!(ErrorCode::FilesTooLarge.ids(), []);
    assert!(ErrorCode::FilesTooLarge.causes().is_empty());
    let internal = ErrorCode::ALL.iter().filter(|code| code.is_internal());
    let internal: Vec<&str> = internal.map(|code| code.as_str()).collect();
    assert_eq!(internal, ["shard_moved", "files.shard_lost"]);
    assert!(ErrorCode::ALL.iter().all(|code| code.number().is_none()));
}

/// With status 413 the header alone makes some clients upload again: only `retry: after` sends it.
#[test]
fn an_upload_is_asked_to_wait_only_where_the_catalog_insists() {
    use core::time::Duration;

    let minutes = Duration::from_secs(10 * 60);
    let asked = |code| ApiError::new(code).with_retry_after(minutes).retry_after();
    let longest = Some(Duration::from_secs(120));
    assert_eq!(asked(ErrorCode::FilesUploadLater), longest);
    assert_eq!(asked(ErrorCode::FilesUploadAgain), None);
    assert_eq!(asked(ErrorCode::ServiceDown), longest);
    let promised = ApiError::new(ErrorCode::FilesUploadLater).headers();
    assert!(promised.contains(&("retry-after", "1".into())));
}
