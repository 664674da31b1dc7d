use crate::runtime::fast_path::Canonical;
use crate::runtime::shape::Slot;
use crate::{ApiError, ENVELOPE_STYLES, EnvelopeStyle, ErrorCode, ErrorType, ReceivedError};

const OPENAI: EnvelopeStyle = EnvelopeStyle::OpenAi;

fn read(body: &str, style: EnvelopeStyle) -> Option<Canonical<'_>> {
    let mut canonical = Canonical::new(body);
    canonical.read(style.shape().read).then_some(canonical)
}

fn is_canonical(body: &str, style: EnvelopeStyle) -> bool {
    read(body, style).is_some()
}

#[test]
fn bodies_of_the_crate_are_read_without_a_json_tree() {
    for style in ENVELOPE_STYLES {
        let shape = style.shape();
        for code in ErrorCode::ALL {
            let body = ApiError::new(*code).with_style(*style).to_json();
            let canonical = read(&body, *style).unwrap();
            let of_place = |slot, value| Some(value).filter(|_| shape.place(slot).is_some());
            assert_eq!(canonical.get(Slot::Message), Some(code.message()));
            let name = shape.type_of_code(*code, code.status());
            assert_eq!(canonical.get(Slot::Type), of_place(Slot::Type, name));
            let name = shape.code_name(*code);
            assert_eq!(canonical.get(Slot::Code), of_place(Slot::Code, name));
            let param = code.param().filter(|_| shape.place(Slot::Param).is_some());
            assert_eq!(canonical.get(Slot::Param), param);
        }
        let error = ApiError::from_type(ErrorType::ServerError).with_style(*style);
        let body = error.to_json();
        let canonical = read(&body, *style).unwrap();
        assert_eq!(canonical.get(Slot::Code), None);
    }
}

/// Both ways give the same result: a body with white space takes the other one.
#[test]
fn the_fast_path_changes_no_result() {
    for style in ENVELOPE_STYLES {
        let headers = [("content-type", style.media_type())];
        let of_codes = ErrorCode::ALL.iter().map(|code| ApiError::new(*code));
        let of_types = ErrorType::ALL
            .iter()
            .map(|entry| ApiError::from_type(*entry));
        for error in of_codes.chain(of_types) {
            let error = error
                .with_style(*style)
                .with_request_id("req_1")
                .with_instance("/files/7")
                .with_retry_after(core::time::Duration::from_secs(3));
            let body = error.to_json();
            let spaced = format!(" {body}");
            assert!(!is_canonical(&spaced, *style));
            let [fast, slow] = [&body, &spaced]
                .map(|body| ReceivedError::from_parts(error.status(), headers, body.as_bytes()));
            assert_eq!(fast, slow, "{body}");
        }
    }
}

#[test]
fn any_other_body_takes_the_way_of_a_json_tree() {
    let body = ErrorCode::FileNotFound.body_json();
    assert!(is_canonical(body, OPENAI));
    for other in [
        body.replace("no such", "no\\tsuch"),
        body.replace("\"type\"", "\"kind\""),
        body.replace("}}", "},\"x\":1}"),
        body.replace("\"file_not_found\"", "7"),
        body[..body.len() - 1].to_owned(),
        String::new(),
    ] {
        assert!(!is_canonical(&other, OPENAI), "{other}");
    }
}
