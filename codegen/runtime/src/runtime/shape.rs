//! The shapes of bodies: JSON with slots, which errors fill.

use crate::catalog::settings::CODE_FORM;
#[cfg(feature = "server")]
use crate::catalog::settings::{NO_TEXTS, Texts};
use crate::runtime::fast_path::Reader;
pub(crate) use crate::runtime::slot::{Kind, Slot};
use crate::{ErrorCode, ErrorType, MaybeKnown};

/// A part of a body.
#[allow(dead_code, reason = "a catalog's errors may have no faults")]
pub(crate) enum Part {
    /// JSON that every body contains.
    Text(&'static str),
    /// A comma, if a member or element is before it.
    Comma,
    /// A value, or this JSON if the slot has none.
    Value(Slot, &'static str),
    /// A value that exists, without quotes.
    Content(Slot),
    /// Parts that are left out if the slot has no value.
    If(Slot, &'static [Part]),
    /// Parts that are left out if none of the slots has a value.
    Any(&'static [Slot], &'static [Part]),
    /// Parts that are written once for each fault of the error. The slots `param`, `code` and `message` in them are
    /// those of the fault.
    Each(&'static [Part]),
}

/// The parts of a body that an error can change, apart from its code.
pub(crate) struct Segment {
    /// The slots that change it.
    pub(crate) slots: u16,
    /// Where its parts begin and end.
    pub(crate) first: usize,
    pub(crate) end: usize,
}

/// The segments of a message and a param that are nowhere else in the body.
pub(crate) struct Usual {
    /// The position of the one that is the message.
    pub(crate) message: usize,
    /// The position of a later one that is the param, and what is around it.
    pub(crate) param: Option<(usize, &'static str, &'static str)>,
}

/// A step to a value in a body.
#[derive(PartialEq)]
pub(crate) enum Step {
    /// The member with this name.
    Member(&'static str),
    /// The element at this position.
    At(usize),
    /// The first element that has this member with this string.
    With(&'static str, &'static str),
}

/// Where the value of a slot is.
pub(crate) struct Place {
    pub(crate) slot: Slot,
    pub(crate) path: &'static [Step],
    /// The rest of the string that contains the value, if it is part of one.
    pub(crate) inside: Option<(&'static str, &'static str)>,
    /// The JSON of the member if the slot has no value; `None` if it is left out then.
    pub(crate) missing: Option<&'static str>,
}

/// Where the faults of an error are: the last elements of a list.
pub(crate) struct FaultList {
    /// The place of the list.
    pub(crate) path: &'static [Step],
    /// The elements before the faults; `None` for one that always exists.
    pub(crate) before: &'static [Option<Element>],
    /// The places of slots in a fault.
    pub(crate) places: &'static [Place],
}

/// An element of a list that can be missing.
pub(crate) struct Element {
    /// The names of its members, none if it is not an object.
    pub(crate) members: &'static [&'static str],
    /// The places of slots in it.
    pub(crate) places: &'static [Place],
    /// Members that are the same in every body.
    pub(crate) constants: &'static [(&'static [Step], &'static str)],
    /// The slots whose values a body has in it.
    pub(crate) slots: u16,
}

/// What the data of an event are.
#[allow(dead_code, reason = "a catalog's shapes may use some of them only")]
pub(crate) enum EventData {
    /// A body, or an object with its message where a body has it.
    Body,
    /// A body at a path, with slots and constants beside it.
    Around {
        path: &'static [Step],
        places: &'static [Place],
        constants: &'static [(&'static [Step], &'static str)],
    },
    /// Other members: a body is no event.
    Other,
}

/// A member that is kept of a body beside the fields of an error.
pub(crate) enum Kept {
    /// The one of the place with this position.
    Place(usize),
    /// The one with this name, between two marks of the body, each with a number of bytes after it.
    Member(&'static str, [(usize, usize); 2]),
}

/// Numbers as pairs.
pub(crate) const fn pairs<const N: usize>(numbers: &[u32]) -> [[u32; 2]; N] {
    let mut pairs = [[0; 2]; N];
    let mut at = 0;
    while at < N {
        pairs[at] = [numbers[2 * at], numbers[2 * at + 1]];
        at += 1;
    }
    pairs
}

/// The bodies that this API sends in a style.
#[cfg(feature = "server")]
pub(crate) struct Bodies {
    /// The parts of a body.
    pub(crate) body: &'static [Part],
    /// The parts of the data of an event.
    pub(crate) event: &'static [Part],
    /// The types that bodies of the style can have, if their names are not the wire names: the name, the position of the
    /// first type with it, and a status with which it has it.
    pub(crate) types_sent: &'static [(&'static str, usize, u16)],
    /// The slots that change the body of a code.
    pub(crate) varying: u16,
    pub(crate) segments: &'static [Segment],
    /// The segments that servers change most.
    pub(crate) usual: Option<Usual>,
    /// The bodies of errors on which nothing is set, at the discriminants of their codes.
    pub(crate) texts: &'static Texts,
    /// Where the segments of each text begin and end.
    pub(crate) cuts: &'static [[u32; 2]],
}

#[cfg(feature = "server")]
impl Bodies {
    /// Those of a shape that is only read.
    #[allow(dead_code, reason = "a catalog may have every built-in style")]
    pub(crate) const NONE: Self = Self {
        body: &[],
        event: &[],
        types_sent: &[],
        varying: 0,
        segments: &[],
        usual: None,
        texts: NO_TEXTS,
        cuts: &[],
    };
}

/// The form of the bodies of a style.
pub(crate) struct Shape {
    pub(crate) name: &'static str,
    pub(crate) media_type: &'static str,
    /// The name of the event; without one, it has no line `event:`.
    pub(crate) event_name: Option<&'static str>,
    pub(crate) event_data: EventData,
    /// The places of slots, each once, in the order of the body.
    pub(crate) places: &'static [Place],
    /// The place of the faults.
    pub(crate) faults: Option<FaultList>,
    /// Reads a body in the layout of the shape. `None` if its JSON tree could have other values.
    pub(crate) read: Option<Reader>,
    /// What is kept of a body in the layout of the shape, in the order in which it is kept; `None` if only its JSON tree
    /// tells.
    pub(crate) rest: Option<&'static [Kept]>,
    /// Members that are the same in every body: their paths, and their values as JSON.
    pub(crate) constants: &'static [(&'static [Step], &'static str)],
    /// The names of types by status; a number below ten is a family.
    pub(crate) types_by_status: &'static [(u16, &'static str)],
    /// The names that types state, at their discriminants; empty for one that states none.
    pub(crate) types: &'static [&'static str],
    /// The names of codes, at their discriminants, if they are not the wire names.
    pub(crate) codes: &'static [&'static str],
    /// The names of types that codes state, at their discriminants, if bodies have no place for the code; empty for
    /// one that states none.
    pub(crate) types_of_codes: &'static [&'static str],
    /// Whether names of codes are in upper case, unless they are in `codes`.
    pub(crate) is_upper: bool,
    #[cfg(feature = "server")]
    pub(crate) bodies: Bodies,
}

