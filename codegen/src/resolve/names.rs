//! Derives Rust variants and slugs from wire names, and checks that they are unique.

use unicode_normalization::UnicodeNormalization;

use super::keys::key_fault;
use super::{Findings, optional};
use crate::ast::prefix::Prefixes;
use crate::ast::{CodeAst, Mapping, OperationAst, Spanned, TypeAst};
use crate::catalog::{Names, derive_slug, derive_variant};
use crate::diagnostic::{Diagnostic, quoted, to_scalar};
use crate::limits::{MAX_NAME_BYTES, MAX_PAGE_BYTES, MAX_TERM_BYTES};
use crate::rule::Rule;
use crate::span::Span;
use crate::unord_map::UnordMap;

/// The first place of a name, and its number of uses.
struct Taken {
    at: Span,
    times: u32,
}

/// Names the entries of one kind.
#[derive(Default)]
pub(crate) struct Resolver {
    variants: UnordMap<String, Taken>,
    slugs: UnordMap<String, Taken>,
}

impl Resolver {
    /// The names of all codes; missing if one was reported.
    pub(crate) fn codes(
        &mut self,
        asts: &[(String, Mapping<CodeAst>)],
        prefixes: &Prefixes<'_>,
        findings: &mut Findings<'_>,
    ) -> Vec<Option<Names>> {
        asts.iter()
            .map(|(wire, ast)| {
                let own = ast.value.as_ref();
                if !check_wire(wire, ast.key, findings) {
                    return None;
                }
                let rust = own.and_then(|code| code.rust.as_ref());
                let slug = own.and_then(|code| code.slug.as_ref());
                let variant = self.variant(wire, ast.key, rust, is_code_variant, findings);
                let slug = self.slug(wire, ast.key, slug, findings);
                let former = own.and_then(|code| code.rust_aliases.as_ref());
                let former_variants = self.former_variants(former, is_code_variant, findings);
                Some(Names {
                    wire: wire.clone(),
                    unsent: prefixes.unsent(wire, ast),
                    variant: variant?,
                    former_variants,
                    slug: slug?,
                    in_shapes: Vec::new(),
                })
            })
            .collect()
    }

    /// The names of one type.
    pub(crate) fn error_type(
        &mut self,
        wire: &str,
        ast: &Mapping<TypeAst>,
        findings: &mut Findings<'_>,
    ) -> Option<Names> {
        if !check_wire(wire, ast.key, findings) {
            return None;
        }
        let own = ast.value.as_ref();
        let rust = own.and_then(|own| own.rust.as_ref());
        let variant = self.variant(wire, ast.key, rust, is_variant, findings);
        let former = own.and_then(|own| own.rust_aliases.as_ref());
        let former_variants = self.former_variants(former, is_variant, findings);
        Some(Names {
            wire: wire.to_owned(),
            unsent: 0,
            variant: variant?,
            former_variants,
            slug: derive_slug(wire),
            in_shapes: Vec::new(),
        })
    }

    /// The name of the error of an operation.
    pub(crate) fn operation(
        &mut self,
        id: &str,
        ast: &Mapping<OperationAst>,
        findings: &mut Findings<'_>,
    ) -> Option<String> {
        if !check_wire(id, ast.key, findings) {
            return None;
        }
        let rust = ast.value.as_ref().and_then(|own| own.rust.as_ref());
        let name = self.variant(id, ast.key, rust, is_variant, findings)?;
        Some(format!("{name}Error"))
    }

    fn variant(
        &mut self,
        wire: &str,
        key: Span,
        explicit: Option<&Spanned<String>>,
        is_valid: fn(&str) -> bool,
        findings: &mut Findings<'_>,
    ) -> Option<String> {
        let (variant, at) = match explicit {
            Some(rust) => (rust.value.clone()?, rust.span),
            None => (composed(derive_variant(wire)), key),
        };
        if !is_valid(&variant) {
            let shown = quoted(if variant.is_empty() { wire } else { &variant });
            let message = format!("{shown} cannot be the name of a Rust variant");
            let diagnostic = Diagnostic::new(Rule::ImpossibleName, at, message);
            let proposal = propose(&variant);
            findings.push(match explicit {
                Some(_) => diagnostic
                    .help(format!(
                        "write a name in upper camel case, such as `{proposal}`"
                    ))
                    .suggest(at, to_scalar(&proposal)),
                None => diagnostic.help(format!("give it a name, such as `rust: {proposal}`")),
            });
            return None;
        }
        let Some((first, times)) = claim(&mut self.variants, &variant, at) else {
            return Some(variant);
        };
        let message = format!("two entries have the Rust name {}", quoted(&variant));
        findings.push(taken(message, at, first).help(format!(
            "give one of them a name of its own, such as `rust: {variant}{times}`"
        )));
        None
    }

