//! What a body says, and what is wrong with it whatever the rest of the response is.

use std::collections::{HashMap, HashSet};

use codegen::catalog::{CodeId, RetryRule, Status, TypeId};
use codegen::{Catalog, Rule};

use super::details;
use super::read::Slots;
use super::request::Styles;
use super::style::{Listed, Named, Style, TypeFit};
use crate::finding::{Subject, shown};
use crate::json::Json;

/// The longest body that is read as JSON.
const MAX_BODY: usize = 1 << 20;

/// What a body says.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    /// The style of the body, if it has one.
    pub(super) style: Option<usize>,
    pub(super) subject: Subject,
    pub(super) error_type: Option<TypeId>,
    pub(super) request_id: Option<String>,
    pub(super) has_details: bool,
    /// Whether the message is one of the catalog, which repeats nothing of the request.
    pub(super) is_constant: bool,
    /// The broken rules.
    pub(super) findings: Vec<(Rule, String)>,
}

impl Reading {
    /// A body that says nothing.
    pub(super) const fn silent(status: u16) -> Self {
        Self {
            style: None,
            subject: Subject::Status(status),
            error_type: None,
            request_id: None,
            has_details: false,
            is_constant: false,
            findings: Vec::new(),
        }
    }

    fn find(&mut self, rule: Rule, text: impl Into<String>) {
        self.findings.push((rule, text.into()));
    }
}

/// Reads bodies by the styles of a catalog.
#[derive(Debug)]
pub(super) struct Bodies<'c> {
    pub(super) catalog: &'c Catalog,
    pub(super) styles: Vec<Style<'c>>,
    /// The statuses that operations state for codes, each with the rule that follows.
    pub(super) others: HashMap<(CodeId, u16), RetryRule>,
    /// The codes for which they do.
    pub(super) varied: HashSet<CodeId>,
}

impl<'c> Bodies<'c> {
    pub(super) fn new(catalog: &'c Catalog) -> Self {
        let shapes = catalog.envelope.shapes.iter();
        let others = catalog.other_statuses();
        Self {
            catalog,
            styles: shapes.map(|shape| Style::new(catalog, shape)).collect(),
            varied: others.iter().map(|(code, ..)| *code).collect(),
            others: others
                .into_iter()
                .map(|(code, status, retry)| ((code, status.get()), retry))
                .collect(),
        }
    }

    /// Reads the body of an error with one of some styles.
    pub(super) fn read(
        &self,
        body: &[u8],
        expected: Styles,
        status: u16,
        listed: Listed<'_>,
    ) -> Reading {
        let mut reading = Reading::silent(status);
        if body.trim_ascii().is_empty() {
            reading.find(Rule::NoEnvelope, "the response has no body");
            return reading;
        }
        let json = (body.len() <= MAX_BODY)
            .then(|| Json::parse(body))
            .flatten();
        let Some(json) = json else {
            reading.find(Rule::NoEnvelope, what_else(body));
            return reading;
        };
        let mut failed = None;
        for (position, style) in self.expected(expected) {
            match style.read(&json) {
                Ok(slots) => {
                    self.take(position, &slots, status, listed, &mut reading);
                    return reading;
                }
                Err(mismatch) => failed = failed.or(Some((position, mismatch))),
            }
        }
        let wanted = failed.map(|(position, mismatch)| (&self.styles[position], mismatch));
        let others = self.styles.iter().enumerate();
        let mut others = others.filter(|(position, _)| !expected.contains(*position));
        let other = others.find_map(|(position, style)| {
            let slots = style.read(&json).ok()?;
            let is_error = style.is_distinctive(&slots, listed);
            is_error.then_some((position, slots))
        });
        match (other, wanted) {
            (Some((position, slots)), wanted) => {
                let found = &self.styles[position].shape.name;
                let wanted = wanted.map_or("", |(style, _)| &style.shape.name);
                let text = format!("the body is in the style `{found}`, not in `{wanted}`");
                self.take(position, &slots, status, listed, &mut reading);
                reading.find(Rule::NoEnvelope, text);
            }
            (None, Some((style, mismatch))) => {
                let name = &style.shape.name;
                let text = format!("the body is not in the style `{name}`: {}", mismatch.text());
                reading.find(Rule::NoEnvelope, text);
            }
            (None, None) => {}
        }
        reading
    }

