//! A Rust file, section by section.

use proc_macro2::{Ident, Literal, Span, TokenStream};

use super::super::NOTICE;
use super::source;
use crate::artifact::Artifact;
use crate::bytes;
use crate::catalog::{Catalog, CodeId};

/// The attribute of what only servers need.
pub(super) const SERVER: &str = "#[cfg(feature = \"server\")]\n";

/// Builds a Rust file: a notice, documentation, then sections separated by empty lines.
pub(super) struct RustFile {
    out: String,
}

impl RustFile {
    /// A file with this module documentation.
    pub(super) fn new(docs: &str) -> Self {
        let mut out = notice("//");
        out.push('\n');
        push_doc("//!", docs, &mut out);
        Self { out }
    }

    /// Adds items. They come from `quote!` and names that the catalog checked, so they parse.
    pub(super) fn items(self, items: TokenStream) -> Self {
        let file = syn::parse2(items).expect("quoted items with checked names are Rust");
        let text = prettyplease::unparse(&file);
        self.text(&text)
    }

    /// Adds text that is Rust in the layout of rustfmt.
    pub(super) fn text(mut self, text: &str) -> Self {
        self.out.push('\n');
        self.out.push_str(text);
        self
    }

    pub(super) fn finish(self, module: &str) -> Artifact {
        source(module, self.out)
    }
}

/// The first line of every file of the crate, as a comment.
pub(super) fn notice(comment: &str) -> String {
    format!(
        "{comment} @{}{}\n",
        NOTICE[..1].to_lowercase(),
        &NOTICE[1..]
    )
}

/// Adds the lines of documentation, indented as `marker` is.
pub(super) fn push_doc(marker: &str, text: &str, out: &mut String) {
    for line in text.lines() {
        out.push_str(marker);
        if !line.is_empty() {
            out.push(' ');
        }
        out.push_str(line);
        out.push('\n');
    }
}

/// A string literal with everything escaped that an editor would hide.
pub(super) fn literal(text: &str) -> String {
    // Most texts are in ASCII, and the look at each character takes ten times as long.
    if bytes::any(text, |byte| !matches!(byte, b' '..=b'~')) {
        return Literal::string(text).to_string();
    }
    if !bytes::any(text, |byte| matches!(byte, b'"' | b'\\')) {
        return ["\"", text, "\""].concat();
    }
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| matches!(byte, b'"' | b'\\')) {
        let (plain, after) = rest.split_at(at);
        let (sign, after) = after.split_at(1);
        out.push_str(plain);
        out.push('\\');
        out.push_str(sign);
        rest = after;
    }
    out.push_str(rest);
    out.push('"');
    out
}

/// An identifier that the catalog checked.
pub(super) fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// The string of a doc attribute: `prettyplease` prints it after `///`.
pub(super) fn doc(line: &str) -> String {
    let space = if line.is_empty() { "" } else { " " };
    format!("{space}{line}")
}

/// A code that may be missing, as an expression.
pub(super) fn optional_code(catalog: &Catalog, code: Option<CodeId>) -> String {
    match code {
        Some(id) => format!("Some(ErrorCode::{})", catalog[id].names.variant),
        None => "None".to_owned(),
    }
}

/// Rust that was printed from names and literals.
pub(super) fn tokens(text: &str) -> TokenStream {
    let tokens = text.parse();
    tokens.expect("names and literals are tokens")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Literal, literal};

    proptest! {
        #[test]
        fn a_literal_is_as_tokens_print_it(text in "(.|[\"'\\\\\n\t\u{0}é\u{200B}a0]){0,12}") {
            prop_assert_eq!(literal(&text), Literal::string(&text).to_string());
        }
    }
}
