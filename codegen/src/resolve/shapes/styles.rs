//! The styles of an API, and the shapes that it declares.

use super::super::{Findings, optional};
use super::tree::Origin;
use super::{built_in, resolve};
use crate::ast::{Entries, EnvelopeAst, Mapping, ShapeAst, Spanned, StyleName, StylesAst};
use crate::catalog::{Shape, derive_variant};
use crate::diagnostic::{Diagnostic, quoted, to_scalar};
use crate::limits::{MAX_SHAPES, MAX_TERM_BYTES};
use crate::resolve::names::{is_variant, propose, taken};
use crate::rule::Rule;
use crate::span::Span;
use crate::suggest::closest;
use crate::unord_map::UnordMap;

/// The style of a catalog that names none.
pub(crate) const DEFAULT: &str = "openai";

/// The shapes that a catalog can name.
pub(crate) struct Shapes {
    pub(crate) built_in: Vec<Shape>,
    /// The shapes of the catalog; missing if one was reported.
    own: Vec<Option<Shape>>,
    /// Their names.
    pub(crate) own_names: Vec<String>,
    /// The names of the styles, each once; missing if one was reported.
    styles: Option<Vec<String>>,
}

impl Shapes {
    /// Resolves `envelope.shapes` and `envelope.style`.
    pub(crate) fn new(field: Option<&Mapping<EnvelopeAst>>, findings: &mut Findings<'_>) -> Self {
        let ast = optional(field);
        let field = ast.and_then(|ast| ast.shapes.as_ref());
        let entries = optional(field).map_or(&[][..], |entries: &Entries<_>| &entries.0);
        let mut shapes = Self {
            built_in: built_in(),
            own: Vec::with_capacity(entries.len()),
            own_names: entries.iter().map(|(name, _)| name.clone()).collect(),
            styles: None,
        };
        if let Some(field) = field.filter(|_| entries.len() > MAX_SHAPES) {
            let count = entries.len();
            let message = format!("the envelope has {count} shapes; the limit is {MAX_SHAPES}");
            findings.push(
                Diagnostic::new(Rule::TooLarge, field.key, message)
                    .help("remove the shapes that no client needs"),
            );
            shapes.own.resize(count, None);
        } else {
            shapes.own_shapes(entries, findings);
        }
        shapes.styles = match ast.and_then(|ast| ast.style.as_ref()) {
            Some(field) => shapes.styles(field, findings),
            None => Some(vec![DEFAULT.to_owned()]),
        };
        shapes
    }

