//! Example bodies, as every output shows them.

use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

use crate::catalog::{Catalog, Example, MissingParam};

/// The envelope of an example, in the style of the catalog.
#[derive(Clone, Copy)]
pub(super) struct Body<'a> {
    example: &'a Example,
    null_param: bool,
}

impl<'a> Body<'a> {
    pub(super) fn new(catalog: &Catalog, example: &'a Example) -> Self {
        Self {
            example,
            null_param: catalog.envelope.param == MissingParam::Null,
        }
    }

    /// The body with two spaces of indentation, without a final line break.
    pub(super) fn pretty(self) -> String {
        // Texts always serialise.
        serde_json::to_string_pretty(&self).unwrap_or_default()
    }
}

impl Serialize for Body<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut envelope = serializer.serialize_struct("Envelope", 1)?;
        envelope.serialize_field("error", &Members(*self))?;
        envelope.end()
    }
}

struct Members<'a>(Body<'a>);

impl Serialize for Members<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Body {
            example,
            null_param,
        } = self.0;
        let mut members = serializer.serialize_struct("Error", 4)?;
        members.serialize_field("message", &example.message)?;
        members.serialize_field("type", &example.error_type)?;
        members.serialize_field("code", &example.code)?;
        if example.param.is_some() || null_param {
            members.serialize_field("param", &example.param)?;
        }
        members.end()
    }
}
