use crate::runtime::fast_path::Canonical;
use crate::{ApiError, ErrorCode, ErrorType, ReceivedError};

#[test]
fn bodies_of_the_crate_are_read_without_a_json_tree() {
    for code in ErrorCode::ALL {
        let canonical = Canonical::read(code.body_json().as_bytes());
        assert_eq!(canonical.message, Some(code.message()));
        assert_eq!(canonical.error_type, Some(code.error_type().as_str()));
        assert_eq!(canonical.code, Some(code.as_str()));
        assert_eq!(canonical.param, code.param());
    }
    let body = ApiError::from_type(ErrorType::ServerError).to_json();
    assert_eq!(Canonical::read(body.as_bytes()).code, None);
}

/// Both ways give the same result: a body with white space takes the other one.
#[test]
fn the_fast_path_changes_no_result() {
    let headers: [(&str, &str); 0] = [];
    for code in ErrorCode::ALL {
        let body = code.body_json();
        let spaced = format!(" {body}");
        assert!(Canonical::read(spaced.as_bytes()).message.is_none());
        let [fast, slow] = [body, &spaced]
            .map(|body| ReceivedError::from_parts(code.status(), headers, body.as_bytes()));
        assert_eq!(fast, slow);
    }
}

#[test]
fn any_other_body_takes_the_way_of_a_json_tree() {
    let body = ErrorCode::FileNotFound.body_json();
    for other in [
        body.replace("no such", "no\\tsuch"),
        body.replace("\"type\"", "\"kind\""),
        body.replace("}}", "},\"x\":1}"),
        body.replace("\"file_not_found\"", "7"),
        body[..body.len() - 1].to_owned(),
        String::new(),
    ] {
        assert!(
            Canonical::read(other.as_bytes()).message.is_none(),
            "{other}"
        );
    }
}
