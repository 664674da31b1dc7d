//! Enums of Rust: each variant is an error, with the message that thiserror gives it.

mod arms;
mod format;
mod shallow;

use heck::ToSnakeCase;
use proc_macro2::{LexError, TokenStream};
use serde_json::{Map, Value};
use syn::spanned::Spanned;
use syn::{Attribute, Expr, Item, ItemEnum, Lit, Meta, Variant};

use super::list::{self, List};
use super::model::{Argument, Braces, Extracted, Finding, Part, Place, Row};
use super::record::{CodeIn, Record};
use super::table::says_errors;
use crate::unord_map::UnordMap;
use arms::Arms;
use format::Message;

/// Reads the enums of errors.
pub(super) fn read(text: &str) -> Extracted {
    let mut extracted = Extracted::default();
    let file = match parse(text) {
        Ok(file) => file,
        Err((line, message)) => {
            let finding = Finding::new(&Place::Line(line), message);
            extracted.lost.push(finding.of(Part::Line));
            return extracted;
        }
    };
    let arms = Arms::of(&file.items);
    items(&file.items, &arms, &mut extracted);
    extracted
}

/// Parses a file; else returns the line and what is wrong.
pub(super) fn parse(text: &str) -> Result<syn::File, (usize, String)> {
    let invalid =
        |line, error: &dyn std::fmt::Display| (line, format!("it is not valid as Rust: {error}"));
    let tokens: TokenStream = text
        .parse()
        .map_err(|error: LexError| invalid(error.span().start().line, &error))?;
    if !shallow::is_shallow(&tokens) {
        return Err((1, "it nests too deep to be read".to_owned()));
    }
    syn::parse2(tokens).map_err(|error| invalid(error.span().start().line, &error))
}

fn items(all: &[Item], arms: &Arms, extracted: &mut Extracted) {
    for item in all {
        match item {
            Item::Mod(module) => {
                if let Some((_, inner)) = &module.content {
                    items(inner, arms, extracted);
                }
            }
            Item::Enum(found) if is_of_errors(found) => {
                let is_none = |variant: &&Variant| stands_for_none(variant);
                extracted.no_errors += found.variants.iter().filter(is_none).count();
                let (list, said) = of_enum(found, arms);
                let names = list.names();
                let start = extracted.rows.len();
                list::take_by(&list, &names, &CodeIn::Field(0), extracted);
                let mut rows = extracted.rows.iter_mut().skip(start);
                // Each variant has a code, so each is a row.
                for (row, said) in rows.by_ref().zip(said) {
                    said.tell(row);
                }
                share_names(&mut extracted.rows[start..]);
            }
            Item::Enum(found) => {
                let place = Place::Line(found.ident.span().start().line);
                let what = format!(
                    "the enum `{}` is not read: nothing says that it is one of errors",
                    found.ident
                );
                extracted
                    .lost
                    .push(Finding::new(&place, what).of(Part::Enum));
            }
            _ => {}
        }
    }
}

fn is_of_errors(found: &ItemEnum) -> bool {
    let name = found.ident.to_string();
    let has_messages = found
        .variants
        .iter()
        .any(|variant| has(&variant.attrs, "error"));
    has_messages
        || says_errors(&name)
        || ["Code", "Kind", "Reason"]
            .iter()
            .any(|end| name.ends_with(end))
}

fn has(attributes: &[Attribute], name: &str) -> bool {
    attributes
        .iter()
        .any(|attribute| attribute.path().is_ident(name))
}

/// Whether a variant stands for no error: it has no message and no fields, and its name says so.
fn stands_for_none(variant: &Variant) -> bool {
    let names = ["Ok", "Success", "NoError", "Unspecified"];
    variant.fields.is_empty()
        && !has(&variant.attrs, "error")
        && names.iter().any(|name| variant.ident == name)
}

/// What tells the message of a variant.
enum Said {
    /// An attribute, whose text is a format.
    Format(Message),
    /// A method, whose text mentions these fields.
    Text(Vec<(String, String)>),
    /// The error inside, which is not in the list.
    Inner,
    Nothing,
}

