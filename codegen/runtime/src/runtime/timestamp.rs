//! Timestamps as arguments.

use jiff::Timestamp;
use serde_json::Value;

use crate::ArgumentValue;
use crate::runtime::argument_kind::Kind;

impl Kind for Timestamp {
    fn value(&self) -> ArgumentValue<'_> {
        ArgumentValue::Timestamp(self)
    }

    fn read(value: Value) -> Result<Self, serde_json::Error> {
        let text: String = serde::Deserialize::deserialize(value)?;
        text.parse().map_err(serde::de::Error::custom)
    }

    fn blank() -> Self {
        Self::UNIX_EPOCH
    }
}
