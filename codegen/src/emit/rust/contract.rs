//! `tests/contract.rs`: checks bodies against the fixtures.

use askama::Template;

use super::super::rust_value::rust_value;
use super::deprecation;
use super::file::notice;
use crate::artifact::Artifact;
use crate::catalog::{Catalog, Code, Shape, Slot};

#[derive(Template)]
#[template(path = "contract.rs", escape = "none")]
struct Contract<'a> {
    notice: String,
    lib: &'a str,
    /// The codes with arguments.
    codes: Vec<Example<'a>>,
    /// Whether the arguments of some codes need a feature.
    featured: bool,
    /// Whether those of all codes do.
    all_featured: bool,
    /// The attribute of functions that name deprecated codes.
    allowed: &'static str,
    /// Whether bodies contain the code, the wire name of the type, and the request field, for each style.
    contents: Vec<[bool; 3]>,
    has_namespaces: bool,
}

/// What the bodies of a shape contain.
fn contents(catalog: &Catalog, shape: &Shape) -> [bool; 3] {
    let mut slots = Vec::new();
    shape.body.slots(&mut slots);
    let has = |slot| slots.contains(&slot);
    let mut types = catalog.types.iter();
    let is_wire = types.all(|entry| entry.names.stated_in(&shape.name).is_none());
    let mut codes = catalog.codes.iter();
    let is_of_type = codes.all(|code| shape.stated_type(&code.names).is_none());
    let has_type = has(Slot::Type) && shape.types.is_empty() && is_wire && is_of_type;
    [has(Slot::Code), has_type, has(Slot::Param)]
}

/// A code with arguments, and an expression for each of them.
struct Example<'a> {
    variant: &'a str,
    featured: bool,
    deprecated: bool,
    arguments: Vec<(&'a str, String)>,
}

impl<'a> Example<'a> {
    fn new(code: &'a Code) -> Self {
        let arguments = code.arguments.iter();
        Self {
            variant: &code.names.variant,
            featured: code.has_timestamp(),
            deprecated: code.deprecated.is_some(),
            arguments: arguments
                .map(|argument| (argument.field.as_str(), rust_value(argument)))
                .collect(),
        }
    }
}

pub(super) fn emit(catalog: &Catalog) -> Artifact {
    let codes = catalog.codes.iter();
    let codes = codes.filter(|code| !code.arguments.is_empty());
    let codes: Vec<Example<'_>> = codes.map(Example::new).collect();
    let contract = Contract {
        notice: notice("//"),
        lib: &catalog.api.lib_name,
        featured: codes.iter().any(|code| code.featured),
        allowed: deprecation::allowed(codes.iter().any(|code| code.deprecated)),
        contents: catalog
            .envelope
            .shapes
            .iter()
            .map(|shape| contents(catalog, shape))
            .collect(),
        has_namespaces: catalog.has_namespaces(),
        all_featured: codes.iter().all(|code| code.featured),
        codes,
    };
    // A template fails only if formatting of a value does, and that of strings does not.
    let text = contract.render().unwrap_or_default();
    Artifact::new("generated/tests/contract.rs", text + "\n")
}