impl Said {
    fn tell(self, row: &mut Row) {
        let declared = match self {
            Self::Format(message) => {
                row.braces = Braces::Catalog;
                let undeclared = message.undeclared.iter();
                row.args
                    .extend(undeclared.map(|name| Argument::undeclared(name)));
                message.declared
            }
            Self::Text(declared) => declared,
            Self::Inner => {
                let what = "`transparent` takes the message of the error inside, which the list does not have: write one";
                row.undecided.push(what.to_owned());
                return;
            }
            Self::Nothing => return,
        };
        let declared = declared.iter();
        row.args
            .extend(declared.map(|(name, kind)| Argument::declared(name, Some(kind))));
    }
}

/// Gives variants that share a code the name of the first one: they are one error if they say the same.
fn share_names(rows: &mut [Row]) {
    let mut first: UnordMap<String, usize> = UnordMap::default();
    for at in 0..rows.len() {
        let wire = rows[at].code.wire();
        let Some(known) = first.get(&wire).copied() else {
            first.insert(wire, at);
            continue;
        };
        let (before, row) = rows.split_at_mut(at);
        if let (Some(known), Some(row)) = (before.get(known), row.first_mut()) {
            row.constant.clone_from(&known.constant);
            row.ids.clone_from(&known.ids);
        }
    }
}

fn of_enum(found: &ItemEnum, arms: &Arms) -> (List, Vec<Said>) {
    let rename_all = texts_of(&found.attrs, "serde", "rename_all")
        .or_else(|| texts_of(&found.attrs, "strum", "serialize_all"));
    let own = found.ident.to_string();
    let variants = found.variants.iter();
    let variants = variants.filter(|variant| !stands_for_none(variant));
    let variants = variants.map(|variant| {
        let name = variant.ident.to_string();
        let mut fields = Map::from_iter([(
            "code".to_owned(),
            code(found, variant, rename_all.as_deref(), arms),
        )]);
        let mut put = |key: &str, value: Value| drop(fields.insert(key.to_owned(), value));
        put("constant", name.as_str().into());
        if let Some(status) = arms.status(&own, &name) {
            put("status", status.into());
        }
        let (message, said) = message(variant, || arms.message(&own, &name));
        if let Some(message) = message {
            put("message", message.into());
        }
        let docs = docs(&variant.attrs);
        if !docs.is_empty() {
            put("meaning", docs.into());
        }
        if has(&variant.attrs, "deprecated") {
            let note = texts_of(&variant.attrs, "deprecated", "note");
            put("deprecated", note.map_or(true.into(), Value::from));
        }
        let line = variant.ident.span().start().line;
        (Record::new(Place::Line(line), fields), said)
    });
    let (records, said) = variants.unzip();
    let list = List {
        records,
        has_marks: false,
        is_of_errors: true,
    };
    (list, said)
}

/// The code of a variant: that of a method or an attribute, else its number, else its name as texts have it.
fn code(found: &ItemEnum, variant: &Variant, rename_all: Option<&str>, arms: &Arms) -> Value {
    let name = variant.ident.to_string();
    if let Some(code) = arms.code(&found.ident.to_string(), &name) {
        return code;
    }
    let stated = texts_of(&variant.attrs, "serde", "rename")
        .or_else(|| texts_of(&variant.attrs, "strum", "serialize"))
        .or_else(|| texts_of(&variant.attrs, "error", "code"));
    if let Some(stated) = stated {
        return stated.into();
    }
    if let Some((_, discriminant)) = &variant.discriminant
        && let Some(Lit::Int(number)) = arms::literal(discriminant)
        && let Ok(number) = number.base10_parse::<i64>()
    {
        return number.into();
    }
    match rename_all {
        Some("SCREAMING_SNAKE_CASE" | "shouty_snake_case") => name.to_snake_case().to_uppercase(),
        Some("kebab-case" | "kebab_case") => name.to_snake_case().replace('_', "-"),
        Some("PascalCase") => name,
        Some("lowercase") => name.to_lowercase(),
        Some("UPPERCASE") => name.to_uppercase(),
        Some("camelCase") => {
            let mut chars = name.chars();
            chars.next().map_or_else(String::new, |first| {
                first.to_lowercase().chain(chars).collect()
            })
        }
        _ => name.to_snake_case(),
    }
    .into()
}