    fn expected(&self, expected: Styles) -> impl Iterator<Item = (usize, &Style<'c>)> {
        let styles = self.styles.iter().enumerate();
        styles.filter(move |(position, _)| expected.contains(*position))
    }

    /// The style in which a body with the status of a success is an error.
    pub(super) fn error_in(&self, body: &[u8], listed: Listed<'_>) -> Option<Reading> {
        if body.len() > MAX_BODY || !matches!(body.trim_ascii_start().first(), Some(b'{')) {
            return None;
        }
        if !self.styles.iter().any(|style| style.may_be(body)) {
            return None;
        }
        let json = Json::parse(body)?;
        let mut styles = self.styles.iter().enumerate();
        styles.find_map(|(position, style)| {
            let slots = style.read(&json).ok()?;
            let is_error = style.is_distinctive(&slots, listed);
            slots.message.filter(|_| is_error)?;
            let mut reading = Reading::silent(200);
            self.name(position, &slots, 0, listed, &mut reading);
            Some(reading)
        })
    }

    /// Reads the data of an event, if it is an error.
    pub(super) fn read_event(
        &self,
        name: Option<&str>,
        data: &str,
        expected: Styles,
        listed: Listed<'_>,
    ) -> Option<Reading> {
        let data = data.trim();
        let is_named = name.is_some();
        // An event without a name is an answer in most cases.
        if !is_named && !data.starts_with('{') {
            return None;
        }
        let is_short = data.len() <= MAX_BODY;
        let json = is_short.then(|| Json::parse(data.as_bytes())).flatten();
        let own = self.expected(expected);
        let others = self.styles.iter().enumerate();
        let mut styles = own.chain(others);
        let found = json.as_ref().and_then(|json| {
            styles.find_map(|(position, style)| {
                let slots = style.read_event(json).ok()?;
                let is_error = style.shape.event.name.as_deref() == name
                    && (is_named || style.is_distinctive(&slots, listed));
                is_error.then_some((position, slots))
            })
        });
        let mut reading = Reading::silent(200);
        let Some((position, slots)) = found else {
            let is_of_errors = |style: &Style<'_>| style.shape.event.name.as_deref() == name;
            let mut styles = self.expected(expected);
            let (_, style) = styles.find(|(_, style)| is_named && is_of_errors(style))?;
            let failed = json.as_ref().and_then(|json| style.read_event(json).err());
            let failed = failed.map_or_else(|| "it is not JSON".to_owned(), |it| it.text());
            let shape = &style.shape.name;
            let text = format!("the event of an error is not in the style `{shape}`: {failed}");
            reading.find(Rule::NoEnvelope, text);
            return Some(reading);
        };
        let status = match self.styles[position].named(&slots, 0, listed) {
            Named::Code(code) if !self.varied.contains(&code) => {
                self.catalog[code].status.own().map_or(0, Status::get)
            }
            _ => 0,
        };
        self.take(position, &slots, status, listed, &mut reading);
        Some(reading)
    }

    /// Sets what a body is about.
    fn name(
        &self,
        position: usize,
        slots: &Slots<'_>,
        status: u16,
        listed: Listed<'_>,
        reading: &mut Reading,
    ) -> Named {
        let named = self.styles[position].named(slots, status, listed);
        reading.style = Some(position);
        match &named {
            Named::Code(code) => {
                reading.subject = Subject::Code(*code);
                reading.error_type = Some(self.catalog[*code].error_type);
            }
            Named::Retired(at) => reading.subject = Subject::Retired(*at),
            Named::Other(name) => reading.subject = Subject::Unknown(shown(name)),
            Named::None => {}
        }
        named
    }

