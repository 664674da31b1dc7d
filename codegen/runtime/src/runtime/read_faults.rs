//! Reading of the faults of an error. Inlined, so that only crates that read them compile it.

use crate::Fault;
use crate::runtime::read_shape::{Body, Json, Scalar, at_path, find, is_same};
use crate::runtime::shape::{Element, FaultList, Place, Slot, Step};

/// The list of a body that contains faults.
pub(crate) struct Listed<'b, J> {
    /// The elements that are faults.
    pub(crate) faults: &'b [J],
    /// The slots whose places are in elements before them that are missing.
    pub(crate) missing: u16,
}

impl FaultList {
    /// The list of a body, whose error has this message; `None` if the body has no list there.
    #[inline]
    pub(crate) fn find<'b, B: Body>(
        &self,
        body: &'b B,
        message: &str,
    ) -> Option<Listed<'b, B::Json>> {
        let list = find(body, self.path)?.list()?;
        let mut at = 0;
        let mut missing = 0;
        for element in self.before {
            match element {
                Some(element)
                    if !list
                        .get(at)
                        .is_some_and(|found| element.fits(found, message)) =>
                {
                    missing |= element.slots;
                }
                _ => at += 1,
            }
        }
        Some(Listed {
            faults: list.get(at..).unwrap_or_default(),
            missing,
        })
    }

    /// An element of the list as a fault, if it is one of this shape.
    #[inline]
    pub(crate) fn fault<J: Json>(&self, element: &J) -> Option<Fault> {
        if !matches!(element.scalar(), Scalar::Object) {
            return None;
        }
        let text = |slot| {
            let mut places = self.places.iter();
            let place = places.find(|place| place.slot == slot);
            place.map_or(Ok(None), |place| place.text_in(element))
        };
        let states_message = self.places.iter().any(|place| place.slot == Slot::Message);
        let message = text(Slot::Message).ok()?;
        if message.is_none() && states_message {
            return None;
        }
        let owned = |text: &str| text.to_owned();
        Some(Fault {
            param: text(Slot::Param).ok()?.map(owned),
            code: text(Slot::Code).ok()?.map(owned),
            message: message.map(owned).unwrap_or_default(),
        })
    }

    /// The name of the member.
    #[inline]
    pub(crate) fn name(&self) -> &'static str {
        Place::name_of(self.path)
    }
}

/// A value of a fault that is not a text.
struct WrongType;

impl Place {
    /// The text at the place in a fault, if it has one.
    #[inline]
    fn text_in<'j, J: Json>(&self, fault: &'j J) -> Result<Option<&'j str>, WrongType> {
        let Some(value) = at_path(fault, self.path) else {
            return Ok(None);
        };
        match (value.scalar(), self.inside) {
            (Scalar::Null, None) => Ok(None),
            (Scalar::Text(text), None) => Ok(Some(text).filter(|text| !self.is_missing(text))),
            (Scalar::Text(text), Some((before, after))) => {
                let text = text.strip_prefix(before);
                let text = text.and_then(|text| text.strip_suffix(after));
                text.map(Some).ok_or(WrongType)
            }
            _ => Err(WrongType),
        }
    }
}

impl Element {
    /// Whether an element of a list is this one, in a body whose error has this message.
    #[inline]
    fn fits<J: Json>(&self, element: &J, message: &str) -> bool {
        let Scalar::Object = element.scalar() else {
            return self.members.is_empty();
        };
        let fits = |place: &Place| match at_path(element, place.path) {
            None => place.missing.is_none(),
            Some(value) => match (value.scalar(), place.slot, place.inside) {
                (Scalar::Text(text), Slot::Message, None) => text == message,
                _ => true,
            },
        };
        let is_constant = |(path, json): &(&[Step], &'static str)| {
            at_path(element, path).is_some_and(|value| is_same(&value.scalar(), json))
        };
        element.members(&mut |name| self.members.contains(&name))
            && self.constants.iter().all(is_constant)
            && self.places.iter().all(fits)
    }
}
