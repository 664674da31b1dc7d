//! Names that readers of the outputs treat as syntax where they are keys of a mapping.

use crate::diagnostic::{Diagnostic, quoted};
use crate::rule::Rule;
use crate::span::Span;

/// What readers do with a key of this name; `None` for a name that all of them read alike.
fn misread(name: &str) -> Option<&'static str> {
    match name {
        "$ref" => Some("tools for JSON and OpenAPI follow this key as a reference"),
        // Psych, the reader of Ruby, does so even if the key is in quotes.
        "<<" => Some("some readers of YAML merge the value of this key into its mapping"),
        // An assignment to it sets the prototype of an object.
        "__proto__" => Some("tools in JavaScript lose or reject this key"),
        // Methods of every object: openapi-typescript calls them instead of looking the name up. `constructor` and
        // `toString` do no harm there.
        "__defineGetter__"
        | "__defineSetter__"
        | "__lookupGetter__"
        | "__lookupSetter__"
        | "hasOwnProperty"
        | "isPrototypeOf"
        | "propertyIsEnumerable"
        | "toLocaleString"
        | "valueOf" => Some("tools in JavaScript take this key for a method of the object"),
        _ => None,
    }
}

/// The error of a name that cannot be a key, at `at`.
pub(crate) fn key_fault(name: &str, at: Span) -> Option<Diagnostic> {
    let misread = misread(name)?;
    let message = format!("{} cannot be a name", quoted(name));
    let diagnostic = Diagnostic::new(Rule::ImpossibleName, at, message);
    Some(diagnostic.help(format!("choose another name: {misread}")))
}
