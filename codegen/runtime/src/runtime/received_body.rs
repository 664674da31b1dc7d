//! Reading of bodies into a [`ReceivedError`].

use core::time::Duration;

use serde_json::map::Entry;
use serde_json::{Map, Value};

use crate::catalog::settings::CODE_FORM;
use crate::runtime::body_json::{excerpt, is_readable, parse};
use crate::runtime::fast_path::Canonical;
use crate::runtime::other_formats::{Found, code_of_page, is_problem, known_code, name};
use crate::runtime::wire_name::WireForm;
use crate::{MaybeKnown, ReceivedError};

impl ReceivedError {
    /// Reads a body. `is_stated` is whether the headers call it a problem.
    pub(crate) fn read_body(&mut self, body: &[u8], is_stated: bool) {
        if is_readable(body) && self.read_canonical(body) {
            return;
        }
        let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
        let is_complete = parse(body)
            .is_some_and(|parsed| self.read_value(parsed.value, is_stated) && parsed.is_complete);
        if (self.message.is_none() || !is_complete) && !body.is_empty() {
            self.raw_excerpt = Some(excerpt(body));
        }
    }

    /// Reads a body in the layout of this crate. Returns whether it is one.
    fn read_canonical(&mut self, body: &[u8]) -> bool {
        let canonical = Canonical::read(body);
        let is_blank = |text: Option<&str>| text.is_some_and(|text| text.trim().is_empty());
        let Canonical {
            message: Some(message),
            error_type,
            code,
            param,
        } = canonical
        else {
            return false;
        };
        if is_blank(Some(message)) || is_blank(error_type) || is_blank(code) {
            return false;
        }
        self.message = Some(message.to_owned());
        self.error_type = error_type.map(MaybeKnown::from);
        self.code = code.map(MaybeKnown::from);
        self.param = param.map(str::to_owned);
        self.find_code_in_type();
        true
    }

    /// Reads a body as JSON. Returns whether every member was kept.
    pub(crate) fn read_value(&mut self, value: Value, is_stated: bool) -> bool {
        match value {
            Value::Object(members) if is_problem(&members, is_stated) => {
                let states_code = members.contains_key("code");
                self.read_problem(members);
                self.find_missing(is_stated, states_code);
                true
            }
            Value::Object(members) => {
                let inner = members.get("error").and_then(Value::as_object);
                let states_code = members.contains_key("code")
                    || inner.is_some_and(|inner| inner.contains_key("code"));
                let is_complete = self.read_envelope(members);
                self.find_missing(false, states_code);
                is_complete
            }
            Value::Array(_) | Value::String(_) => {
                let name = if value.is_array() { "errors" } else { "error" };
                self.extra.insert(name.to_owned(), value);
                self.find_missing(false, false);
                true
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => true,
        }
    }

    /// Reads an envelope, with or without its outer object. Returns whether every member was kept.
    fn read_envelope(&mut self, mut body: Map<String, Value>) -> bool {
        if let Some(Value::Object(members)) = body.get_mut("error") {
            let members = core::mem::take(members);
            body.remove("error");
            // Nothing was read before that these could contradict.
            self.read_members(members);
            // A format marks errors by this type of the outer object; it is not the type of the error.
            if body.get("type").is_some_and(|tag| tag == "error") {
                self.extra.entry("type").or_insert_with(|| "error".into());
                body.remove("type");
            }
        }
        self.read_members(body)
    }

    /// Members that were read before win. Returns whether every member was kept.
    fn read_members(&mut self, members: Map<String, Value>) -> bool {
        let mut is_complete = true;
        for (member, value) in members {
            let is_read = match member.as_str() {
                "message" => read(&mut self.message, &value, message),
                "param" => read(&mut self.param, &value, string_or_number),
                "code" => read(&mut self.code, &value, name),
                "type" => read(&mut self.error_type, &value, name),
                _ => false,
            };
            if is_read {
                continue;
            }
            match self.extra.entry(member) {
                Entry::Vacant(entry) => {
                    entry.insert(value);
                }
                Entry::Occupied(known) => is_complete &= *known.get() == value,
            }
        }
        is_complete
    }

    /// Members with a value of a wrong type are ignored.
    ///
    /// Source: RFC 9457, sections 3 and 3.1.
    fn read_problem(&mut self, body: Map<String, Value>) {
        let has_detail = body.get("detail").is_some_and(Value::is_string);
        let string = |value: &Value| value.as_str().map(str::to_owned);
        for (member, value) in body {
            let is_number = value.is_number() && CODE_FORM == WireForm::Text;
            let is_read = match member.as_str() {
                "detail" => read(&mut self.message, &value, message_string),
                // Some servers send `message` instead of `detail`.
                "message" if !has_detail => read(&mut self.message, &value, message_string),
                "param" => read(&mut self.param, &value, string),
                "code" if !is_number => read(&mut self.code, &value, name),
                "error_type" if !value.is_number() => read(&mut self.error_type, &value, name),
                _ => false,
            };
            if !is_read {
                self.extra.insert(member, value);
            }
        }
        let seconds = self.extra.get("retry_after").and_then(Value::as_u64);
        self.retry_after = self.retry_after.or(seconds.map(Duration::from_secs));
        let retryable = self.extra.get("retryable").and_then(Value::as_bool);
        self.should_retry = self.should_retry.or(retryable);
        if self.code.is_none() {
            let page = self.extra.get("type").and_then(Value::as_str);
            self.code = page.and_then(code_of_page);
        }
    }

    /// Reads what is missing from members that the styles of this crate do not define.
    fn find_missing(&mut self, is_stated: bool, states_code: bool) {
        let is_known = matches!(self.error_type, Some(MaybeKnown::Known(_)));
        if states_code && is_known && self.message.is_some() {
            // The body is one of this crate, and its error may have no code.
            return;
        }
        let found = Found::in_rest(&self.extra, is_stated);
        if self.message.is_none() {
            self.message = found.message.map(str::to_owned);
        }
        self.code = self.code.take().or(found.code);
        self.error_type = self.error_type.take().or(found.error_type);
        if self.param.is_none() {
            self.param = found.param.map(str::to_owned);
        }
        self.find_code_in_type();
        if self.code.is_none() && !states_code {
            self.code = self.message.as_deref().and_then(known_code);
        }
    }

    /// Some APIs send the name of the code as the type.
    fn find_code_in_type(&mut self) {
        if let (None, Some(MaybeKnown::Unknown(name))) = (&self.code, &self.error_type) {
            self.code = known_code(name);
        }
    }
}

/// Reads a member that was not read before. Returns whether nothing of it is left.
fn read<T>(member: &mut Option<T>, value: &Value, read: impl Fn(&Value) -> Option<T>) -> bool {
    if member.is_some() {
        return false;
    }
    *member = read(value);
    member.is_some() || value.is_null()
}

fn string_or_number(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn message(value: &Value) -> Option<String> {
    string_or_number(value).filter(|text| !text.trim().is_empty())
}

fn message_string(value: &Value) -> Option<String> {
    message(value).filter(|_| value.is_string())
}
