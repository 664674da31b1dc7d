//! The message of a row, its placeholders and its arguments.

use serde_json::{Map, Value};

use super::model::{Argument, Braces, Row};
use super::names;
use super::text::clean_all;
use super::writer::{Item, members};
use crate::resolve::names::is_argument;
use crate::unord_map::UnordMap;

/// The message if the source has none.
const MESSAGE: &str = "TODO: write what the response says";

/// The message of a code in a draft.
pub(super) struct Message {
    /// The keys `message` and `args`, if there are any.
    pub(super) items: Vec<Item>,
    /// Whether there are arguments that the message does not use.
    pub(super) needs_details: bool,
}

/// Makes the message of a row from its text and its arguments.
pub(super) fn of(row: &mut Row, undecided: &mut Vec<String>) -> Message {
    let mut args = std::mem::take(&mut row.args);
    set_aside(row, &mut args, undecided);
    let mut used = Vec::new();
    let message = row.message.take().map(|message| match row.braces {
        Braces::Placeholders => {
            let message = placeholders(&message, &mut used);
            let mut declared: UnordMap<String, ()> = args
                .iter()
                .map(|argument| (argument.name.clone(), ()))
                .collect();
            for name in &used {
                if declared.insert(name.clone(), ()).is_none() {
                    args.push(Argument::undeclared(name));
                }
            }
            message
        }
        Braces::Text => message.replace('{', "{{").replace('}', "}}"),
        Braces::Catalog => {
            placeholders(&message, &mut used);
            message
        }
    });
    let mut items = Vec::new();
    let used: UnordMap<String, ()> = used.into_iter().map(|name| (name, ())).collect();
    let needs_details = args
        .iter()
        .any(|argument| used.get(&argument.name).is_none() && !argument.is_sensitive());
    match message {
        Some(message) => items.push(Item::member("message", message)),
        None if row.meaning.is_none() => {
            items.push(Item::member("message", MESSAGE));
            undecided
                .push("there is neither a message nor a meaning: write the message".to_owned());
        }
        None => {}
    }
    if !args.is_empty() {
        let names = names::fields(args.iter().map(|argument| argument.name.as_str()));
        let mut blocks = Vec::new();
        for (argument, field) in args.into_iter().zip(names) {
            if !argument.is_declared {
                let name = &argument.name;
                blocks.push(Item::todo(
                    "the source does not declare this argument: review its kind",
                ));
                undecided.push(format!(
                    "the message names `{name}`, which is not declared: review its kind"
                ));
            }
            blocks.push(block(argument, field.map(|field| field.name), undecided));
        }
        items.push(Item::Block("args".to_owned(), blocks));
    }
    Message {
        items,
        needs_details,
    }
}

/// Moves arguments with invalid names to a custom key. Their braces become text.
fn set_aside(row: &mut Row, args: &mut Vec<Argument>, undecided: &mut Vec<String>) {
    let mut aside = Map::new();
    args.retain(|argument| {
        let sound = is_argument(&argument.name);
        if !sound {
            aside.insert(argument.name.clone(), argument.kind.into());
        }
        sound
    });
    if !aside.is_empty() {
        row.keep("x-args", &Value::Object(aside));
        let what =
            "arguments whose names a catalog rejects are kept as `x-args`: give them other names";
        undecided.push(what.to_owned());
    }
}

fn block(argument: Argument, rust: Option<String>, undecided: &mut Vec<String>) -> Item {
    let mut keys = Map::new();
    keys.insert("kind".to_owned(), argument.kind.into());
    keys.extend(argument.stated);
    if let Some(rust) = rust {
        keys.insert("rust".to_owned(), rust.into());
    }
    keys.extend(argument.extensions);
    for (key, value) in &mut keys {
        clean_all(value, key, undecided);
    }
    Item::Block(argument.name, members(keys).collect())
}

impl Argument {
    fn is_sensitive(&self) -> bool {
        self.stated.get("sensitive") == Some(&Value::Bool(true))
    }
}

/// The message with all literal braces doubled, as the catalog writes it. Appends its placeholders to `names`.
fn placeholders(message: &str, names: &mut Vec<String>) -> String {
    let mut out = String::with_capacity(message.len());
    let mut seen: UnordMap<&str, ()> = UnordMap::default();
    let mut rest = message;
    while let Some(at) = rest.find(['{', '}']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let doubled = rest.starts_with("{{") || rest.starts_with("}}");
        if doubled {
            out.push_str(&rest[..2]);
            out.push_str(&rest[..2]);
            rest = &rest[2..];
            continue;
        }
        let name = rest[1..].find(['{', '}']).map(|end| &rest[1..=end]);
        let name =
            name.filter(|name| rest.starts_with('{') && rest[1 + name.len()..].starts_with('}'));
        match name.filter(|name| is_argument(name)) {
            Some(name) => {
                out.push_str(&rest[..name.len() + 2]);
                rest = &rest[name.len() + 2..];
                if seen.insert(name, ()).is_none() {
                    names.push(name.to_owned());
                }
            }
            None => {
                out.push_str(&rest[..1]);
                out.push_str(&rest[..1]);
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::placeholders;

    #[test]
    fn words_in_braces_are_placeholders_and_other_braces_are_text() {
        for (source, written, names) in [
            ("{a} of {b_2}, {a}", "{a} of {b_2}, {a}", &["a", "b_2"][..]),
            ("{a b} {} {", "{{a b}} {{}} {{", &[]),
            ("}{{a}}{x", "}}{{{{a}}}}{{x", &[]),
            ("{{b}", "{{{{b}}", &[]),
            ("{\"a\": {b}}", "{{\"a\": {b}}}", &["b"]),
        ] {
            let mut found = Vec::new();
            assert_eq!(placeholders(source, &mut found), written);
            assert_eq!(found, names, "{source}");
        }
    }
}
