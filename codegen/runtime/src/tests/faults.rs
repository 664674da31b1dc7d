//! Errors with several faults.

use crate::{ApiError, Fault, Faults, ReceivedError, args};

fn faults() -> Faults {
    let mut faults: Faults = [("name", "Too \"long\"")].into_iter().collect();
    faults.push(Fault::new("The folder does not exist").with_code("missing"));
    faults
}

#[test]
fn faults_are_in_the_message_and_in_the_details() {
    let error = ApiError::from(args::NamesInvalid { faults: faults() });
    let message = "These fields are not valid: name: Too \"long\", The folder does not exist.";
    assert_eq!(error.message(), message);
    let details = serde_json::to_value(error.details()).unwrap();
    let expected = serde_json::json!([
        { "param": "name", "message": "Too \"long\"" },
        { "code": "missing", "message": "The folder does not exist" },
    ]);
    assert_eq!(details["faults"], expected);
}

#[test]
fn a_client_reads_the_faults_that_a_server_sends() {
    let error = ApiError::from(args::NamesInvalid { faults: faults() });
    let headers: [(&str, &str); 0] = [];
    let received = ReceivedError::from_parts(400, headers, error.to_json().as_bytes());
    let read: args::NamesInvalid = received.details().unwrap().unwrap();
    assert_eq!(read.faults, faults());
}

#[test]
fn an_empty_name_counts_as_missing() {
    let fault = Fault::new("Too long")
        .with_param("a")
        .with_param("")
        .with_code("");
    assert_eq!(fault, Fault::new("Too long"));
    assert_eq!(
        serde_json::to_string(&fault).unwrap(),
        r#"{"message":"Too long"}"#
    );
}
