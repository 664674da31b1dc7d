//! Schemas of a few members.

use crate::tree::Tree;

/// The schema of a type.
pub(super) fn of_type<'a>(kind: &'static str) -> Tree<'a> {
    Tree::object([("type", kind.into())])
}

/// The schema of a value.
pub(super) fn exactly<'a>(value: impl Into<Tree<'a>>) -> Tree<'a> {
    Tree::object([("const", value.into())])
}

/// The schema of a string.
pub(super) fn text<'a>(description: impl Into<Tree<'a>>) -> Tree<'a> {
    let description = description.into();
    Tree::object([("type", "string".into()), ("description", description)])
}

pub(super) fn any_of<const N: usize>(schemas: [Tree<'_>; N]) -> Tree<'_> {
    Tree::object([("anyOf", Tree::List(schemas.into()))])
}

/// A schema with a description, which comes first, or after the type.
pub(super) fn described<'a>(description: impl Into<Tree<'a>>, mut schema: Tree<'a>) -> Tree<'a> {
    if let Tree::Object(members) = &mut schema {
        let at = usize::from(members.first().is_some_and(|(name, _)| name == "type"));
        members.insert(at, ("description".into(), description.into()));
    }
    schema
}

/// A schema that admits null too.
pub(super) fn or_null(mut schema: Tree<'_>) -> Tree<'_> {
    let is_enum = schema.get("enum").is_some();
    if let Some(kind @ Tree::Text(_)) = schema.get_mut("type").filter(|_| !is_enum) {
        let known = std::mem::replace(kind, Tree::Null);
        *kind = Tree::List(vec![known, "null".into()]);
        return schema;
    }
    // Not an enum with null: Java clients read an unknown value of it as null.
    let description = schema.remove("description");
    let choice = any_of([schema, of_type("null")]);
    match description {
        Some(description) => described(description, choice),
        None => choice,
    }
}
