//! What a document contains about the API as a whole.

use serde_json::Value;

use super::super::model::ApiFacts;
use super::document::Document;

/// The sections of a catalog that a document has, under the same or another name.
pub(super) fn api(document: &Document<'_>) -> ApiFacts {
    let info = document.at("/info");
    let line = |value: &Value| value.as_str().map(|text| text.trim().to_owned());
    let said = |value: &Value| line(value).filter(|text| !text.is_empty());
    let taken = |value: &Value, keys: &[&str]| {
        let keys = keys.iter();
        let members = keys.filter_map(|key| Some(((*key).to_owned(), said(&value[*key])?.into())));
        let members: serde_json::Map<_, _> = members.collect();
        (!members.is_empty()).then_some(Value::Object(members))
    };
    let license = taken(&info["license"], &["name", "url"]).map(|value| ("license", value));
    let contact =
        taken(&info["contact"], &["name", "url", "email"]).map(|value| ("contact", value));
    let servers = document.at("/servers").as_array();
    let servers = servers.into_iter().flatten();
    let servers: Vec<_> = servers
        .filter_map(|server| taken(server, &["url", "description"]))
        .collect();
    // Without servers, the document is at the URL of the API.
    let says_nothing = servers
        .iter()
        .all(|server| server == &serde_json::json!({ "url": "/" }));
    let servers = (!says_nothing).then(|| ("servers", Value::Array(servers)));
    let docs_url = said(&document.at("/externalDocs")["url"]);
    ApiFacts {
        title: said(&info["title"]),
        docs_url: docs_url.map(|url| url.trim_end_matches('/').to_owned()),
        version: said(&info["version"]),
        sections: license.into_iter().chain(contact).chain(servers).collect(),
        ..ApiFacts::default()
    }
}
