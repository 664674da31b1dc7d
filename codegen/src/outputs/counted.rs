//! Lists and mappings of a template whose nesting has a limit, and which count what is read of them.
//!
//! The engine compares, hashes and prints a value with everything in it, but counts its first level only. All of that
//! reads the items one by one, and so each reading can be counted here.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use minijinja::value::{Enumerator, Object, ObjectRepr, Value, ValueKind};
use minijinja::{Error, ErrorKind, State};

use super::literal::MAX_VALUE_DEPTH;
use crate::limits::MAX_TEXT_BYTES;

/// Bytes of a string that cost as much as an item.
const BYTES_PER_ITEM: u64 = 64;
/// New items that cost as much as a step.
const ITEMS_PER_STEP: u64 = 4;

/// The items that a template can still read.
#[derive(Debug, Default)]
pub(super) struct Counter(AtomicU64);

impl Counter {
    pub(super) fn set(&self, items: u64) {
        self.0.store(items, Ordering::Relaxed);
    }

    /// Fails once there are none left.
    pub(super) fn check(&self) -> Result<(), Error> {
        self.count(0)
    }

    /// Counts items. Once there are none left, nothing can be read.
    fn count(&self, items: u64) -> Result<(), Error> {
        // One thread renders.
        let left = self.0.load(Ordering::Relaxed).saturating_sub(items);
        self.set(left);
        if left == 0 {
            return Err(Error::from(ErrorKind::OutOfFuel));
        }
        Ok(())
    }
}

/// A list or a mapping whose items are strings, numbers and such lists and mappings.
struct Counted {
    items: Items,
    /// How deep its items are nested.
    depth: usize,
    counter: Arc<Counter>,
}

enum Items {
    List(Vec<Value>),
    /// A pair of the filter `groupby`, whose items have names too.
    Group(Vec<Value>),
    /// A mapping of the engine, and its length.
    Map(Value, usize),
}

impl fmt::Debug for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list or a mapping")
    }
}

impl Counted {
    /// The value that is found, unless there are no items left. An error as a value would be compared as one.
    fn read(&self, key: &str, find: impl FnOnce() -> Option<Value>) -> Option<Value> {
        self.counter.count(1 + cost(key)).ok()?;
        let found = find();
        let text = found.as_ref().and_then(Value::as_str).unwrap_or_default();
        self.counter.count(cost(text)).ok()?;
        found
    }
}

/// The items that reading a text costs, besides one.
fn cost(text: &str) -> u64 {
    text.len() as u64 / BYTES_PER_ITEM
}

impl Object for Counted {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        match self.items {
            Items::List(_) | Items::Group(_) => ObjectRepr::Seq,
            Items::Map(..) => ObjectRepr::Map,
        }
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.read(key.as_str().unwrap_or_default(), || match &self.items {
            Items::List(items) => items.get(key.as_usize()?).cloned(),
            Items::Group(items) => {
                let position = match key.as_str() {
                    Some("grouper") => 0,
                    Some("list") => 1,
                    _ => key.as_usize()?,
                };
                items.get(position).cloned()
            }
            // A list as a key would be hashed whole.
            Items::Map(..) if key.as_object().is_some() => None,
            Items::Map(map, _) => map.as_object()?.get_value(key),
        })
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        match &self.items {
            Items::Map(map, _) => self.read(key, || map.as_object()?.get_value_by_str(key)),
            Items::List(_) => None,
            Items::Group(_) => self.get_value(&Value::from(key)),
        }
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        let items = match &self.items {
            // Each item is counted when it is read.
            Items::List(_) | Items::Group(_) => 1,
            Items::Map(_, length) => 1 + *length as u64,
        };
        if self.counter.count(items).is_err() {
            return Enumerator::Empty;
        }
        match &self.items {
            Items::List(items) | Items::Group(items) => Enumerator::Seq(items.len()),
            Items::Map(map, _) => {
                let keys = map.try_iter().ok();
                Enumerator::Values(keys.map(Iterator::collect).unwrap_or_default())
            }
        }
    }

    fn enumerator_len(self: &Arc<Self>) -> Option<usize> {
        Some(match &self.items {
            Items::List(items) | Items::Group(items) => items.len(),
            Items::Map(_, length) => *length,
        })
    }
}

/// A value as a counted one, for a template.
pub(super) fn counted(
    state: &State<'_, '_>,
    value: Value,
    counter: &Arc<Counter>,
) -> Result<Value, Error> {
    // Values that were read for nothing are not lists any longer.
    counter.check()?;
    let mut unpaid = 0;
    convert(value, counter, MAX_VALUE_DEPTH, &mut |item| {
        if item.len() > MAX_TEXT_BYTES {
            let message =
                format!("a text of more than {MAX_TEXT_BYTES} bytes in a list or mapping");
            return Err(Error::new(ErrorKind::InvalidOperation, message));
        }
        counter.count(1)?;
        unpaid += 1;
        state.consume_fuel(u64::from(unpaid % ITEMS_PER_STEP == 0))
    })
}

/// A value as a counted one, for data of the tool.
pub(super) fn trusted(value: Value, counter: &Arc<Counter>) -> Result<Value, Error> {
    convert(value, counter, MAX_VALUE_DEPTH, &mut |_| Ok(()))
}

/// Replaces the lists and mappings of the engine, which may be nested so deep. `count` gets each item, if it is a string.
fn convert(
    value: Value,
    counter: &Arc<Counter>,
    depth: usize,
    count: &mut dyn FnMut(&str) -> Result<(), Error>,
) -> Result<Value, Error> {
    let Some(object) = value.as_object() else {
        return Ok(value);
    };
    if value.downcast_object_ref::<Counted>().is_some() {
        return Ok(value);
    }
    let Some(inner) = depth.checked_sub(1) else {
        return Err(too_deep());
    };
    let mut deepest = 0;
    let mut item = |value: Value, count: &mut dyn FnMut(&str) -> Result<(), Error>| {
        count(value.as_str().unwrap_or_default())?;
        let value = convert(value, counter, inner, count)?;
        if let Some(counted) = value.downcast_object_ref::<Counted>() {
            deepest = deepest.max(counted.depth);
        }
        Ok::<Value, Error>(value)
    };
    let items = match value.kind() {
        ValueKind::Map => {
            let mut pairs = Vec::new();
            for key in value.try_iter()?.checked() {
                let key = key?;
                let found = value.get_item(&key)?;
                pairs.push((item(key, count)?, item(found, count)?));
            }
            let length = pairs.len();
            Items::Map(Value::from_pairs(pairs), length)
        }
        ValueKind::Plain => {
            let message = "a value that is not a list or a mapping cannot be kept";
            return Err(Error::new(ErrorKind::InvalidOperation, message));
        }
        _ => {
            let is_group = object.get_value(&Value::from("grouper")).is_some();
            let mut items = Vec::new();
            for value in value.try_iter()?.checked() {
                items.push(item(value?, count)?);
            }
            if is_group {
                Items::Group(items)
            } else {
                Items::List(items)
            }
        }
    };
    let depth = deepest + 1;
    if depth > MAX_VALUE_DEPTH {
        return Err(too_deep());
    }
    Ok(Value::from_object(Counted {
        items,
        depth,
        counter: Arc::clone(counter),
    }))
}

fn too_deep() -> Error {
    Error::new(ErrorKind::InvalidOperation, "the value is nested too deep")
}
