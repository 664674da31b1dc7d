//! From an error to the bytes of a response.

use core::fmt::{self, Write as _};

use crate::catalog::settings::{CATALOG_VERSION, DOMAIN, ENVELOPE_STYLES, text};
use crate::runtime::api_error::of_operation::CHANGED;
use crate::runtime::arguments::AnyArguments;
use crate::runtime::json::{push_escaped, push_string};
use crate::runtime::reason_phrase::reason;
use crate::runtime::shape::{Kind, Part, Shape, Slot, Usual};
use crate::{ApiError, EnvelopeStyle, ErrorCode, Fault};

impl ApiError {
    /// The body of the response: compact JSON in the style of the error.
    ///
    /// ```
    /// use runtime::{ApiError, ErrorCode};
    ///
    /// let body = ApiError::new(ErrorCode::FileNotFound).with_message("Say \"please\".").to_json();
    /// assert!(body.contains(r#""Say \"please\".""#));
    /// ```
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut body = String::with_capacity(256);
        self.write_json(&mut body);
        body
    }

    /// Adds the body of the response to `out`, which may be used again and again.
    ///
    /// What the catalog knows of the error was put into JSON when the crate was generated; the
    /// rest gives the same bytes as [`Envelope`](crate::Envelope) does through serde.
    ///
    /// ```
    /// use runtime::{ApiError, ErrorCode};
    ///
    /// let mut body = String::new();
    /// for code in ErrorCode::ALL {
    ///     body.clear();
    ///     ApiError::new(*code).write_json(&mut body);
    ///     assert_eq!(body, code.body_json());
    /// }
    /// ```
    pub fn write_json(&self, out: &mut String) {
        self.write_json_in(self.style(), out);
    }

    /// Adds the body of the response in another style to `out`.
    pub(crate) fn write_json_in(&self, style: EnvelopeStyle, out: &mut String) {
        let shape = style.shape();
        let Some(code) = self.code() else {
            return write_parts(self, shape.bodies.body, shape, out);
        };
        let position = code as usize;
        let text = text(shape.bodies.texts, position);
        let set = self.set_slots() & shape.bodies.varying;
        if set == 0 {
            return out.push_str(text);
        }
        let others = set & !(Slot::Message.bit() | Slot::Param.bit());
        let cuts = &shape.bodies.cuts[position * shape.bodies.segments.len()..];
        match &shape.bodies.usual {
            Some(usual) if others == 0 => self.write_usual(text, cuts, set, usual, out),
            _ => self.write_changed(text, cuts, set, shape, out),
        }
    }

    /// Writes the body of a code with the message and the param of the error.
    #[inline]
    fn write_usual(
        &self,
        text: &str,
        cuts: &[[u32; 2]],
        set: u16,
        usual: &Usual,
        out: &mut String,
    ) {
        let mut copied = 0;
        if set & Slot::Message.bit() != 0 {
            let [start, end] = cuts[usual.message];
            out.push_str(&text[..start as usize]);
            push_escaped(self.message(), out);
            copied = end as usize;
        }
        if let Some((param, before, after)) = usual.param.filter(|_| set & Slot::Param.bit() != 0) {
            let [start, end] = cuts[param];
            out.push_str(&text[copied..start as usize]);
            if let Some(param) = self.param() {
                out.push_str(before);
                push_escaped(param, out);
                match after {
                    "\"" => out.push('"'),
                    after => out.push_str(after),
                }
            }
            copied = end as usize;
        }
        out.push_str(&text[copied..]);
    }

    /// Writes the body of a code with what is set on the error.
    #[inline(never)]
    fn write_changed(
        &self,
        text: &str,
        cuts: &[[u32; 2]],
        set: u16,
        shape: &Shape,
        out: &mut String,
    ) {
        if set & CHANGED != 0 {
            return write_parts(self, shape.bodies.body, shape, out);
        }
        let mut copied = 0;
        for (segment, [start, end]) in shape.bodies.segments.iter().zip(cuts) {
            if segment.slots & set != 0 {
                out.push_str(&text[copied..*start as usize]);
                match &shape.bodies.body[segment.first..segment.end] {
                    [Part::Content(Slot::Message)] => push_escaped(self.message(), out),
                    parts => write_parts(self, parts, shape, out),
                }
                copied = *end as usize;
            }
        }
        out.push_str(&text[copied..]);
    }

    /// The value of a slot that few servers set.
    fn other_value(&self, slot: Slot, shape: &Shape) -> Option<SlotValue<'_>> {
        let code = self.code();
        let of_code = |text: &'static str| (!text.is_empty()).then_some(text);
        let text = match slot {
            Slot::Message => Some(self.message()),
            Slot::Param => self.param(),
            Slot::RequestId => self.request_id(),
            Slot::Instance => self.instance(),
            Slot::Code => self.code_in(shape),
            Slot::Type => Some(self.type_in(shape)),
            Slot::Title => Some(self.title()),
            Slot::Fix => code.and_then(|code| of_code(self.fix_of(code))),
            Slot::DocUrl => code.and_then(|code| of_code(code.doc_url())),
            Slot::Version => Some(CATALOG_VERSION),
            Slot::Domain => Some(DOMAIN),
            Slot::Status => return Some(SlotValue::Number(self.status().into())),
            Slot::RetryAfter => {
                let delay = self.retry_after()?;
                return Some(SlotValue::Number(delay.as_secs()));
            }
            Slot::Retryable => return Some(SlotValue::Bool(self.retry().is_retryable())),
            Slot::Details => return self.details_of_body().map(SlotValue::Details),
            Slot::Errors => return self.faults_of_body().map(SlotValue::Faults),
        }?;
        Some(match slot.kind() {
            // The names of codes are the digits of numbers.
            Kind::Number => SlotValue::Digits(text),
            _ => SlotValue::Text(text),
        })
    }

    /// The meaning of the code, or the reason phrase if there is none.
    fn title(&self) -> &'static str {
        match self.code() {
            Some(code) => match self.meaning_of(code) {
                "" => code.as_str(),
                meaning => meaning,
            },
            None => reason(self.status()).unwrap_or(self.error_type().as_str()),
        }
    }

    /// The error as a server-sent event, for a stream that fails after its response has begun.
    ///
    /// The event is called `error`, unless the style gives it another name or none, so that clients of every
    /// family notice it; its body contains what a header cannot say any more. It is one line of data, even
    /// if the message has line breaks. End the stream after it.
    ///
    /// ```
    /// use runtime::{ApiError, ErrorCode};
    ///
    /// let event = ApiError::new(ErrorCode::FileNotFound).with_message("two\nlines").to_sse_event();
    /// assert_eq!(event.lines().filter(|line| line.starts_with("data: {")).count(), 1);
    /// assert!(event.ends_with("}\n\n"));
    /// ```
    ///
    /// Source: the HTML standard, section 9.2 "Server-sent events".
    #[must_use]
    pub fn to_sse_event(&self) -> String {
        self.to_sse_event_in(self.style())
    }

    /// The error as a server-sent event in another style.
    pub(crate) fn to_sse_event_in(&self, style: EnvelopeStyle) -> String {
        let shape = style.shape();
        let mut event = String::with_capacity(256);
        if let Some(name) = shape.event_name {
            // Writing to a string cannot fail.
            let _ = writeln!(event, "event: {name}");
        }
        event.push_str("data: ");
        write_parts(self, shape.bodies.event, shape, &mut event);
        event.push_str("\n\n");
        event
    }
}

