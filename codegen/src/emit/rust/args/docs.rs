//! Documentation of arguments.

use std::fmt::Write as _;

use super::super::super::markdown_escape;
use super::super::super::rust_value::rust_value;
use crate::catalog::{Argument, Catalog, Code};

/// The documentation of the struct of a code.
pub(super) fn of_code(catalog: &Catalog, code: &Code) -> String {
    let mut docs = summary(code);
    docs.push_str(feature(code.has_timestamp()));
    docs.push_str(&example(catalog, code));
    docs
}

/// The documentation of the alias of a code: the fields of a shared struct have the meanings that its codes share.
pub(super) fn of_alias(catalog: &Catalog, code: &Code) -> String {
    let mut docs = summary(code);
    let arguments = code.arguments.iter();
    let mut meanings = arguments.filter(|argument| !argument.meaning.is_empty());
    if let Some(first) = meanings.next() {
        docs.push('\n');
        for argument in core::iter::once(first).chain(meanings) {
            let field = markdown_escape::code(&argument.field);
            // Writing to a string cannot fail.
            let _ = write!(docs, "\n- {field}: {}", meaning(argument));
        }
    }
    docs.push_str(feature(code.has_timestamp()));
    docs.push_str(&example(catalog, code));
    docs
}

fn summary(code: &Code) -> String {
    format!(
        "The arguments of {}: {}",
        markdown_escape::code(&code.names.wire),
        markdown_escape::inline(&code.summary())
    )
}

/// The sentence about the feature of timestamps, if it is needed.
pub(super) fn feature(is_needed: bool) -> &'static str {
    if is_needed {
        "\n\nNeeds the feature `jiff`."
    } else {
        ""
    }
}

/// An example; none for a deprecated code.
fn example(catalog: &Catalog, code: &Code) -> String {
    if code.deprecated.is_some() {
        return String::new();
    }
    let lib = &catalog.api.lib_name;
    let variant = &code.names.variant;
    let arguments = code.arguments.iter();
    let arguments: Vec<String> = arguments
        .map(|argument| format!("    {}: {},\n", argument.field, rust_value(argument)))
        .collect();
    let arguments = arguments.concat();
    format!(
        "

```
use {lib}::{{ApiError, ErrorCode, args}};

let error = ApiError::from(args::{variant} {{
{arguments}}});
assert_eq!(error.code(), Some(ErrorCode::{variant}));
```"
    )
}

/// The documentation of the fields of these arguments.
pub(super) fn meanings(arguments: &[Argument]) -> Vec<String> {
    arguments.iter().map(meaning).collect()
}

fn meaning(argument: &Argument) -> String {
    if argument.meaning.is_empty() {
        value_of(argument)
    } else {
        markdown_escape::inline(&argument.meaning)
    }
}

/// The documentation of a field whose meaning is unknown.
pub(super) fn value_of(argument: &Argument) -> String {
    format!("The value of {}.", markdown_escape::code(&argument.name))
}
