//! Compares the meaning of two trees.

use crate::ast::language::Shape;
use crate::yaml::node::{Entry, Node, Scalar, Style, Value};
use crate::yaml::quote::misread_as;

/// Whether the trees mean the same. The order of the language's keys does not matter.
pub(super) fn mean_the_same(old: &Node<'_>, new: &Node<'_>, shape: Shape<'_>) -> bool {
    match (&old.value, &new.value) {
        (Value::Scalar(old), Value::Scalar(new)) => is_same(old, new),
        (Value::List(old), Value::List(new)) => {
            old.len() == new.len()
                && old
                    .iter()
                    .zip(new)
                    .all(|(old, new)| mean_the_same(old, new, shape.item()))
        }
        (Value::Map(old), Value::Map(new)) => {
            let (old, new) = (sorted(old, shape), sorted(new, shape));
            old.len() == new.len()
                && old.iter().zip(new).all(|(old, new)| {
                    let shape = shape.under(&old.key.text);
                    is_same(&old.key, &new.key) && mean_the_same(&old.value, &new.value, shape)
                })
        }
        _ => false,
    }
}

fn sorted<'a, 'n>(entries: &'a [Entry<'n>], shape: Shape<'_>) -> Vec<&'a Entry<'n>> {
    let mut sorted: Vec<_> = entries.iter().collect();
    sorted.sort_by_cached_key(|entry| shape.rank(&entry.key.text));
    sorted
}

/// Quotes matter only for a word that means something else without them.
fn is_same(old: &Scalar<'_>, new: &Scalar<'_>) -> bool {
    let is_word = |scalar: &Scalar<'_>| {
        let text = scalar.text.as_ref();
        scalar.style == Style::Plain && (text.is_empty() || misread_as(text).is_some())
    };
    old.text == new.text && is_word(old) == is_word(new)
}
