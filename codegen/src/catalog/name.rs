//! The names of a type or code, each computed once, here.

use std::fmt::Write as _;

use heck::{ToSnakeCase, ToUpperCamelCase};

/// What a type or code is called in each place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    /// On the wire, and in the catalog.
    pub wire: String,
    /// As a Rust variant.
    pub variant: String,
    /// Former Rust variants, which the crate keeps as constants.
    pub former_variants: Vec<String>,
    /// As a file name and an anchor.
    pub slug: String,
    /// In bodies of other shapes: by the name of the shape, the name that the catalog states for it.
    pub in_shapes: Vec<(String, String)>,
}

impl Names {
    /// The name that the catalog states for a shape.
    #[must_use]
    pub fn stated_in(&self, shape: &str) -> Option<&str> {
        let mut names = self.in_shapes.iter();
        names.find_map(|(known, name)| (known == shape).then_some(name.as_str()))
    }
}

/// The Rust variant a wire name gives. May be no identifier at all: the caller checks.
#[must_use]
pub fn derive_variant(wire: &str) -> String {
    wire.to_upper_camel_case()
}

/// The field of a Rust struct that the name of an argument gives. May be no identifier: the caller checks.
#[must_use]
pub fn derive_field(name: &str) -> String {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    // Names that are fields already keep their form: `sha256` and `item_2` have no other.
    if name.bytes().all(plain) {
        name.to_owned()
    } else {
        name.to_snake_case()
    }
}

/// Page names that mean something to a file system, to a documentation engine, or to JavaScript: a name of a page is also
/// a key of the OpenAPI document.
const RESERVED: [&str; 15] = [
    "__proto__",
    "aux",
    "changelog",
    "con",
    "errors",
    "index",
    "llms",
    "nul",
    "operations",
    "print",
    "prn",
    "readme",
    "statuses",
    "summary",
    "types",
];

/// The slug a wire name gives: lower-case ASCII letters, digits, `_` and `-`, so that it is the
/// same file on every file system and the same anchor in every Markdown engine.
#[must_use]
pub fn derive_slug(wire: &str) -> String {
    let mut slug = String::with_capacity(wire.len());
    for c in wire.chars() {
        match c {
            'a'..='z' | '0'..='9' | '_' | '-' => slug.push(c),
            'A'..='Z' => slug.push(c.to_ascii_lowercase()),
            _ if c.is_ascii() => slug.push('-'),
            _ => {
                // Writing to a string cannot fail.
                let _ = write!(slug, "u{:04x}", u32::from(c));
            }
        }
    }
    let slug = slug.trim_matches('-');
    if slug.is_empty() || is_reserved(slug) {
        format!("code-{slug}").trim_end_matches('-').to_owned()
    } else {
        slug.to_owned()
    }
}

/// Whether a page of this name would clash with a device name or with a page of the engine.
fn is_reserved(slug: &str) -> bool {
    let port = |prefix: &str| {
        slug.strip_prefix(prefix)
            .is_some_and(|rest| matches!(rest.as_bytes(), [b'0'..=b'9']))
    };
    RESERVED.contains(&slug) || port("com") || port("lpt")
}

#[cfg(test)]
mod tests {
    use super::{derive_slug, derive_variant};

    #[test]
    fn slugs_are_safe_file_names() {
        for (wire, slug) in [
            ("file_too_large", "file_too_large"),
            ("File.Too.Large", "file-too-large"),
            ("a/../../b", "a-------b"),
            ("größe", "gru00f6u00dfe"),
            ("CON", "code-con"),
            ("com1", "code-com1"),
            ("README", "code-readme"),
            ("...", "code"),
            ("404", "404"),
        ] {
            assert_eq!(derive_slug(wire), slug);
        }
    }

    #[test]
    fn variants_are_upper_camel_case() {
        for (wire, variant) in [
            ("file_too_large", "FileTooLarge"),
            ("badToken", "BadToken"),
            ("DIGEST_INVALID", "DigestInvalid"),
            ("v1/models:not-found", "V1ModelsNotFound"),
            ("404", "404"),
        ] {
            assert_eq!(derive_variant(wire), variant);
        }
    }
}
