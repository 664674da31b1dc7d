//! What the generator says of bodies and examples. Needs the feature `utoipa`.

use crate::{EnvelopeStyle, ErrorCode, ErrorType};

/// The bodies of one media type.
pub(crate) struct Bodies {
    pub(crate) media_type: &'static str,
    /// The name of their schema.
    pub(crate) schema: &'static str,
    pub(crate) styles: &'static [EnvelopeStyle],
}

/// An error without code.
pub(crate) struct Codeless {
    /// The name of its example.
    pub(crate) name: &'static str,
    pub(crate) error_type: ErrorType,
    pub(crate) status: u16,
    /// The message, unless it is that of the type.
    pub(crate) message: Option<&'static str>,
    /// Whether operations have the error.
    #[allow(dead_code, reason = "a catalog may have no operations")]
    pub(crate) of_operations: bool,
}

/// The example of a code with arguments.
pub(crate) struct Shown {
    pub(crate) code: ErrorCode,
    pub(crate) message: &'static str,
    /// The details as JSON, or nothing.
    pub(crate) details: &'static str,
    /// The faults as JSON, or nothing.
    pub(crate) faults: &'static str,
}