    /// The former variants of a type or code, without those that were reported.
    fn former_variants(
        &mut self,
        field: Option<&Spanned<Vec<Spanned<String>>>>,
        is_valid: fn(&str) -> bool,
        findings: &mut Findings<'_>,
    ) -> Vec<String> {
        let names = optional(field).map_or(&[][..], Vec::as_slice);
        let names = names
            .iter()
            .filter_map(|name| self.variant("", name.span, Some(name), is_valid, findings));
        names.collect()
    }

    /// The name of the page of a code.
    pub(crate) fn slug(
        &mut self,
        wire: &str,
        key: Span,
        explicit: Option<&Spanned<String>>,
        findings: &mut Findings<'_>,
    ) -> Option<String> {
        let (slug, at) = match explicit {
            Some(slug) => (slug.value.as_ref()?, slug.span),
            None => (&derive_slug(wire), key),
        };
        if explicit.is_some() && !is_page(slug, at, findings) {
            return None;
        }
        self.claim_page(slug, at, findings, |times| {
            format!("give one of them a page of its own, such as `slug: {slug}-{times}`")
        })
    }

    /// A former name of a code's page.
    pub(crate) fn alias(
        &mut self,
        page: &str,
        at: Span,
        findings: &mut Findings<'_>,
    ) -> Option<String> {
        if !is_page(page, at, findings) {
            return None;
        }
        let help = |_| "remove it from `aliases`".to_owned();
        self.claim_page(page, at, findings, help)
    }

    fn claim_page(
        &mut self,
        page: &str,
        at: Span,
        findings: &mut Findings<'_>,
        help: impl Fn(u32) -> String,
    ) -> Option<String> {
        let Some((first, times)) = claim(&mut self.slugs, page, at) else {
            return Some(page.to_owned());
        };
        let message = format!("two codes have the page {}", quoted(page));
        findings.push(taken(message, at, first).help(help(times)));
        None
    }
}

/// Checks the name of a page.
fn is_page(slug: &str, at: Span, findings: &mut Findings<'_>) -> bool {
    let proposal = derive_slug(slug);
    if slug == proposal && slug.len() <= MAX_PAGE_BYTES {
        return true;
    }
    let message = format!("{} cannot be the name of a page", quoted(slug));
    let diagnostic = Diagnostic::new(Rule::ImpossibleName, at, message)
        .help("use up to 120 lower-case letters, digits, `_` and `-`, and no reserved name");
    findings.push(if proposal.len() > MAX_PAGE_BYTES {
        diagnostic
    } else {
        diagnostic.suggest(at, to_scalar(&proposal))
    });
    false
}

/// The diagnostic for a name that another entry has.
pub(super) fn taken(message: String, at: Span, first: Span) -> Diagnostic {
    Diagnostic::new(Rule::NameCollision, at, message)
        .label("again here")
        .related(first, "first here")
}

/// Claims a name. If it is taken, returns its first place and its number of uses.
fn claim(names: &mut UnordMap<String, Taken>, name: &str, at: Span) -> Option<(Span, u32)> {
    match names.get_mut(name) {
        None => {
            names.insert(name.to_owned(), Taken { at, times: 1 });
            None
        }
        Some(taken) => {
            taken.times += 1;
            Some((taken.at, taken.times))
        }
    }
}

pub(super) fn check_wire(wire: &str, key: Span, findings: &mut Findings<'_>) -> bool {
    let fault = wire_fault(wire, key);
    let is_sound = fault.is_none();
    findings.diagnostics.extend(fault);
    is_sound
}

