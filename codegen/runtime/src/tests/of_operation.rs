//! What an operation states of its codes.

use serde_json::Value;

use crate::operations::{CreateMessageError, ReadFileError};
use crate::{
    ApiError, ENVELOPE_STYLES, EnvelopeStyle, ErrorCode, ErrorType, MaybeKnown, ReceivedError,
    RetryRule, args,
};

/// The errors of the operation that states something of its code, apart from the texts of one.
const STATED: [(CreateMessageError, u16, RetryRule); 3] = [
    (CreateMessageError::FileNotFound, 410, RetryRule::Never),
    (CreateMessageError::FileTooLarge, 400, RetryRule::Never),
    (CreateMessageError::DiskFull, 500, RetryRule::Never),
];

#[test]
fn the_error_of_an_operation_has_what_the_operation_states() {
    for (error, status, retry) in STATED {
        assert_eq!((error.status(), error.retry()), (status, retry));
        let sent = ApiError::from(error);
        assert_eq!(sent.code(), Some(error.code()));
        assert_eq!((sent.status(), sent.retry()), (status, retry));
    }
    let own = CreateMessageError::FileNotFound;
    assert_eq!(own.meaning(), "The file of the message is gone");
    assert_eq!(own.fix(), "Upload it again");
    let too_large = CreateMessageError::FileTooLarge;
    assert_eq!(too_large.meaning(), ErrorCode::FileTooLarge.meaning());
    assert_eq!(too_large.fix(), ErrorCode::FileTooLarge.fix());
}

#[test]
fn another_operation_and_the_code_alone_keep_the_status() {
    let code = ErrorCode::FileNotFound;
    assert_eq!(ReadFileError::FileNotFound.status(), code.status());
    assert_eq!(ApiError::from(ReadFileError::FileNotFound).status(), 404);
    assert_eq!(ApiError::new(code).status(), 404);
    assert_eq!(
        ApiError::new(ErrorCode::DiskFull).retry(),
        RetryRule::Backoff
    );
}

#[test]
fn bodies_have_the_status_the_type_and_the_title_of_the_operation() {
    let body = |style| -> Value {
        let error = ApiError::from(CreateMessageError::FileNotFound).with_style(style);
        serde_json::from_str(&error.to_json()).unwrap()
    };
    let problem = body(EnvelopeStyle::Problem);
    assert_eq!(problem["status"], 410);
    assert_eq!(problem["title"], "The file of the message is gone");
    assert_eq!(problem["detail"], ErrorCode::FileNotFound.message());
    let google = body(EnvelopeStyle::Google);
    assert_eq!(google["error"]["code"], 410);
    // The name of the status 404 would be NOT_FOUND.
    let anthropic = body(EnvelopeStyle::Anthropic);
    assert_eq!(anthropic["error"]["type"], "invalid_request_error");
}

#[test]
fn an_error_with_arguments_is_sent_as_the_operation_states() {
    let arguments = || args::FileTooLarge {
        name: "report.pdf".into(),
        limit: 7,
        password: "hunter2".to_owned().into(),
    };
    let error = CreateMessageError::FileTooLarge.with(arguments());
    assert_eq!(error.status(), 400);
    assert_eq!(
        error.message(),
        "The file report.pdf has more than 7 bytes."
    );
    let body = error.with_style(EnvelopeStyle::Problem).to_json();
    assert!(body.contains("\"status\":400"), "{body}");
    assert!(body.contains("\"limit\":7"), "{body}");
    // An error with another code stays as it is.
    let other = CreateMessageError::DiskFull.with(arguments());
    assert_eq!(other.status(), 413);
}

#[test]
fn clients_read_the_code_and_the_type_in_every_style() {
    for style in ENVELOPE_STYLES {
        for (error, status, retry) in STATED {
            let sent = ApiError::from(error).with_style(*style);
            let headers = [("content-type", style.media_type())];
            let body = sent.to_json();
            let [fast, slow] = [body.clone(), format!(" {body}")]
                .map(|body| ReceivedError::from_parts(status, headers, body.as_bytes()));
            assert_eq!(fast, slow, "{body}");
            // The style of Anthropic has no place for a code.
            if *style != EnvelopeStyle::Anthropic {
                assert_eq!(fast.code, Some(MaybeKnown::Known(error.code())), "{body}");
            }
            assert_eq!(fast.retry().rule, retry, "{body}");
        }
    }
}

#[test]
fn a_body_with_a_status_is_the_error_of_the_operation_again() {
    for style in [
        EnvelopeStyle::Problem,
        EnvelopeStyle::Google,
        EnvelopeStyle::JsonApi,
    ] {
        for (error, status, _) in STATED {
            let sent = ApiError::from(error.code()).with_style(style);
            let sent = sent.with_status(status).unwrap();
            let read: ApiError = serde_json::from_str(&sent.to_json()).unwrap();
            assert_eq!(read.code(), Some(error.code()));
            assert_eq!(read.status(), status);
            assert_eq!(read.to_json(), sent.to_json());
        }
    }
}

#[test]
fn a_code_allows_its_status_and_those_that_operations_state() {
    let allowed = |code: ErrorCode| {
        let statuses = (100..600).filter(|status| code.allows_status(*status));
        statuses.collect::<Vec<u16>>()
    };
    assert_eq!(allowed(ErrorCode::FileNotFound), [404, 410]);
    assert_eq!(allowed(ErrorCode::TooManyRequests), [429]);
    let error = || ApiError::new(ErrorCode::FileNotFound);
    assert_eq!(error().with_status(410).unwrap().status(), 410);
    let refused = error().with_status(409).unwrap_err();
    assert_eq!(refused.error_type, ErrorType::InvalidRequest);
}

#[cfg(feature = "testkit")]
mod testkit {
    use super::STATED;
    use crate::testkit::{TestResponse, check};
    use crate::{ApiError, ENVELOPE_STYLES};

    fn answer(error: &ApiError) -> TestResponse {
        let headers = error.headers().into_iter();
        let headers = headers.map(|(name, value)| (name.to_owned(), value.as_bytes().to_vec()));
        TestResponse {
            status: error.status(),
            headers: headers.collect(),
            body: error.to_json().into_bytes(),
        }
    }

    #[test]
    fn a_response_is_checked_against_what_the_operation_states() {
        for style in ENVELOPE_STYLES {
            for (error, ..) in STATED {
                let sent = ApiError::from(error).with_request_id("req_1");
                let sent = sent.with_style(*style);
                check(answer(&sent), error).unwrap();
                let alone = ApiError::new(error.code()).with_request_id("req_1");
                let differences = check(answer(&alone.with_style(*style)), error).unwrap_err();
                assert!(differences.contains("status "), "{differences}");
            }
        }
    }
}
