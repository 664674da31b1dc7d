use crate::{ApiError, ErrorType};

#[test]
fn every_status_has_an_error() {
    for status in 0..=u16::MAX {
        let error = ApiError::from_status(status);
        let is_error = (400..600).contains(&status);
        assert_eq!(error.status(), if is_error { status } else { 500 });
        assert!(!error.message().is_empty());
    }
}

#[test]
fn a_status_that_the_catalog_names_has_its_message() {
    let error = ApiError::from_status(404);
    assert_eq!(error.message(), "There is no such path.");
    assert_eq!(
        (error.code(), error.error_type()),
        (None, ErrorType::InvalidRequest)
    );
}

#[test]
fn any_other_status_has_the_first_type_that_allows_it_or_its_class() {
    for (status, error_type, message) in [
        (409, ErrorType::InvalidRequest, "Conflict"),
        (418, ErrorType::InvalidRequest, "Status 418"),
        (429, ErrorType::RateLimit, "Too Many Requests"),
        (599, ErrorType::ServerError, "Status 599"),
    ] {
        let error = ApiError::from_status(status);
        assert_eq!(error.error_type(), error_type);
        assert_eq!(error.message(), message);
    }
}

#[test]
fn a_status_is_set_only_where_the_type_and_the_code_allow_it() {
    let error = ApiError::from_type(ErrorType::ServerError);
    assert_eq!(error.with_status(503).unwrap().status(), 503);
    let error = ApiError::from_type(ErrorType::ServerError)
        .with_status(404)
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "an error of type server_error cannot have status 404"
    );
    let error = || ApiError::new(crate::ErrorCode::FileNotFound);
    assert_eq!(error().with_status(404).unwrap().status(), 404);
    let error = error().with_status(409).unwrap_err();
    assert_eq!(
        error.to_string(),
        "an error with code file_not_found cannot have status 409"
    );
}
