//! Headers, ids, causes and values that may be missing, in a crate that has them all.

use file_errors::operations::GetFileError;
use file_errors::{ApiError, ErrorCode, ErrorType, MaybeKnown, ReceivedError, args};
use serde_json::json;

fn not_found(folder: Option<&str>) -> file_errors::args::FilesNotFound {
    file_errors::args::FilesNotFound {
        file_name: "a.txt".to_owned(),
        parent: folder.map(str::to_owned),
        owner_name: Some("hunter2".to_owned()).into(),
        sizes: None,
    }
}

/// Former names are constants and aliases, which also patterns and struct literals can name.
#[test]
#[allow(deprecated, reason = "former names are deprecated")]
fn code_with_former_names_still_compiles() {
    let code = ErrorCode::FilesNotFound;
    assert!(matches!(code, ErrorCode::NoSuchFile));
    assert_eq!(code, ErrorCode::Gone);
    assert!(matches!(
        GetFileError::FilesNotFound,
        GetFileError::NoSuchFile
    ));
    assert!(matches!(ErrorType::AuthError, ErrorType::SignatureError));
    let error = ApiError::from(args::NoSuchFile {
        file_name: "a.txt".to_owned(),
        ..not_found(None)
    });
    assert_eq!(error.code(), Some(code));
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
