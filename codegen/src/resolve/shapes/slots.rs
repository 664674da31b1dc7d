//! Slots in the strings of a shape.

use super::super::Findings;
use crate::catalog::{Filled, Missing, Node, Piece, Slot};
use crate::diagnostic::{Diagnostic, quoted};
use crate::rule::Rule;
use crate::span::Span;
use crate::suggest::closest;

/// A string that is not written as a slot.
pub(super) struct SlotFault {
    /// The part of the string that is wrong.
    found: String,
    message: String,
    help: String,
    /// What the wrong part should be.
    meant: Option<&'static str>,
}

impl SlotFault {
    /// The error in a string: it underlines the wrong part, if that can be found.
    pub(super) fn diagnostic(self, at: Span, findings: &Findings<'_>) -> Diagnostic {
        let inner = findings.within(at, &self.found);
        let diagnostic = Diagnostic::new(Rule::BadShape, inner, self.message).help(self.help);
        match self.meant {
            Some(meant) if inner != at => diagnostic.suggest(inner, meant),
            _ => diagnostic,
        }
    }
}

/// The fault of an unknown slot.
pub(super) fn unknown(name: &str) -> SlotFault {
    let names = || Slot::ALL.iter().map(|slot| slot.as_str());
    let meant = closest(name, names());
    let help = match meant {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the slots are: {}", names().collect::<Vec<_>>().join(", ")),
    };
    SlotFault {
        found: name.to_owned(),
        message: format!("unknown slot {}", quoted(name)),
        help,
        meant,
    }
}

/// The value of a string: a slot, a string with slots, or the string itself.
pub(super) fn node(text: &str) -> Result<Node, SlotFault> {
    if let Some(rest) = text.strip_prefix("$$") {
        return Ok(Node::Constant(format!("${rest}").into()));
    }
    match text.strip_prefix('$') {
        Some(rest) if !rest.starts_with('{') => filled(rest).map(Node::Slot),
        _ => pieces(text),
    }
}

/// A slot that is the whole value: `slot`, `slot?` or `slot|text`.
fn filled(text: &str) -> Result<Filled, SlotFault> {
    let (name, missing) = if let Some((name, instead)) = text.split_once('|') {
        (name, Missing::Text(instead.to_owned()))
    } else if let Some(name) = text.strip_suffix('?') {
        (name, Missing::Omit)
    } else {
        (text, Missing::Null)
    };
    let slot = Slot::from_name(name).ok_or_else(|| unknown(name))?;
    if slot.is_always_there() && missing != Missing::Null {
        return Err(SlotFault {
            found: text.to_owned(),
            message: format!("every error has a value for the slot `{name}`"),
            help: format!("write `${name}`"),
            meant: None,
        });
    }
    Ok(Filled { slot, missing })
}

/// A string with slots such as `${code}` in it.
fn pieces(text: &str) -> Result<Node, SlotFault> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        let (name, after) = after.split_once('}').ok_or_else(|| SlotFault {
            found: "${".to_owned(),
            message: "`${` without `}`".to_owned(),
            help: "close the slot, such as `${code}`".to_owned(),
            meant: None,
        })?;
        let slot = Slot::from_name(name).ok_or_else(|| unknown(name))?;
        if matches!(slot, Slot::Details | Slot::Errors) {
            return Err(SlotFault {
                found: name.to_owned(),
                message: format!("the slot `{name}` inside of a string"),
                help: format!("write `${name}` as a value of its own"),
                meant: None,
            });
        }
        if !before.is_empty() {
            pieces.push(Piece::Text(before.to_owned()));
        }
        pieces.push(Piece::Slot(slot));
        rest = after;
    }
    if pieces.is_empty() {
        return Ok(Node::Constant(text.into()));
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest.to_owned()));
    }
    Ok(Node::Text(pieces))
}
