//! Methods of [`ErrorType`], which read its row.

use crate::catalog::lookup;
use crate::catalog::types::{TYPE_COUNT, TYPES};
use crate::runtime::tables::Statuses;
use crate::runtime::wire_name::named;
use crate::{ErrorType, RetryRule};

static ALL_TYPES: [ErrorType; TYPE_COUNT] = {
    let mut all = [TYPES[0].error_type; TYPE_COUNT];
    let mut position = 1;
    while position < TYPE_COUNT {
        all[position] = TYPES[position].error_type;
        position += 1;
    }
    all
};

impl ErrorType {
    /// All types, in the order of the catalog.
    pub const ALL: &'static [Self] = &ALL_TYPES;

    /// The type with this wire name.
    #[inline]
    #[must_use]
    pub fn from_wire(name: &str) -> Option<Self> {
        lookup::error_type(name)
    }

    /// The wire name of the type.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        TYPES[self as usize].name
    }

    /// What the type means, in one line; empty only where the catalog allows it.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        TYPES[self as usize].meaning
    }

    /// The message of an error with this type and no code.
    #[must_use]
    pub const fn message(self) -> &'static str {
        TYPES[self as usize].message
    }

    /// Whether and how a client may send the request again, if all statuses of the type agree.
    #[must_use]
    pub const fn retry(self) -> Option<RetryRule> {
        TYPES[self as usize].retry
    }

    /// The status of an error with this type and no code, unless another is set.
    #[must_use]
    pub const fn default_status(self) -> u16 {
        match &TYPES[self as usize].statuses {
            Statuses::List([first, ..]) | Statuses::Family(first) => *first,
            // No response has such an error. A server that returns it all the same failed.
            Statuses::List([]) => 500,
        }
    }

    /// Whether an error with this type and no code may have this status.
    #[must_use]
    pub const fn allows_status(self, status: u16) -> bool {
        match &TYPES[self as usize].statuses {
            Statuses::Family(first) => status >= *first && status - *first < 100,
            Statuses::List(statuses) => {
                let mut position = 0;
                while position < statuses.len() {
                    if statuses[position] == status {
                        return true;
                    }
                    position += 1;
                }
                false
            }
        }
    }
}

/// Writes the name of the variant.
impl core::fmt::Debug for ErrorType {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.write_str(TYPES[*self as usize].variant)
    }
}

named!(ErrorType);