impl Shape {
    pub(crate) fn place(&self, slot: Slot) -> Option<&'static Place> {
        self.places.iter().find(|place| place.slot == slot)
    }

    /// The path of the object that has the message.
    pub(crate) fn object(&self) -> &'static [Step] {
        let message = self
            .place(Slot::Message)
            .map_or(&[][..], |place| place.path);
        message.split_last().map_or(&[], |(_, object)| object)
    }

    /// Whether bodies have a media type of their own. By its specification, members with a value of a wrong type
    /// are ignored.
    pub(crate) fn is_specified(&self) -> bool {
        self.media_type != "application/json"
    }

    /// The name of a code.
    pub(crate) fn code_name(&self, code: ErrorCode) -> &'static str {
        self.codes
            .get(code as usize)
            .copied()
            .unwrap_or(code.as_str())
    }

    /// The code with a name.
    #[inline]
    pub(crate) fn code(&self, name: &str) -> Option<ErrorCode> {
        ErrorCode::from_wire(name).or_else(|| self.other_code(name))
    }

    /// The code with a name that is not its wire name.
    #[inline(never)]
    fn other_code(&self, name: &str) -> Option<ErrorCode> {
        let position = self.codes.iter().position(|known| *known == name);
        // Codes of several namespaces can have it.
        let position = position.filter(|_| !self.is_shared(name));
        let stated = position.and_then(|position| ErrorCode::ALL.get(position).copied());
        stated.or_else(|| {
            let is_upper = self.is_upper && self.codes.is_empty();
            let lower = is_upper.then(|| name.to_ascii_lowercase())?;
            ErrorCode::from_wire(&lower)
        })
    }

    /// Whether codes of several namespaces have a name.
    #[inline]
    pub(crate) fn is_shared(&self, name: &str) -> bool {
        CODE_FORM.has_namespaces() && self.codes_named(name).nth(1).is_some()
    }

    /// The codes with a name in bodies.
    pub(crate) fn codes_named(&self, name: &str) -> impl Iterator<Item = ErrorCode> {
        let codes = ErrorCode::ALL.iter().copied();
        codes.filter(move |code| match self.codes.get(*code as usize) {
            Some(known) => *known == name,
            None => CODE_FORM.sent(*code) == name,
        })
    }

    pub(crate) fn maybe_code(&self, name: &str) -> MaybeKnown<ErrorCode> {
        match self.code(name) {
            Some(code) => MaybeKnown::Known(code),
            None => MaybeKnown::from(name),
        }
    }

    /// Whether the names of types are their wire names.
    #[inline]
    pub(crate) const fn has_wire_types(&self) -> bool {
        self.types.is_empty() && self.types_by_status.is_empty()
    }

    /// The name of a type in a body with a status.
    #[inline]
    pub(crate) fn type_name(&self, error_type: ErrorType, status: u16) -> &'static str {
        if self.has_wire_types() {
            return error_type.as_str();
        }
        match self.types.get(error_type as usize) {
            Some(name) if !name.is_empty() => name,
            _ => self.type_by_status(status).unwrap_or(error_type.as_str()),
        }
    }

    /// The name of the type in a body with a code and a status.
    #[inline]
    pub(crate) fn type_of_code(&self, code: ErrorCode, status: u16) -> &'static str {
        match self.types_of_codes.get(code as usize) {
            Some(name) if !name.is_empty() => name,
            _ => self.type_name(code.error_type(), status),
        }
    }

    /// The codes that state a type with this name, which bodies have instead of the code.
    pub(crate) fn codes_of_type(
        &self,
        name: &str,
        status: Option<u16>,
    ) -> impl Iterator<Item = ErrorCode> {
        let rows = self.types_of_codes.iter().zip(ErrorCode::ALL);
        let codes = rows.filter_map(move |(known, code)| (*known == name).then_some(*code));
        codes.filter(move |code| status.is_none_or(|status| code.can_be_in(status)))
    }

    /// The code of a body that has no place for it, if no other error with the status has a type with this name. A
    /// status that is not that of an error is unknown.
    pub(crate) fn code_of_type(&self, name: &str, status: u16) -> Option<ErrorCode> {
        let status = Some(status).filter(|status| (400..600).contains(status));
        let mut codes = self.codes_of_type(name, status);
        let code = codes.next()?;
        let is_of_others = codes.next().is_some()
            || self.types.contains(&name)
            || ErrorType::from_wire(name).is_some()
            || match status {
                Some(status) => self.type_by_status(status) == Some(name),
                None => self.types_by_status.iter().any(|(_, known)| *known == name),
            };
        (!is_of_others).then_some(code)
    }

    fn type_by_status(&self, status: u16) -> Option<&'static str> {
        let find = |class: u16| {
            let mut rows = self.types_by_status.iter();
            rows.find_map(|(known, name)| (*known == class).then_some(*name))
        };
        find(status).or_else(|| find(status / 100))
    }

    /// Whether the type of a code has this name in a body with the code's status.
    #[inline]
    pub(crate) fn is_type_of(&self, code: ErrorCode, name: &str) -> bool {
        self.type_name(code.error_type(), code.status()) == name
    }

    /// A type with a name. Of several types that share a name by their status, none is known.
    pub(crate) fn maybe_type(&self, name: &str) -> MaybeKnown<ErrorType> {
        let mut stated = self.types.iter().enumerate();
        let stated = stated.find_map(|(position, known)| (*known == name).then_some(position));
        match stated.and_then(|position| ErrorType::ALL.get(position)) {
            Some(error_type) => MaybeKnown::Known(*error_type),
            None => MaybeKnown::from(name),
        }
    }

    /// Whether a type has this name in some body.
    pub(crate) fn knows_type(&self, name: &str) -> bool {
        let mut by_status = self.types_by_status.iter();
        let stated = || self.types.iter().chain(self.types_of_codes);
        by_status.any(|(_, known)| *known == name)
            || (!name.is_empty() && stated().any(|known| *known == name))
            || ErrorType::from_wire(name).is_some()
    }
}

/// Keeps the codes that fit, unless none does: a newer server can have others.
#[cfg(any(feature = "client", feature = "server"))]
pub(crate) fn narrow(codes: &mut Vec<ErrorCode>, fits: impl Fn(ErrorCode) -> bool) {
    if codes.iter().any(|code| fits(*code)) {
        codes.retain(|code| fits(*code));
    }
}