impl ErrorCode {
    /// The body of a response with this code and nothing set on the error, in the default style. The
    /// JSON is a constant: that of [`ApiError::to_json`](crate::ApiError::to_json).
    #[must_use]
    pub const fn body_json(self) -> &'static str {
        text(ENVELOPE_STYLES[0].shape().bodies.texts, self as usize)
    }
}

/// Writes the message, as a client sees it.
impl fmt::Display for ApiError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.message())
    }
}

/// The value of a slot of an error.
enum SlotValue<'a> {
    Text(&'a str),
    /// A number.
    Digits(&'a str),
    Number(u64),
    Bool(bool),
    Details(&'a dyn AnyArguments),
    Faults(&'a dyn AnyArguments),
}

/// What the slots in the parts of a body are filled with.
trait Values {
    fn error(&self) -> &ApiError;

    fn value(&self, slot: Slot, shape: &Shape) -> Option<SlotValue<'_>>;
}

impl Values for ApiError {
    fn error(&self) -> &ApiError {
        self
    }

    #[inline]
    fn value(&self, slot: Slot, shape: &Shape) -> Option<SlotValue<'_>> {
        match slot {
            Slot::Message => Some(SlotValue::Text(self.message())),
            Slot::Param => self.param().map(SlotValue::Text),
            _ => self.other_value(slot, shape),
        }
    }
}

/// A fault of an error.
struct OfFault<'a> {
    error: &'a ApiError,
    fault: &'a Fault,
}

impl Values for OfFault<'_> {
    fn error(&self) -> &ApiError {
        self.error
    }

    fn value(&self, slot: Slot, shape: &Shape) -> Option<SlotValue<'_>> {
        match slot {
            Slot::Message => Some(SlotValue::Text(&self.fault.message)),
            Slot::Param => self.fault.param.as_deref().map(SlotValue::Text),
            Slot::Code => self.fault.code.as_deref().map(SlotValue::Text),
            _ => self.error.other_value(slot, shape),
        }
    }
}

