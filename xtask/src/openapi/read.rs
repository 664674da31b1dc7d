//! Reads documents in YAML or JSON.

use serde::de::DeserializeOwned;

/// Reads a whole document, without YAML aliases.
#[cfg(feature = "import")]
pub(crate) fn values(text: &str) -> anyhow::Result<serde_json::Value> {
    parse(text, super::aliases::refuse_aliases)
}

/// Reads a document. `check` may refuse YAML.
pub(super) fn parse<T: DeserializeOwned>(
    text: &str,
    check: fn(&str) -> anyhow::Result<()>,
) -> anyhow::Result<T> {
    let text = text.trim_start_matches('\u{FEFF}');
    let read_yaml = || -> anyhow::Result<T> {
        check(text)?;
        Ok(serde_yaml::from_str(text)?)
    };
    // JSON may be indented with tabs, unlike YAML, which may begin with a brace too.
    if text.trim_start().starts_with('{') {
        let json = serde_json::from_str(text);
        return match json {
            Ok(document) => Ok(document),
            Err(error) => read_yaml().map_err(|_| error.into()),
        };
    }
    read_yaml()
}