/// The error of an invalid wire name: it is empty or too long, contains spaces or control characters, or cannot be a key.
pub(crate) fn wire_fault(wire: &str, key: Span) -> Option<Diagnostic> {
    let (rule, message, help) = if wire.len() > MAX_NAME_BYTES {
        let size = wire.len();
        let message = format!("the name has {size} bytes; the limit is {MAX_NAME_BYTES}");
        (Rule::TooLarge, message, "shorten the name")
    } else {
        let (message, help) = if wire.is_empty() {
            ("the name is empty".to_owned(), "give it a name")
        } else if wire.contains(is_invisible) {
            let message = format!("{} contains an invisible character", quoted(wire));
            (message, "type the name again")
        } else if wire.contains(|c: char| c.is_whitespace() || c.is_control()) {
            let message = format!("{} cannot be a wire name", quoted(wire));
            (message, "a name is one word without spaces")
        } else {
            return key_fault(wire, key);
        };
        (Rule::ImpossibleName, message, help)
    };
    Some(Diagnostic::new(rule, key, message).help(help))
}

/// Characters that have no width or change the direction of text: names that differ only in them look alike.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
    )
}

/// Whether `name` is a valid variant for rustc, without a warning.
pub(crate) fn is_variant(name: &str) -> bool {
    let Some(first) = name.chars().next() else {
        return false;
    };
    if first.is_lowercase() || name.contains(['_', '#']) || matches!(name, "Self" | "ALL") {
        return false;
    }
    let ascii = first.is_ascii_alphabetic() && name.bytes().all(|b| b.is_ascii_alphanumeric());
    ascii || (syn::parse_str::<syn::Ident>(name).is_ok() && name.nfc().eq(name.chars()))
}

/// Whether `name` can be the variant of a code: the enum of an operation has constants besides [`is_variant`]'s.
pub(crate) fn is_code_variant(name: &str) -> bool {
    is_variant(name) && !matches!(name, "METHOD" | "OPERATION" | "PATH")
}

/// A valid variant name close to an invalid one.
pub(crate) fn propose(name: &str) -> String {
    let mut camel = derive_variant(name);
    camel.retain(|c| c.is_ascii_alphanumeric());
    let camel = derive_variant(&camel);
    match camel.as_bytes().first() {
        None => "OtherError".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("E{camel}"),
        Some(_) if matches!(camel.as_str(), "Self" | "All") => format!("{camel}Error"),
        Some(_) => camel,
    }
}

/// Whether `name` is an identifier of the 2024 edition, and not a keyword: `syn` does not know `gen`.
pub(super) fn is_identifier(name: &str) -> bool {
    name != "gen" && syn::parse_str::<syn::Ident>(name).is_ok()
}

/// Whether `name` can be a field of a Rust struct.
pub(crate) fn is_field(name: &str) -> bool {
    let snake = name
        .bytes()
        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    snake
        && !name.starts_with('_')
        && !name.ends_with('_')
        && !name.contains("__")
        && is_identifier(name)
}

/// Whether `name` can be a placeholder.
pub(crate) fn is_placeholder(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= MAX_TERM_BYTES
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// Whether `name` can be the name of an argument: a placeholder, and a key of the body.
#[cfg(feature = "import")]
pub(crate) fn is_argument(name: &str) -> bool {
    is_placeholder(name) && key_fault(name, Span::default()).is_none()
}

/// Whether `name` can be the name of a registry.
pub(crate) fn is_registry(name: &str) -> bool {
    let is_sign = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && name.len() <= MAX_TERM_BYTES
        && name.bytes().all(is_sign)
}

/// Checks a name with `valid`.
pub(crate) fn check(
    field: Option<&Spanned<String>>,
    valid: fn(&str) -> bool,
    what: &str,
    help: &str,
    findings: &mut Findings<'_>,
) -> bool {
    let Some(name) = optional(field) else {
        return true;
    };
    let ok = valid(name);
    if let (false, Some(field)) = (ok, field) {
        let message = format!("{} cannot be {what}", quoted(name));
        findings.push(Diagnostic::new(Rule::ImpossibleName, field.span, message).help(help));
    }
    ok
}
/// A name with its accents composed, as rustc reads it.
fn composed(name: String) -> String {
    if name.is_ascii() {
        name
    } else {
        name.nfc().collect()
    }
}
