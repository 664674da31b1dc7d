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
    let promised = ApiError::new(ErrorCode::FilesUploadLater);
    assert!(promised.headers().contains(&("retry-after", "1".into())));
}

fn quota(bucket: &str, window: Option<&str>) -> ApiError {
    file_errors::args::FilesQuotaReached {
        bucket: bucket.to_owned(),
        limit: 7,
        window: window.map(str::to_owned),
        owner_name: "hunter2".to_owned().into(),
    }
    .into()
}

fn header<'e>(error: &'e ApiError, name: &str) -> Vec<std::borrow::Cow<'e, str>> {
    let headers = error.headers().into_iter();
    let named = headers.filter(|(known, _)| *known == name);
    named.map(|(_, value)| value).collect()
}

#[test]
fn arguments_fill_the_headers_of_their_code() {
    assert_eq!(
        header(&quota("photos", Some("day")), "x-quota"),
        [r#"bucket="photos"; limit=7; window=day; {all}"#]
    );
    assert_eq!(
        header(&quota("a b", None), "x-quota"),
        [r#"bucket="a b"; limit=7; window=forever; {all}"#]
    );
    let code = ErrorCode::FilesQuotaReached;
    assert_eq!(code.headers(), [("x-docs", "quota")]);
    assert_eq!(
        code.header_templates(),
        [(
            "x-quota",
            r#"bucket="{bucket}"; limit={limit}; window={window}; {{all}}"#
        )]
    );
    // Without arguments there is nothing to fill in.
    let bare = ApiError::new(code);
    assert!(header(&bare, "x-quota").is_empty());
    assert_eq!(header(&bare, "x-docs"), ["quota"]);
    // Those that were read from a body fill the header too.
    let read: ApiError = serde_json::from_str(&quota("photos", Some("day")).to_json()).unwrap();
    assert_eq!(
        header(&read, "x-quota"),
        header(&quota("photos", Some("day")), "x-quota")
    );
}

#[test]
fn no_argument_adds_a_header_or_ends_a_quoted_string() {
    for (bucket, sent) in [
        ("a\r\nset-cookie: b=1", "a%0D%0Aset-cookie: b=1"),
        ("a\0b\tc\u{7f}", "a%00b%09c%7F"),
        (r#"a", error="b\"#, "a%22, error=%22b%5C"),
        ("\u{e4}\u{1f4a5}\u{2028}", "%C3%A4%F0%9F%92%A5%E2%80%A8"),
        ("100%", "100%"),
        ("", ""),
    ] {
        let expected = format!("bucket=\"{sent}\"; limit=7; window=forever; {{all}}");
        assert_eq!(
            header(&quota(bucket, None), "x-quota"),
            [expected],
            "{bucket:?}"
        );
    }
    for character in ["x", "\u{e4}", "\r", "\u{1f4a5}"] {
        let value = header(&quota(&character.repeat(100_000), None), "x-quota")[0].to_string();
        assert!(value.len() < 400 && value.ends_with("; {all}"), "{value}");
    }
}

#[test]
fn what_a_server_sets_replaces_the_headers_of_the_code() {
    let error = ApiError::new(ErrorCode::NotSigned)
        .with_header("WWW-Authenticate", "Basic")
        .with_header("www-authenticate", " Bearer realm=\"own\" ")
        .with_header("Set-Cookie", "a=1")
        .with_header("set-cookie", "b=2")
        .with_header("X-Note".to_owned(), "one\ttwo".to_owned());
    assert_eq!(
        header(&error, "www-authenticate"),
        [r#"Bearer realm="own""#]
    );
    assert_eq!(header(&error, "set-cookie"), ["a=1", "b=2"]);
    assert_eq!(header(&error, "x-note"), ["one\ttwo"]);
    let filled = quota("photos", None).with_header("X-Quota", "none");
    assert_eq!(header(&filled, "x-quota"), ["none"]);
    let removed = ApiError::new(ErrorCode::NotSigned).with_header("WWW-Authenticate", "");
    assert!(header(&removed, "www-authenticate").is_empty());
    // Cookies are not for logs.
    assert!(!format!("{error:?}").contains("b=2"));
}

#[test]
fn a_header_that_cannot_be_sent_is_ignored() {
    let fixed = ApiError::new(ErrorCode::NotSigned);
    for (name, value) in [
        ("www-authenticate", "a\r\nset-cookie: b=1"),
        ("www-authenticate", "a\0"),
        ("www-authenticate", "\u{e4}"),
        ("www-authenticate", "a\u{7f}"),
        ("www-authenticate\r\nx-a", "b"),
        ("x a", "b"),
        ("", "b"),
        (":status", "200"),
        ("Content-Type", "text/html"),
        ("Content-Length", "1"),
        ("Transfer-Encoding", "chunked"),
        ("Connection", "close"),
        ("X-Should-Retry", "true"),
        ("X-Request-Id", "r"),
    ] {
        let error = ApiError::new(ErrorCode::NotSigned).with_header(name, value);
        assert_eq!(error.headers(), fixed.headers(), "{name}: {value}");
    }
}

#[test]
fn a_delay_that_is_set_as_a_header_is_bounded_too() {
    for (name, value, seconds) in [
        ("Retry-After", "3600", Some(120)),
        ("retry-after", "0", Some(1)),
        ("Retry-After-Ms", "1500", Some(2)),
        ("Retry-After", "soon", None),
    ] {
        let error = ApiError::new(ErrorCode::ServiceDown).with_header(name, value);
        let sent = error.retry_after().map(|delay| delay.as_secs());
        assert_eq!(sent, seconds, "{name}: {value}");
        assert_eq!(
            header(&error, "retry-after").len(),
            usize::from(seconds.is_some())
        );
    }
}
