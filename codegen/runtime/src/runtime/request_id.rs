//! The request id of an error.

use std::sync::OnceLock;

use crate::runtime::shape::Slot;

/// The request id of an error: that of the request which a server answers with it, else the one that was
/// set on the error.
#[derive(Default)]
pub(crate) struct RequestId {
    own: Option<Box<str>>,
    answered: OnceLock<Box<str>>,
}

impl RequestId {
    pub(crate) fn get(&self) -> Option<&str> {
        self.answered.get().or(self.own.as_ref()).map(Box::as_ref)
    }

    /// Sets the id of the error, if a response can repeat it.
    pub(crate) fn set(&mut self, id: Box<str>) {
        if fits_as_request_id(id.as_bytes()) {
            self.own = Some(id);
        }
    }

    /// Sets the id of the request, once, if a response can repeat it.
    #[cfg(any(feature = "tower", feature = "actix-web"))]
    pub(crate) fn identify(&self, id: &str) {
        if fits_as_request_id(id.as_bytes()) {
            // An id that was set before stays.
            let _ = self.answered.set(id.into());
        }
    }

    /// The slot of the id, if there is one.
    pub(crate) fn set_slot(&self) -> u16 {
        self.get().map_or(0, |_| Slot::RequestId.bit())
    }
}

/// Whether a response can repeat this request id.
pub(crate) fn fits_as_request_id(request_id: &[u8]) -> bool {
    (1..=256).contains(&request_id.len()) && request_id.iter().all(u8::is_ascii_graphic)
}