    /// The names of all shapes, those that were reported included.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        let built_in = self.built_in.iter().map(|shape| shape.name.as_str());
        built_in.chain(self.own_names.iter().map(String::as_str))
    }

    /// The shape with this name, unless it was reported.
    pub(crate) fn find(&self, name: &str) -> Option<&Shape> {
        let mut all = self.built_in.iter().chain(self.own.iter().flatten());
        all.find(|shape| shape.name == name)
    }

    pub(crate) fn is_built_in(&self, name: &str) -> bool {
        self.built_in.iter().any(|shape| shape.name == name)
    }

    /// The names of the styles, if none was reported.
    pub(crate) fn style_names(&self) -> Option<&[String]> {
        self.styles.as_deref()
    }

    /// The shapes of the styles; missing if a style or a shape was reported.
    pub(crate) fn of_styles(&self) -> Option<Vec<&Shape>> {
        let is_sound = self.own.iter().all(Option::is_some);
        let styles = self.styles.as_ref().filter(|_| is_sound)?;
        styles.iter().map(|name| self.find(name)).collect()
    }

    fn own_shapes(&mut self, entries: &[(String, Spanned<ShapeAst>)], findings: &mut Findings<'_>) {
        let built_in = self.built_in.iter();
        let mut variants: UnordMap<String, Option<Span>> = built_in
            .map(|shape| (shape.variant.clone(), None))
            .collect();
        for (name, field) in entries {
            let is_named = self.is_name(name, field.key, findings);
            let rust = field.value.as_ref().and_then(|ast| ast.rust.as_ref());
            let is_free = is_named && variant(name, field.key, rust, &mut variants, findings);
            let shape = resolve(name, field, Origin::Catalog, findings);
            self.own.push(shape.filter(|_| is_free));
        }
    }

    /// Checks the name of a shape.
    fn is_name(&self, name: &str, at: Span, findings: &mut Findings<'_>) -> bool {
        let is_letter = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"_-".contains(&b);
        let is_sound = name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.len() <= MAX_TERM_BYTES
            && name.bytes().all(is_letter);
        if !is_sound {
            let message = format!("{} cannot be the name of a shape", quoted(name));
            let help = "use a lower-case letter, then lower-case letters, digits, `-` and `_`, at most 100";
            findings.push(Diagnostic::new(Rule::ImpossibleName, at, message).help(help));
        } else if self.is_built_in(name) {
            let message = format!("{} is the name of a built-in shape", quoted(name));
            let help = "choose another name, and write it in `style`";
            findings.push(Diagnostic::new(Rule::NameCollision, at, message).help(help));
            return false;
        }
        is_sound
    }

    /// The styles, each once; missing if one was reported.
    fn styles(
        &self,
        field: &Spanned<StylesAst>,
        findings: &mut Findings<'_>,
    ) -> Option<Vec<String>> {
        let list = match field.value.as_ref()? {
            StylesAst::One(StyleName(name)) => {
                return self
                    .known(name, field.span, findings)
                    .map(|name| vec![name]);
            }
            StylesAst::Many(list) => list,
        };
        if list.is_empty() {
            let message = "the list of styles is empty";
            findings.push(
                Diagnostic::new(Rule::MissingField, field.span, message)
                    .help("name a style, such as `openai`, or remove the key"),
            );
            return None;
        }
        let mut styles: Vec<Option<String>> = Vec::with_capacity(list.len());
        for (position, entry) in list.iter().enumerate() {
            let name = entry.value.as_ref().map(|StyleName(name)| name);
            let mut earlier = list[..position].iter();
            let is_same = |earlier: &&Spanned<StyleName>| {
                earlier.value.as_ref().map(|StyleName(name)| name) == name
            };
            let first = name.and_then(|_| earlier.find(is_same));
            if let (Some(first), Some(name)) = (first, name) {
                let message = format!("the style {} is listed twice", quoted(name));
                findings.push(
                    Diagnostic::new(Rule::DuplicateKey, entry.span, message)
                        .related(first.span, "first here")
                        .help("remove one of the two"),
                );
                styles.push(None);
                continue;
            }
            styles.push(name.and_then(|name| self.known(name, entry.span, findings)));
        }
        styles.into_iter().collect()
    }

    /// The name of a shape, which is reported if it is unknown.
    pub(super) fn known(
        &self,
        name: &str,
        at: Span,
        findings: &mut Findings<'_>,
    ) -> Option<String> {
        if self.names().any(|known| known == name) {
            return Some(name.to_owned());
        }
        let message = format!("unknown style {}", quoted(name));
        let names: Vec<&str> = self.names().collect();
        let meant = closest(name, names.iter().copied());
        let otherwise = format!(
            "write one of: {}, or declare the shape in `envelope: shapes`",
            names.join(", ")
        );
        findings.push(
            Diagnostic::new(Rule::UnknownValue, at, message).did_you_mean(at, meant, otherwise),
        );
        None
    }
}

/// Checks the variant of a shape of the catalog.
fn variant(
    name: &str,
    key: Span,
    rust: Option<&Spanned<String>>,
    known: &mut UnordMap<String, Option<Span>>,
    findings: &mut Findings<'_>,
) -> bool {
    let derived = derive_variant(name);
    let (variant, at) = match rust {
        Some(rust) => match &rust.value {
            Some(variant) => (variant, rust.span),
            None => return false,
        },
        None => (&derived, key),
    };
    if !is_variant(variant) {
        let message = format!("{} cannot be the name of a Rust variant", quoted(variant));
        let proposal = propose(variant);
        let diagnostic = Diagnostic::new(Rule::ImpossibleName, at, message).help(format!(
            "write a name in upper camel case, such as `rust: {proposal}`"
        ));
        findings.push(match rust {
            Some(_) => diagnostic.suggest(at, to_scalar(&proposal)),
            None => diagnostic,
        });
        return false;
    }
    let message = || format!("two shapes have the Rust name {}", quoted(variant));
    let help = format!("give the shape a name of its own, such as `rust: {variant}2`");
    match known.get(variant).copied() {
        None => {
            known.insert(variant.clone(), Some(at));
            return true;
        }
        Some(None) => {
            let diagnostic = Diagnostic::new(Rule::NameCollision, at, message());
            findings.push(diagnostic.label("a built-in shape has it").help(help));
        }
        Some(Some(first)) => findings.push(taken(message(), at, first).help(help)),
    }
    false
}
