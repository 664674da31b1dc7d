//! Enums of Rust: each variant is an error, with the message that thiserror gives it.

mod arms;
mod shallow;

use heck::ToSnakeCase;
use proc_macro2::{LexError, TokenStream};
use serde_json::{Map, Value, json};
use syn::spanned::Spanned;
use syn::{Attribute, Expr, Fields, Item, ItemEnum, Lit, Meta, Variant};

use super::list::{self, List};
use super::model::{Extracted, Finding, Part, Place};
use super::record::{CodeIn, Record};
use super::table::says_errors;
use arms::Arms;

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
                let list = of_enum(found, arms);
                let names = list.names();
                list::take_by(&list, &names, &CodeIn::Field(0), extracted);
            }
            Item::Enum(found) => {
                let place = Place::Line(found.ident.span().start().line);
                let what = format!(
                    "the enum `{}` is not read: nothing says that it is one of errors",
                    found.ident
                );
                extracted
                    .lost
                    .push(Finding::new(&place, what).of(Part::Table));
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

fn of_enum(found: &ItemEnum, arms: &Arms) -> List {
    let rename_all = texts_of(&found.attrs, "serde", "rename_all")
        .or_else(|| texts_of(&found.attrs, "strum", "serialize_all"));
    let variants = found.variants.iter().map(|variant| {
        let line = variant.ident.span().start().line;
        let mut fields = Map::from_iter([(
            "code".to_owned(),
            code(found, variant, rename_all.as_deref(), arms),
        )]);
        let mut put = |key: &str, value: Value| drop(fields.insert(key.to_owned(), value));
        put("constant", variant.ident.to_string().into());
        if let Some(status) = arms.status(&found.ident.to_string(), &variant.ident.to_string()) {
            put("status", status.into());
        }
        let names = names_of(&variant.fields);
        let of_arm = || arms.message(&found.ident.to_string(), &variant.ident.to_string());
        let said = message(variant).or_else(|| Some((of_arm()?, false)));
        if let Some((message, has_values)) = said {
            // With values of its own, the numbers of a message are theirs.
            let by_position = if has_values { &[][..] } else { &names[..] };
            let (message, used) = with_names(&message, &names, by_position);
            put("message", message.into());
            let args = names
                .iter()
                .zip(&variant.fields)
                .filter(|(name, _)| used.contains(name));
            let args: Vec<Value> = args
                .map(|(name, field)| json!({ "name": name, "type": kind(&field.ty) }))
                .collect();
            if !args.is_empty() {
                put("args", args.into());
            }
        }
        let docs = docs(&variant.attrs);
        if !docs.is_empty() {
            put("meaning", docs.into());
        }
        if has(&variant.attrs, "deprecated") {
            let note = texts_of(&variant.attrs, "deprecated", "note");
            put("deprecated", note.map_or(true.into(), Value::from));
        }
        Record::new(Place::Line(line), fields)
    });
    List {
        records: variants.collect(),
        has_marks: false,
        is_of_errors: true,
    }
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

/// The message that thiserror, or an attribute such as `display`, gives a variant, and whether values follow it.
fn message(variant: &Variant) -> Option<(String, bool)> {
    let names = ["error", "display"];
    let mut attributes = variant.attrs.iter();
    attributes.find_map(|attribute| {
        let Meta::List(list) = &attribute.meta else {
            return None;
        };
        if !names.iter().any(|name| list.path.is_ident(name)) {
            return None;
        }
        let mut tokens = list.tokens.clone().into_iter();
        let text: syn::LitStr = syn::parse2(tokens.next()?.into()).ok()?;
        Some((text.value(), tokens.nth(1).is_some()))
    })
}

/// The comment above a variant.
fn docs(attributes: &[Attribute]) -> String {
    let lines = attributes
        .iter()
        .filter_map(|attribute| match &attribute.meta {
            Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
                Expr::Lit(lit) => match &lit.lit {
                    Lit::Str(text) => Some(text.value().trim().to_owned()),
                    _ => None,
                },
                _ => None,
            },
            _ => None,
        });
    lines.collect::<Vec<_>>().join("\n")
}

fn names_of(fields: &Fields) -> Vec<String> {
    let names = fields
        .iter()
        .enumerate()
        .map(|(at, field)| match &field.ident {
            Some(name) => name.to_string(),
            None => format!("value{at}"),
        });
    names.collect()
}

/// A message whose placeholders have names: `{0}` is the first field. Formats are left out.
fn with_names(message: &str, names: &[String], by_position: &[String]) -> (String, Vec<String>) {
    let mut out = String::new();
    let mut used = Vec::new();
    let mut next = 0;
    let mut rest = message;
    while let Some(at) = rest.find('{') {
        let (before, behind) = rest.split_at(at);
        out.push_str(before);
        if let Some(behind) = behind.strip_prefix("{{") {
            out.push('{');
            rest = behind;
            continue;
        }
        let Some(end) = behind.find('}') else {
            rest = behind;
            break;
        };
        let inner = &behind[1..end];
        let place = inner.split(':').next().unwrap_or_default().trim();
        let place = place.split('.').next().unwrap_or_default();
        let name = match place {
            "" => {
                next += 1;
                by_position.get(next - 1)
            }
            number if number.bytes().all(|b| b.is_ascii_digit()) => number
                .parse()
                .ok()
                .and_then(|at: usize| by_position.get(at)),
            name => names.iter().find(|known| *known == name),
        };
        let name = name.cloned().unwrap_or_else(|| match place {
            "" => format!("value{}", next - 1),
            name if name.starts_with(|c: char| c.is_ascii_digit()) => format!("value{name}"),
            name => name.to_owned(),
        });
        out.extend(["{", name.as_str(), "}"]);
        used.push(name);
        rest = &behind[end + 1..];
    }
    out.push_str(rest);
    (out.replace("}}", "}"), used)
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
