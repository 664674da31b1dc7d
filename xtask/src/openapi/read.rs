//! Documents in YAML or JSON.

use serde::de::DeserializeOwned;

use super::aliases;

/// Reads a whole document.
///
/// # Errors
///
/// Fails where it is neither YAML nor JSON, and where it shares parts by anchors.
pub(crate) fn values(text: &str) -> anyhow::Result<serde_json::Value> {
    parse(text, aliases::refuse_aliases)
}

/// Reads a document, of which YAML is looked through first.
pub(super) fn parse<T: DeserializeOwned>(
    text: &str,
    look_through: fn(&str) -> anyhow::Result<()>,
) -> anyhow::Result<T> {
    let text = text.trim_start_matches('\u{FEFF}');
    let read_yaml = || -> anyhow::Result<T> {
        look_through(text)?;
        Ok(serde_yaml::from_str(text)?)
    };
    // JSON may be indented with tabs, which YAML refuses; and YAML may begin with a brace too.
    if text.trim_start().starts_with('{') {
        let json = serde_json::from_str(text);
        return match json {
            Ok(document) => Ok(document),
            Err(error) => read_yaml().map_err(|_| error.into()),
        };
    }
    read_yaml()
}
