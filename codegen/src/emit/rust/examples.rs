//! Examples in the documentation of runtime files, in the names of a catalog.

use crate::catalog::{Catalog, Code};

/// The name of the crate that the runtime files are written in.
const LIB: &str = "runtime";

/// What the examples of all runtime files name.
pub(super) struct Examples<'a> {
    catalog: &'a Catalog,
    code: &'a Code,
    fence: &'static str,
}

impl<'a> Examples<'a> {
    pub(super) fn new(catalog: &'a Catalog) -> Self {
        Self {
            catalog,
            code: super::example_code(catalog),
            fence: super::reading_fence(catalog),
        }
    }
}

/// A runtime file whose documentation names the crate of a catalog, and a code and a type that it has.
/// The names are those of paths in examples: `runtime::…`, `ErrorCode::FileTooLarge`, `ErrorType::…`.
pub(super) fn of_catalog(examples: &Examples<'_>, text: &str) -> String {
    let Examples {
        catalog,
        code: code_of_example,
        fence,
    } = *examples;
    let mut out = String::with_capacity(text.len());
    let mut is_example = false;
    for line in text.split_inclusive('\n') {
        let code = line.trim_start();
        let is_doc = code.starts_with("///") || code.starts_with("//!");
        is_example = is_doc && (is_example != code[3..].trim_start().starts_with("```"));
        if is_example {
            match line.strip_suffix("```\n") {
                Some(before) => {
                    out.push_str(before);
                    out.push_str(fence);
                    out.push('\n');
                }
                None => push_example(catalog, code_of_example, line, &mut out),
            }
        } else {
            out.push_str(line);
        }
    }
    out
}

/// Adds a line of an example, path segment by path segment.
fn push_example(catalog: &Catalog, code: &Code, line: &str, out: &mut String) {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let mut rest = line;
    let mut parent = "";
    while let Some(start) = rest.find(is_name) {
        let (before, name) = rest.split_at(start);
        let (name, after) = name.split_at(name.find(|c| !is_name(c)).unwrap_or(name.len()));
        let is_variant = before == "::"
            && name.contains(char::is_lowercase)
            && name.starts_with(char::is_uppercase);
        out.push_str(before);
        out.push_str(match parent {
            "ErrorCode" if is_variant => &code.names.variant,
            "ErrorType" if is_variant => &catalog.types[0].names.variant,
            _ if name == LIB && after.starts_with("::") => &catalog.api.lib_name,
            _ => name,
        });
        parent = name;
        rest = after;
    }
    out.push_str(rest);
}
