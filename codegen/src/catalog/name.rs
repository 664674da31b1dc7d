//! The names of a type or code, each computed once, here.

use std::fmt::Write as _;

use heck::{ToSnakeCase, ToUpperCamelCase};

use crate::fingerprint::fnv_1a;
use crate::limits::MAX_PAGE_BYTES;

/// What a type or code is called in each place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    /// In the catalog, and on the wire unless it begins with a namespace.
    pub wire: String,
    /// How many bytes at the beginning of the wire name are its namespace, which is not sent.
    pub unsent: usize,
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

    /// The name in bodies of shapes that have no other form of it: the wire name without its namespace.
    #[must_use]
    pub fn sent(&self) -> &str {
        self.wire.get(self.unsent..).unwrap_or(&self.wire)
    }

    /// The namespace: the part of the wire name that is not sent, without the signs at its end.
    #[must_use]
    pub fn namespace(&self) -> Option<&str> {
        let prefix = self.wire.get(..self.unsent).unwrap_or_default();
        Some(namespace_of(prefix)).filter(|name| !name.is_empty())
    }
}

/// The name of the namespace that a prefix gives: the prefix without the signs at its end.
#[must_use]
pub fn namespace_of(prefix: &str) -> &str {
    prefix.trim_end_matches(|sign: char| !sign.is_alphanumeric())
}

/// The Rust variant a wire name gives: `Minus1` for `-1`. May be no identifier at all: the caller checks.
#[must_use]
pub fn derive_variant(wire: &str) -> String {
    if let Some((namespace, digits)) = negative(wire) {
        return format!("{}Minus{digits}", namespace.to_upper_camel_case());
    }
    if !is_snake_case(wire) {
        return wire.to_upper_camel_case();
    }
    // Most names are snake case, which needs no look at the case of each letter.
    let mut variant = String::with_capacity(wire.len());
    for word in wire.split('_').filter(|word| !word.is_empty()) {
        variant.push(char::from(word.as_bytes()[0].to_ascii_uppercase()));
        variant.push_str(&word[1..]);
    }
    variant
}

/// Whether a name has only what a name in snake case has.
fn is_snake_case(name: &str) -> bool {
    let is_plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    name.bytes().all(is_plain)
}

/// The prefix and the digits of a negative whole number, such as `laser.` and `1` of `laser.-1`.
fn negative(wire: &str) -> Option<(&str, &str)> {
    let (prefix, digits) = wire.rsplit_once('-')?;
    let is_number = digits.starts_with(|c: char| matches!(c, '1'..='9'))
        && digits.bytes().all(|b| b.is_ascii_digit());
    let is_sign = prefix.is_empty() || prefix.ends_with(['.', ':', '/', '_']);
    (is_number && is_sign).then_some((prefix, digits))
}

/// The field of a Rust struct that the name of an argument gives. May be no identifier: the caller checks.
#[must_use]
pub fn derive_field(name: &str) -> String {
    // Names that are fields already keep their form: `sha256` and `item_2` have no other.
    if is_snake_case(name) {
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

/// The slugs of names with up to as many bytes are as long as they are: they were published before names could be longer.
const SHORT_NAME: usize = 100;

/// The slug a wire name gives: lower-case ASCII letters, digits, `_` and `-`, so that it is the
/// same file on every file system and the same anchor in every Markdown engine. That of a long name ends with a hash of
/// the whole name if it would be too long for a file.
#[must_use]
pub fn derive_slug(wire: &str) -> String {
    let slug = whole_slug(wire);
    if wire.len() <= SHORT_NAME || slug.len() <= MAX_PAGE_BYTES {
        return slug;
    }
    let hash = format!("-{:010x}", fnv_1a(wire.bytes()) >> 24);
    let start = slug[..MAX_PAGE_BYTES - hash.len()].trim_end_matches('-');
    format!("{start}{hash}")
}

fn whole_slug(wire: &str) -> String {
    if let Some((prefix, digits)) = negative(wire) {
        let prefix = prefix.trim_end_matches(|sign: char| sign.is_ascii_punctuation());
        return if prefix.is_empty() {
            format!("minus-{digits}")
        } else {
            format!("{}-minus-{digits}", whole_slug(prefix))
        };
    }
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
    use heck::ToUpperCamelCase as _;
    use proptest::prelude::*;

    use super::{derive_slug, derive_variant};

    proptest! {
        #[test]
        fn a_variant_is_what_the_library_for_case_makes(name in "[a-c0-1_]{0,12}|[a-cA-C_][a-cA-C0-1_.é-]{0,12}") {
            prop_assume!(super::negative(&name).is_none());
            prop_assert_eq!(derive_variant(&name), name.to_upper_camel_case());
        }
    }

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
            ("-1", "minus-1"),
            ("laser.-1", "laser-minus-1"),
            ("laser-1", "laser-1"),
            ("1", "1"),
            ("-0", "0"),
            ("-a", "a"),
        ] {
            assert_eq!(derive_slug(wire), slug);
        }
    }

    #[test]
    fn the_slug_of_a_long_name_is_cut_and_depends_on_the_name_alone() {
        // As long as the slugs of names with up to 100 bytes can be.
        assert_eq!(derive_slug(&"ö".repeat(50)), "u00f6".repeat(50));
        assert_eq!(derive_slug(&"a".repeat(120)), "a".repeat(120));
        let names = ["a".repeat(121), "a".repeat(200), "ö".repeat(51)];
        let cut = names.map(|name| derive_slug(&name));
        assert_eq!(cut[0], format!("{}-ea8a536aa6", "a".repeat(109)));
        assert!(cut.iter().all(|slug| slug.len() == 120), "{cut:?}");
        assert_ne!(cut[0], cut[1]);
        assert_eq!(cut[2], derive_slug(&"ö".repeat(51)));
        // The end of the cut part is not a run of dashes.
        let dotted = derive_slug(&format!("{}{}z", "a".repeat(105), "...".repeat(10)));
        assert!(dotted.starts_with(&format!("{}-", "a".repeat(105))) && !dotted.contains("--"));
    }

    #[test]
    fn variants_are_upper_camel_case() {
        for (wire, variant) in [
            ("file_too_large", "FileTooLarge"),
            ("badToken", "BadToken"),
            ("DIGEST_INVALID", "DigestInvalid"),
            ("v1/models:not-found", "V1ModelsNotFound"),
            ("404", "404"),
            ("-1", "Minus1"),
            ("-32001", "Minus32001"),
            ("laser.-1", "LaserMinus1"),
            ("ink_jet/-20", "InkJetMinus20"),
            ("laser-1", "Laser1"),
            ("-0", "0"),
            ("-1.5", "15"),
        ] {
            assert_eq!(derive_variant(wire), variant);
        }
    }
}
