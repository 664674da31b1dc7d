//! The records that only the diff and the lock read: `errors.json` has other keys for these entries.

use serde_json::{Value, json};

use super::{Kind, Members, object, shape, wire};
use crate::catalog::{
    Audience, Catalog, Envelope, EnvelopeExample, ErrorType, FrameworkError, MissingParam,
    NotRetryable, Operation, OwnError, Prose, Retry, Status, StatusSet,
};

pub(super) fn envelope(catalog: &Catalog, envelope: &Envelope) -> Members {
    let Envelope {
        shapes,
        choices,
        built_in: _,
        own,
        param,
        code,
        details,
        request_id,
        example,
        intro,
        notes,
    } = envelope;
    let EnvelopeExample {
        code: example_code,
        message,
        param: example_param,
    } = example;
    let mut public = catalog.codes.iter();
    let first = public.find(|code| code.audience == Audience::Public);
    let shown = &catalog[*example_code];
    // By default, the example is the first code.
    let is_chosen = message.is_some()
        || example_param.is_some()
        || first.is_none_or(|first| first.names.wire != shown.names.wire);
    let styles: Vec<&str> = shapes.iter().map(|shape| shape.name.as_str()).collect();
    // A built-in shape is a name.
    let own = shapes.iter().filter(|shape| own.contains(&shape.name));
    let own = own.map(|one| (one.name.clone(), Value::Object(shape::record(one))));
    let choices = choices.iter().map(|choice| {
        let (key, value) = choice.condition.stated();
        json!({ key: value, "style": choice.style })
    });
    // The default is left out, as in a lock of a release that did not have the key.
    let choices: Vec<Value> = choices.collect();
    let choices = (!choices.is_empty()).then_some(choices);
    object(&json!({
        "style": styles,
        "choose": choices,
        "shapes": own.collect::<Members>(),
        "param": match param {
            MissingParam::Omit => "omit",
            MissingParam::Null => "null",
        },
        "code": code.as_str(),
        "details": details,
        "request_id": request_id,
        "intro": intro,
        "example": {
            "code": is_chosen.then_some(&shown.names.wire),
            "message": message,
            "param": example_param,
        },
        "notes": notes,
    }))
}

pub(super) fn retry(catalog: &Catalog, retry: &Retry) -> Members {
    let Retry {
        statuses,
        // Codes state whether they are retryable.
        retryable: _,
        not_retryable,
        backoff,
        max_retry_after,
        prose: Prose { notes, see },
    } = retry;
    // The default is left out, as in a lock of a release that did not have the key.
    let is_stated = *max_retry_after != Retry::DEFAULT_MAX_RETRY_AFTER;
    let max_retry_after = is_stated.then_some(*max_retry_after);
    let reasons = not_retryable.iter().map(|line| match line {
        NotRetryable::Family {
            class,
            except: _,
            reason,
        } => json!({ format!("{class}xx"): reason }),
        NotRetryable::Status { status, reason } => json!({ status.to_string(): reason }),
        NotRetryable::Code { code, reason } => json!({ &catalog[*code].names.wire: reason }),
    });
    object(&json!({
        "statuses": statuses.iter().map(|status| status.get()).collect::<Vec<_>>(),
        "backoff": backoff,
        "max_retry_after": max_retry_after,
        "not_retryable": reasons.collect::<Value>(),
        "notes": notes,
        "see": see,
    }))
}

pub(super) fn framework(catalog: &Catalog, error: &FrameworkError) -> (Kind, String, Members) {
    let FrameworkError {
        status,
        error_type,
        code,
        sent,
        message,
    } = error;
    let members = object(&json!({
        "type": catalog[*error_type].names.wire,
        "code": wire(catalog, *code),
        "as": sent.map(Status::get),
        "message": message,
    }));
    (Kind::Framework, status.to_string(), members)
}

pub(super) fn operation(catalog: &Catalog, operation: &Operation) -> (Kind, String, Members) {
    let Operation {
        id,
        error,
        method,
        path,
        path_params: _,
        when,
        summary,
        codes,
        own,
        statuses: _,
    } = operation;
    let codes = codes.iter();
    let errors: Vec<&str> = codes.filter_map(|id| wire(catalog, Some(*id))).collect();
    let stated = |value: fn(&OwnError) -> Option<Value>| {
        let own = own.iter().filter_map(|own| Some((own.code, value(own)?)));
        let own = own.map(|(code, value)| (catalog[code].names.wire.clone(), value));
        Value::Object(own.collect())
    };
    let number = |own: &OwnError| own.states_status.then(|| own.status.get().into());
    let members = object(&json!({
        "method": method.as_str(),
        "path": path,
        "when": when,
        "summary": summary,
        "errors": errors,
        "errors.status": stated(number),
        "errors.meaning": stated(|own| own.meaning.as_deref().map(Value::from)),
        "errors.fix": stated(|own| own.fix.as_deref().map(Value::from)),
        "rust": error,
    }));
    (Kind::Operation, id.clone(), members)
}

pub(super) fn error_type(error_type: &ErrorType) -> (Kind, String, Members) {
    let ErrorType {
        names,
        statuses,
        listed: _,
        meaning,
        message,
        retry: _,
        codes: _,
    } = error_type;
    let statuses: Value = match statuses {
        StatusSet::None => json!(["none"]),
        StatusSet::Family(class) => json!([format!("{class}xx")]),
        StatusSet::List(statuses) => statuses.iter().map(|status| status.get()).collect(),
    };
    let members = object(&json!({
        "status": statuses,
        "meaning": meaning,
        "message": message,
        "names": shape::names(names),
        "rust": names.variant,
        "rust_aliases": names.former_variants,
    }));
    (Kind::Type, names.wire.clone(), members)
}
