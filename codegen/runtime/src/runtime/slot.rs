//! The slots of bodies.

use crate::catalog::settings::CODE_FORM;

/// A value that an error fills in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code, reason = "a catalog's shapes may use some of them only")]
pub(crate) enum Slot {
    Code,
    Type,
    Message,
    Title,
    Fix,
    Status,
    Param,
    RequestId,
    DocUrl,
    Retryable,
    RetryAfter,
    Instance,
    Details,
    Errors,
    Version,
    Domain,
}

/// The number of slots.
pub(crate) const SLOT_COUNT: usize = Slot::Domain as usize + 1;

/// What the value of a slot is in JSON.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Number,
    Bool,
    Object,
    List,
}

impl Slot {
    pub(crate) const fn kind(self) -> Kind {
        match self {
            Self::Code => {
                if CODE_FORM.is_number() {
                    Kind::Number
                } else {
                    Kind::Text
                }
            }
            Self::Status | Self::RetryAfter => Kind::Number,
            Self::Retryable => Kind::Bool,
            Self::Details => Kind::Object,
            Self::Errors => Kind::List,
            _ => Kind::Text,
        }
    }

    /// The slot as a member of a set.
    pub(crate) const fn bit(self) -> u16 {
        1 << self as u16
    }
}
