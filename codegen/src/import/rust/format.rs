//! Messages in the format language of Rust, as `thiserror` has them: the text, its placeholders, and the values behind it.

use std::collections::BTreeMap;

use heck::ToSnakeCase;
use proc_macro2::{TokenStream, TokenTree};
use syn::Fields;

use super::kind;
use crate::resolve::names::is_argument;

/// Methods that print a field as it is.
const PRINTERS: [&str; 3] = ["display", "to_string", "as_str"];

/// A message in the language of catalogs: `{name}` is a placeholder, and a doubled brace is text.
#[derive(Default)]
pub(super) struct Message {
    pub(super) text: String,
    /// The placeholders whose values are fields, with the types of these.
    pub(super) declared: Vec<(String, String)>,
    /// The placeholders whose values the list does not describe.
    pub(super) undeclared: Vec<String>,
}

/// What a placeholder prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Printed {
    /// The field at this position.
    Field(usize),
    /// The text of this field.
    TextOf(usize),
    /// The value of an expression.
    Other,
}

/// The names and the types of the fields of a variant, in their order: `value0` is the first one without a name.
pub(super) fn fields(of: &Fields) -> Vec<(String, String)> {
    let fields = of.iter().enumerate().map(|(at, field)| {
        let name = match &field.ident {
            Some(name) => name.to_string().trim_start_matches("r#").to_owned(),
            None => format!("value{at}"),
        };
        (name, kind(&field.ty))
    });
    fields.collect()
}

/// A message, from its format and what follows that.
pub(super) fn message(format: &str, values: TokenStream, fields: &[(String, String)]) -> Message {
    let mut reader = Reader::new(values, fields);
    let mut rest = format;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, behind) = rest.split_at(at);
        reader.message.text.push_str(before);
        let brace = &behind[..1];
        if let Some(behind) = behind[1..].strip_prefix(brace) {
            reader.text(brace);
            rest = behind;
            continue;
        }
        let inner = behind[1..].split_once('}').filter(|_| brace == "{");
        let Some((inner, behind)) = inner else {
            reader.text(brace);
            rest = &behind[1..];
            continue;
        };
        let place = inner.split(':').next().unwrap_or_default().trim();
        reader.placeholder(place);
        rest = behind;
    }
    reader.message.text.push_str(rest);
    reader.message
}

struct Reader<'a> {
    fields: &'a [(String, String)],
    positional: Vec<Printed>,
    named: Vec<(String, Printed)>,
    /// How many placeholders were empty so far.
    next: usize,
    /// The names of values that are no fields, by their positions.
    others: BTreeMap<usize, String>,
    message: Message,
}

impl<'a> Reader<'a> {
    fn new(values: TokenStream, fields: &'a [(String, String)]) -> Self {
        let mut reader = Self {
            fields,
            positional: Vec::new(),
            named: Vec::new(),
            next: 0,
            others: BTreeMap::new(),
            message: Message::default(),
        };
        let tokens: Vec<TokenTree> = values.into_iter().collect();
        for value in tokens.split(|token| is_sign(token, ',')) {
            match value {
                [] => {}
                [TokenTree::Ident(name), equals, value @ ..] if is_sign(equals, '=') => {
                    let printed = printed(value, fields);
                    reader.named.push((name.to_string(), printed));
                }
                value => reader.positional.push(printed(value, fields)),
            }
        }
        // Without values of its own, a message numbers the fields.
        if reader.positional.is_empty() {
            reader.positional = (0..fields.len()).map(Printed::Field).collect();
        }
        reader
    }

    /// A literal brace.
    fn text(&mut self, brace: &str) {
        self.message.text.extend([brace, brace]);
    }

    fn placeholder(&mut self, place: &str) {
        let place = place.trim_start_matches("r#");
        let number = if place.is_empty() {
            self.next += 1;
            Some(self.next - 1)
        } else {
            place.parse().ok()
        };
        let (name, printed) = match number {
            Some(at) => {
                let printed = self.positional.get(at).copied().unwrap_or(Printed::Other);
                let name = match printed {
                    Printed::Field(field) | Printed::TextOf(field) => self.fields[field].0.clone(),
                    Printed::Other => self.other(at),
                };
                (name, printed)
            }
            None => {
                let named = self.named.iter().find(|(name, _)| name == place);
                let of_field = || self.fields.iter().position(|(name, _)| name == place);
                let printed = named
                    .map(|(_, printed)| *printed)
                    .or_else(|| of_field().map(Printed::Field));
                (place.to_owned(), printed.unwrap_or(Printed::Other))
            }
        };
        let Some(name) = argument(&name) else {
            self.text("{");
            self.message.text.push_str(place);
            self.text("}");
            return;
        };
        self.message.text.extend(["{", name.as_str(), "}"]);
        let declared = match printed {
            Printed::Field(field) => Some(self.fields[field].1.clone()),
            Printed::TextOf(_) => Some("string".to_owned()),
            Printed::Other => None,
        };
        let message = &mut self.message;
        let is_known = message.declared.iter().any(|(known, _)| *known == name)
            || message.undeclared.contains(&name);
        match declared {
            _ if is_known => {}
            Some(kind) => message.declared.push((name, kind)),
            None => message.undeclared.push(name),
        }
    }

    /// A name for the value of an expression, which no field and no other value has.
    fn other(&mut self, at: usize) -> String {
        if let Some(name) = self.others.get(&at) {
            return name.clone();
        }
        let is_free = |name: &String| {
            self.fields.iter().all(|(field, _)| field != name)
                && self.others.values().all(|other| other != name)
        };
        let mut names = (at..).map(|number| format!("value{number}"));
        let name = names.find(is_free).unwrap_or_default();
        self.others.insert(at, name.clone());
        name
    }
}

/// What a value behind a message prints: `.name` and `.0` are fields.
fn printed(value: &[TokenTree], fields: &[(String, String)]) -> Printed {
    let field = match value {
        [dot, field, ..] if is_sign(dot, '.') => field.to_string(),
        _ => return Printed::Other,
    };
    let name = match field.parse::<usize>() {
        Ok(number) => format!("value{number}"),
        Err(_) => field.trim_start_matches("r#").to_owned(),
    };
    let Some(at) = fields.iter().position(|(known, _)| *known == name) else {
        return Printed::Other;
    };
    match &value[2..] {
        [] => Printed::Field(at),
        [dot, TokenTree::Ident(method), TokenTree::Group(all)]
            if is_sign(dot, '.')
                && all.stream().is_empty()
                && PRINTERS.iter().any(|printer| method == printer) =>
        {
            Printed::TextOf(at)
        }
        _ => Printed::Other,
    }
}

fn is_sign(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(found) if found.as_char() == sign)
}

/// A name as catalogs have those of arguments.
fn argument(name: &str) -> Option<String> {
    if is_argument(name) {
        return Some(name.to_owned());
    }
    Some(name.to_snake_case()).filter(|name| is_argument(name))
}