/// The text of a key in an attribute, as in `#[serde(rename = "a")]`.
fn texts_of(attributes: &[Attribute], attribute: &str, key: &str) -> Option<String> {
    let mut own = attributes
        .iter()
        .filter(|own| own.path().is_ident(attribute));
    own.find_map(|own| {
        let mut found = None;
        // What is not of this form gives no text.
        let _ = own.parse_nested_meta(|meta| {
            if meta.input.peek(syn::Token![=]) {
                let value: Expr = meta.value()?.parse()?;
                if let (true, Expr::Lit(lit)) = (meta.path.is_ident(key), &value)
                    && let Lit::Str(text) = &lit.lit
                {
                    found = Some(text.value());
                }
            } else if meta.input.peek(syn::token::Paren) {
                meta.parse_nested_meta(|_| Ok(()))?;
            }
            Ok(())
        });
        found
    })
}

/// The message of a variant: the one that thiserror, or an attribute such as `display`, gives it, else that of a method.
fn message(
    variant: &Variant,
    of_method: impl FnOnce() -> Option<String>,
) -> (Option<String>, Said) {
    let fields = format::fields(&variant.fields);
    let is_of_message = |list: &&syn::MetaList| {
        ["error", "display"]
            .iter()
            .any(|name| list.path.is_ident(name))
    };
    let lists = variant
        .attrs
        .iter()
        .filter_map(|attribute| match &attribute.meta {
            Meta::List(list) => Some(list),
            _ => None,
        });
    let lists: Vec<&syn::MetaList> = lists.filter(is_of_message).collect();
    let format = lists.iter().find_map(|list| {
        let mut tokens = list.tokens.clone().into_iter();
        let text: syn::LitStr = syn::parse2(tokens.next()?.into()).ok()?;
        Some(format::message(&text.value(), tokens.collect(), &fields))
    });
    if let Some(mut message) = format {
        let text = std::mem::take(&mut message.text);
        return (Some(text), Said::Format(message));
    }
    if let Some(text) = of_method() {
        let is_named = |(name, _): &(String, String)| text.contains(&format!("{{{name}}}"));
        let named = fields.into_iter().filter(is_named).collect();
        return (Some(text), Said::Text(named));
    }
    let is_inner = |list: &&syn::MetaList| list.tokens.to_string() == "transparent";
    let said = if lists.iter().any(is_inner) {
        Said::Inner
    } else {
        Said::Nothing
    };
    (None, said)
}

/// The comment above a variant.
fn docs(attributes: &[Attribute]) -> String {
    let mut lines = Vec::new();
    for attribute in attributes {
        if let Meta::NameValue(pair) = &attribute.meta
            && pair.path.is_ident("doc")
            && let Expr::Lit(lit) = &pair.value
            && let Lit::Str(text) = &lit.lit
        {
            let text = text.value();
            let mut own: Vec<&str> = text.lines().map(str::trim).collect();
            // The lines of a block may begin with a star each.
            let has_stars = own
                .iter()
                .skip(1)
                .all(|line| line.is_empty() || line.starts_with('*'));
            if has_stars {
                for line in own.iter_mut().skip(1) {
                    *line = line.trim_start_matches('*').trim_start();
                }
            }
            lines.extend(own.into_iter().map(str::to_owned));
        }
    }
    lines.join("\n").trim().to_owned()
}

/// The type of a field, as a list calls it.
fn kind(of: &syn::Type) -> String {
    let text = quote::ToTokens::to_token_stream(of)
        .to_string()
        .replace(' ', "");
    match text.trim_start_matches('&') {
        "String" | "str" | "'staticstr" | "char" | "Cow<'static,str>" => "string".to_owned(),
        "u8" | "u16" | "u32" | "u64" | "usize" => "u64".to_owned(),
        "i8" | "i16" | "i32" | "i64" | "isize" => "i64".to_owned(),
        "f32" | "f64" => "f64".to_owned(),
        "bool" => "bool".to_owned(),
        "Vec<String>" => "strings".to_owned(),
        _ => quoted_type(of, text),
    }
}

fn quoted_type(of: &syn::Type, text: String) -> String {
    // A type of several lines would be a custom key of several lines.
    if of.span().start().line == of.span().end().line {
        text
    } else {
        "a type".to_owned()
    }
}
