//! Reading of bodies in the layout of this crate into a [`ReceivedError`].

use serde_json::{Number, Value};

use crate::catalog::shapes::SHAPES;
use crate::runtime::fast_path::Canonical;
use crate::runtime::other_formats::code_of_page;
use crate::runtime::read_shape::Filled;
use crate::runtime::shape::{Kept, Kind, Shape, Slot};
use crate::{ErrorCode, ErrorType, MaybeKnown, ReceivedError};

impl ReceivedError {
    /// Reads a body in the layout of a shape, with the same result as by its JSON tree. Returns whether it did: some
    /// bodies have no such layout, and of some only the tree tells what they contain.
    pub(crate) fn read_canonical(&mut self, body: &[u8], stated: Option<&'static Shape>) -> bool {
        let Ok(body) = core::str::from_utf8(body) else {
            return false;
        };
        let mut canonical = Canonical::new(body);
        let mut shapes = SHAPES.iter();
        let read = shapes.find_map(|shape| {
            let rest = shape.rest?;
            canonical.read(shape.read).then_some((shape, rest))
        });
        let Some((shape, rest)) = read else {
            return false;
        };
        let is_stated = stated.is_none_or(|stated| stated.name == shape.name);
        if !is_stated || (canonical.is_odd() && shape.has_blank(&canonical)) {
            return false;
        }
        self.style = Some(shape.name.into());
        self.message = canonical.get(Slot::Message).map(str::to_owned);
        let code = canonical.get(Slot::Code);
        self.code = code.map(|name| shape.maybe_code(name));
        let error_type = canonical.get(Slot::Type);
        self.error_type = error_type.map(|name| shape.maybe_type_with(self.code.as_ref(), name));
        self.param = canonical.get(Slot::Param).map(str::to_owned);
        let is_identified = self.fill_others(&canonical, shape);
        self.find_code_of_type(shape);
        self.find_code_in_namespaces(shape, canonical.get(Slot::DocUrl));
        if let (None, Some(page)) = (&self.code, canonical.get(Slot::DocUrl)) {
            self.code = code_of_page(page);
        }
        for kept in rest {
            if let Some((name, value)) = kept.of(&canonical, shape, is_identified) {
                self.extra.insert(name.to_owned(), value);
            }
        }
        // All members have values of the shape, so none of them can be another value that is missing.
        self.find_code_in_type(Some(shape));
        true
    }

    /// Takes the values that headers can have too. Returns whether nothing of the request id is left.
    fn fill_others(&mut self, canonical: &Canonical<'_>, shape: &Shape) -> bool {
        if let Some(text) = canonical.get(Slot::Retryable) {
            let value = Filled::<Value>::Bool(text == "true");
            self.fill(shape, Slot::Retryable, &value);
        }
        if let Some(digits) = canonical.get(Slot::RetryAfter) {
            let place = shape.place(Slot::RetryAfter);
            let is_inside = place.is_some_and(|place| place.inside.is_some());
            let number = digits.parse().ok();
            let number = number.map(|seconds: u64| Number::from(seconds));
            let value = match &number {
                Some(number) if !is_inside => Filled::<Value>::Number(number),
                _ => Filled::Digits(digits),
            };
            self.fill(shape, Slot::RetryAfter, &value);
        }
        match canonical.get(Slot::RequestId) {
            Some(id) => self.fill(shape, Slot::RequestId, &Filled::<Value>::Text(id)),
            None => true,
        }
    }
}

impl Shape {
    /// A type with a name, beside a code: that of nearly every body is the type of its code.
    #[inline]
    fn maybe_type_with(
        &self,
        code: Option<&MaybeKnown<ErrorCode>>,
        name: &str,
    ) -> MaybeKnown<ErrorType> {
        match code {
            Some(MaybeKnown::Known(code))
                if self.has_wire_types() && code.error_type().as_str() == name =>
            {
                MaybeKnown::Known(code.error_type())
            }
            _ => self.maybe_type(name),
        }
    }

    /// Whether a value that every body has, or the code, is blank: that counts as missing.
    #[cold]
    fn has_blank(&self, canonical: &Canonical<'_>) -> bool {
        let is_blank = |text: &str| text.chars().all(char::is_whitespace);
        self.places.iter().any(|place| {
            let counts = place.missing.is_some() || place.slot == Slot::Code;
            counts && canonical.get(place.slot).is_some_and(is_blank)
        })
    }
}

impl Kept {
    /// The name and the value of the member, if the body has it.
    fn of(
        &self,
        canonical: &Canonical<'_>,
        shape: &Shape,
        is_identified: bool,
    ) -> Option<(&'static str, Value)> {
        match self {
            Self::Place(position) => {
                let place = shape.places.get(*position)?;
                if place.slot == Slot::RequestId && is_identified {
                    return None;
                }
                let value = match (canonical.get(place.slot), place.inside) {
                    (Some(text), Some((before, after))) => format!("{before}{text}{after}").into(),
                    (Some(text), None) => match place.slot.kind() {
                        Kind::Text => text.into(),
                        Kind::Bool => (text == "true").into(),
                        _ => text.parse::<u64>().map_or(Value::Null, Value::from),
                    },
                    (None, _) => place.missing?.parse().ok()?,
                };
                Some((place.name(), value))
            }
            Self::Member(name, marks) => {
                let member = canonical.between(marks)?;
                let member = member.strip_prefix(',').unwrap_or(member);
                // After the quotes of the name, and a colon.
                let value = member.get(name.len() + 3..)?;
                Some((name, value.parse().ok()?))
            }
        }
    }
}