    /// Judges the slots of a body. A status of 0 is not known.
    fn take(
        &self,
        position: usize,
        slots: &Slots<'_>,
        status: u16,
        listed: Listed<'_>,
        reading: &mut Reading,
    ) {
        let named = self.name(position, slots, status, listed, reading);
        let code = reading.subject.code();
        match named {
            Named::Retired(at) => {
                let retired = &self.catalog.retired[at];
                let instead = retired.successor.map_or_else(String::new, |code| {
                    format!("; `{}` replaces it", self.catalog[code].names.wire)
                });
                let text = format!("the code `{}` is retired{instead}", retired.wire);
                reading.find(Rule::RetiredCodeSent, text);
            }
            Named::Other(name) => {
                let text = match shown(&name) {
                    Some(name) => format!("the catalog has no code `{name}`"),
                    None => "the catalog does not have the code, whose name may be a secret".into(),
                };
                reading.find(Rule::UndeclaredCode, text);
            }
            Named::Code(_) | Named::None => {}
        }
        let is_known = !reading.subject.is_foreign();
        if is_known {
            self.status(slots, code, status, reading);
        }
        self.error_type(position, slots, code.filter(|_| is_known), status, reading);
        self.message(slots, code, reading);
        reading.request_id = slots.request_id.map(str::to_owned);
        reading.has_details = slots.details.is_some();
        if let (Some(code), Some(json)) = (code, slots.details) {
            for text in details::mistakes(self.catalog, &self.catalog[code], json) {
                reading.find(Rule::WrongDetails, text);
            }
        }
        if let Some(found) = slots.retryable {
            let wanted = self.is_retryable(code, status);
            if is_known && status != 0 && found != wanted {
                let text = format!("the body says {found} about a retry, the catalog {wanted}");
                reading.find(Rule::ShouldRetryDiffers, text);
            }
        }
    }

    fn status(&self, slots: &Slots<'_>, code: Option<CodeId>, status: u16, reading: &mut Reading) {
        if status == 0 {
            return;
        }
        // Where operations state other statuses, the operation tells which is right.
        if let Some(id) = code.filter(|id| !self.varied.contains(id)) {
            let Some(wanted) = self.catalog[id].status.own().map(Status::get) else {
                let text = "the code has no status of its own, and is in no response";
                reading.find(Rule::WrongStatus, text.to_owned());
                return;
            };
            if wanted != status && !self.is_of_framework(id, status) {
                let text = format!("the status is {status}, that of the code is {wanted}");
                reading.find(Rule::WrongStatus, text);
            }
        }
        if let Some(stated) = slots.status.filter(|stated| *stated != i128::from(status)) {
            let stated = match stated {
                100..=599 => stated.to_string(),
                _ => "what is not a status".to_owned(),
            };
            let text = format!("the body says {stated}, the response has {status}");
            reading.find(Rule::WrongStatus, text);
        }
    }

    fn error_type(
        &self,
        position: usize,
        slots: &Slots<'_>,
        code: Option<CodeId>,
        status: u16,
        reading: &mut Reading,
    ) {
        let style = &self.styles[position];
        let (true, Some(name)) = (style.writes_type(), slots.error_type) else {
            return;
        };
        let said = || {
            shown(name).map_or_else(
                || "the type".to_owned(),
                |name| format!("the type `{name}`"),
            )
        };
        match style.type_fit(name, code, status) {
            TypeFit::Fits(found) => reading.error_type = reading.error_type.or(found),
            TypeFit::OtherStatus if reading.subject.is_foreign() || status == 0 => {}
            TypeFit::OtherStatus => {
                let text = format!("{} does not have the status {status}", said());
                reading.find(Rule::WrongStatus, text);
            }
            TypeFit::OtherCode => {
                let text = format!("{} is not that of the code", said());
                reading.find(Rule::WrongType, text);
            }
            TypeFit::Unknown => {
                let shape = &style.shape.name;
                let text = format!(
                    "the style `{shape}` of the catalog does not have {}",
                    said()
                );
                reading.find(Rule::UndeclaredType, text);
            }
        }
    }

    fn message(&self, slots: &Slots<'_>, code: Option<CodeId>, reading: &mut Reading) {
        let Some(message) = slots.message else {
            return;
        };
        let of_code = code.map(|code| self.catalog[code].plain_message.as_str());
        let of_type = reading
            .error_type
            .map(|id| self.catalog[id].message.as_str());
        reading.is_constant = of_code == Some(message) || of_type == Some(message);
        if !reading.is_constant
            && let Some((_, leak)) = codegen::leak(message)
        {
            let text = format!("the message reveals {}", leak.name());
            reading.find(Rule::SentMessageLeaks, text);
        }
        if let Some(leak) = slots.fault_leaks {
            let text = format!("the message of a fault reveals {}", leak.name());
            reading.find(Rule::SentMessageLeaks, text);
        }
    }
}

/// What a body is that is not JSON.
fn what_else(body: &[u8]) -> &'static str {
    match body.trim_ascii_start() {
        [b'<', ..] => "the body is HTML or XML, not JSON",
        [b'{' | b'[', ..] => "the body begins as JSON does and is not JSON",
        _ if std::str::from_utf8(body).is_err() => "the body is not text",
        _ => "the body is text, not JSON",
    }
}