/// Adds parts of a body.
fn write_parts(values: &impl Values, parts: &[Part], shape: &Shape, out: &mut String) {
    for part in parts {
        match part {
            Part::Text(text) => out.push_str(text),
            Part::Content(slot) => {
                if let Some(value) = values.value(*slot, shape) {
                    value.push_content(out);
                }
            }
            Part::If(slot, parts) => {
                if let Some(value) = values.value(*slot, shape) {
                    write_known(values, parts, *slot, &value, shape, out);
                }
            }
            Part::Value(slot, missing) => match values.value(*slot, shape) {
                Some(value) => value.push(out),
                None => out.push_str(missing),
            },
            Part::Comma => {
                if !out.ends_with(['{', '[']) {
                    out.push(',');
                }
            }
            Part::Any(slots, parts) => {
                if slots
                    .iter()
                    .any(|slot| values.value(*slot, shape).is_some())
                {
                    write_parts(values, parts, shape, out);
                }
            }
            Part::Each(parts) => write_faults(values.error(), parts, shape, out),
        }
    }
}

/// Adds parts of a body with the value of a slot.
fn write_known(
    values: &impl Values,
    parts: &[Part],
    known: Slot,
    value: &SlotValue<'_>,
    shape: &Shape,
    out: &mut String,
) {
    for part in parts {
        match part {
            Part::Text(text) => out.push_str(text),
            Part::Content(slot) if *slot == known => value.push_content(out),
            Part::Value(slot, _) if *slot == known => value.push(out),
            part => write_parts(values, core::slice::from_ref(part), shape, out),
        }
    }
}

/// Adds parts once for each fault of an error.
fn write_faults(error: &ApiError, parts: &[Part], shape: &Shape, out: &mut String) {
    if let Some(arguments) = error.faults_of_body() {
        arguments.visit_faults(&mut |fault| {
            write_parts(&OfFault { error, fault }, parts, shape, out);
        });
    }
}

impl SlotValue<'_> {
    /// Adds the value.
    fn push(&self, out: &mut String) {
        if let Self::Text(text) = self {
            push_string(text, out);
        } else {
            self.push_content(out);
        }
    }

    /// Adds the value inside of a string.
    #[inline]
    fn push_content(&self, out: &mut String) {
        match self {
            Self::Text(text) => push_escaped(text, out),
            // In a style, a code that is a number can have a name.
            Self::Digits(digits) => push_escaped(digits, out),
            Self::Number(number) => {
                // Writing to a string cannot fail.
                let _ = write!(out, "{number}");
            }
            Self::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Self::Details(arguments) => arguments.push_json(out),
            Self::Faults(arguments) => arguments.push_faults(out),
        }
    }
}
