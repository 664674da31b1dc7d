//! A style: how its bodies are read, and what its names mean.

use std::collections::{BTreeMap, HashMap};

use codegen::Catalog;
use codegen::catalog::{CodeId, Names, Node, Shape, Slot, Status, TypeId};
use memchr::memmem::Finder;

use super::read::{CodeValue, Mismatch, Reader, Slots};
use crate::json::Json;

/// A style of the API.
#[derive(Debug)]
pub(super) struct Style<'c> {
    pub(super) shape: &'c Shape,
    reader: Reader,
    codes: HashMap<String, CodeId>,
    /// The codes of several namespaces by the name that all of them have, each with its own status.
    several: HashMap<String, Vec<(CodeId, u16)>>,
    /// The positions of retired codes.
    retired: HashMap<String, usize>,
    /// The type that a body with the code has.
    type_of_code: Vec<&'c str>,
    /// The messages of the codes, without arguments.
    messages: Vec<&'c str>,
    /// The types that bodies with codes have with the statuses that operations state for them.
    other_types: HashMap<(CodeId, u16), &'c str>,
    /// The errors that have no code in the body, by status from 400 on: the names of their types.
    types: Vec<Vec<(&'c str, TypeId)>>,
    /// In a style without codes: the errors that are distinguished by the names of their types, by status.
    by_type: BTreeMap<(u16, &'c str), CodeId>,
    /// In a style without codes: the codes that are distinguished by their messages.
    by_message: BTreeMap<(u16, &'c str), CodeId>,
    writes_type: bool,
    writes_code: bool,
    has_constants: bool,
    /// A member that each body has, in quotes.
    mark: Option<Finder<'static>>,
}

/// The codes that the operations of a request list: of several codes with one name, a server sends one of these.
#[derive(Clone, Copy, Debug)]
pub(super) struct Listed<'o> {
    catalog: &'o Catalog,
    /// The positions of the operations; none if they are not known.
    operations: &'o [usize],
}

impl<'o> Listed<'o> {
    pub(super) const fn by(catalog: &'o Catalog, operations: &'o [usize]) -> Self {
        Self {
            catalog,
            operations,
        }
    }

    fn has(self, code: CodeId) -> bool {
        let mut operations = self.operations.iter();
        operations.any(|at| {
            let codes = &self.catalog.operations[*at].codes;
            codes.binary_search(&code).is_ok()
        })
    }

    /// Whether one of the operations states the status for the code.
    fn states(self, code: CodeId, status: u16) -> bool {
        let mut operations = self.operations.iter();
        operations.any(|at| {
            let own = self.catalog.operations[*at].own(code);
            own.is_some_and(|own| own.status.get() == status)
        })
    }
}

/// What a body is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// A code of the catalog.
    Code(CodeId),
    /// The position of a retired code.
    Retired(usize),
    /// Another code.
    Other(String),
    /// No code.
    None,
}

/// What the type in a body is, for its code and status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TypeFit {
    /// The type of the error.
    Fits(Option<TypeId>),
    /// A type of the catalog, but not with this status.
    OtherStatus,
    /// A type of the catalog, but not that of the code.
    OtherCode,
    /// Not a type of the catalog.
    Unknown,
}

impl<'c> Style<'c> {
    pub(super) fn new(catalog: &'c Catalog, shape: &'c Shape) -> Self {
        let codes = catalog.codes.iter().zip(catalog_ids(catalog));
        let names = codes.map(|(code, id)| (shape.code_name(&code.names).into_owned(), id));
        let retired = catalog.retired.iter().enumerate();
        let retired = retired.map(|(position, code)| {
            // A retired code has no name of its own in a shape.
            let name = shape.code_name(&wire_only(&code.wire)).into_owned();
            (name, position)
        });
        let of_code = catalog.codes.iter().map(|code| {
            let error_type = &catalog[code.error_type].names;
            shape.type_of_code(&code.names, error_type, code.status.sent())
        });
        let messages = catalog.codes.iter();
        let messages = messages.map(|code| code.plain_message.as_str());
        let others = catalog.other_statuses().into_iter();
        let others = others.map(|(id, status, _)| {
            let code = &catalog[id];
            let error_type = &catalog[code.error_type].names;
            let name = shape.type_of_code(&code.names, error_type, status);
            ((id, status.get()), name)
        });
        let writes_code = shape.writes(Slot::Code);
        let mut style = Self {
            shape,
            reader: Reader {
                codes: catalog.envelope.code,
            },
            codes: names.collect(),
            several: several(catalog, shape),
            retired: retired.collect(),
            type_of_code: of_code.collect(),
            messages: messages.collect(),
            other_types: others.collect(),
            types: (400..600)
                .filter_map(Status::new)
                .map(|status| types_at(catalog, shape, status))
                .collect(),
            by_type: BTreeMap::new(),
            by_message: BTreeMap::new(),
            writes_type: shape.writes(Slot::Type),
            writes_code,
            has_constants: has_constants(&shape.body),
            mark: mark(&shape.body).map(|mark| Finder::new(&mark).into_owned()),
        };
        if !writes_code {
            style.distinguish_codes(catalog);
        }
        style
    }

    /// Finds what distinguishes codes in a style without codes.
    fn distinguish_codes(&mut self, catalog: &'c Catalog) {
        let mut types: BTreeMap<(u16, &'c str), Vec<CodeId>> = BTreeMap::new();
        let mut messages: BTreeMap<(u16, &'c str), Vec<CodeId>> = BTreeMap::new();
        for (code, id) in catalog.codes.iter().zip(catalog_ids(catalog)) {
            // A code without a status can be in any body.
            let status = code.status.own().map_or(0, Status::get);
            let name = self.type_of_code[id.index()];
            types.entry((status, name)).or_default().push(id);
            let message = (status, code.plain_message.as_str());
            messages.entry(message).or_default().push(id);
        }
        for ((id, status), name) in &self.other_types {
            types.entry((*status, *name)).or_default().push(*id);
            let message = (*status, catalog[*id].plain_message.as_str());
            messages.entry(message).or_default().push(*id);
        }
        let only = |(key, ids): (_, Vec<CodeId>)| match ids[..] {
            [id] => Some((key, id)),
            _ => None,
        };
        let is_stated = |id: CodeId| self.shape.stated_type(&catalog[id].names).is_some();
        let types = types.into_iter().filter_map(only);
        self.by_type = types.filter(|(_, id)| is_stated(*id)).collect();
        self.by_message = messages.into_iter().filter_map(only).collect();
    }

    /// Reads a body.
    pub(super) fn read<'j>(&self, json: &'j Json<'j>) -> Result<Slots<'j>, Mismatch> {
        self.read_as(&self.shape.body, json)
    }

    /// Reads the data of an event.
    pub(super) fn read_event<'j>(&self, json: &'j Json<'j>) -> Result<Slots<'j>, Mismatch> {
        self.read_as(&self.shape.event.data, json)
    }

    fn read_as<'j>(&self, node: &Node, json: &'j Json<'j>) -> Result<Slots<'j>, Mismatch> {
        let mut slots = Slots::default();
        self.reader.read(node, json, &mut slots)?;
        Ok(slots)
    }

    /// What the slots are about.
    pub(super) fn named(&self, slots: &Slots<'_>, status: u16, listed: Listed<'_>) -> Named {
        let number;
        let name = match slots.code {
            Some(CodeValue::Text(name)) => name,
            Some(CodeValue::Number(value)) => {
                number = value.to_string();
                &number
            }
            None if self.writes_code => return Named::None,
            None => {
                let find = |status| {
                    let by_type = slots.error_type;
                    let by_type = by_type.and_then(|name| self.by_type.get(&(status, name)));
                    let message = slots.message;
                    by_type.or_else(|| self.by_message.get(&(status, message?)))
                };
                let found = find(status).or_else(|| find(0));
                return found.map_or(Named::None, |id| Named::Code(*id));
            }
        };
        if let Some(codes) = self.several.get(name) {
            return Named::Code(self.best(codes, slots, status, listed));
        }
        if let Some(id) = self.codes.get(name) {
            return Named::Code(*id);
        }
        match self.retired.get(name) {
            Some(position) => Named::Retired(*position),
            None => Named::Other(name.to_owned()),
        }
    }

    /// The code of several with one name that fits a body best, by its type, its status, its message, and the operation.
    /// Of several that fit as well, the first of the catalog.
    fn best(
        &self,
        codes: &[(CodeId, u16)],
        slots: &Slots<'_>,
        status: u16,
        listed: Listed<'_>,
    ) -> CodeId {
        let misses = |(id, known): &&(CodeId, u16)| {
            let error_type = slots.error_type;
            let is_type = error_type.is_none_or(|name| self.is_type_of(*id, name, status));
            let is_other = || match listed.operations {
                [] => self.other_types.contains_key(&(*id, status)),
                _ => listed.states(*id, status),
            };
            let is_status = status == *known || is_other();
            let is_message = slots.message == Some(self.messages[id.index()]);
            (!is_type, !is_status, !is_message, !listed.has(*id))
        };
        // The first of several.
        let best = codes.iter().min_by_key(misses);
        best.map_or(codes[0].0, |(id, _)| *id)
    }

    /// What the type in a body is. `None` if the style has no types.
    pub(super) fn type_fit(&self, name: &str, code: Option<CodeId>, status: u16) -> TypeFit {
        if let Some(code) = code {
            return match self.is_type_of(code, name, status) {
                true => TypeFit::Fits(None),
                false if self.knows_type(name) => TypeFit::OtherCode,
                false => TypeFit::Unknown,
            };
        }
        let at = self.types.get(usize::from(status).wrapping_sub(400));
        let mut at = at.map_or(&[][..], Vec::as_slice).iter();
        match at.find(|(known, _)| *known == name) {
            Some((_, id)) => TypeFit::Fits(Some(*id)),
            None if self.knows_type(name) => TypeFit::OtherStatus,
            None => TypeFit::Unknown,
        }
    }

    /// Whether bodies with a code have a type. A status of 0 is not known.
    fn is_type_of(&self, code: CodeId, name: &str, status: u16) -> bool {
        let of_code = self.type_of_code[code.index()];
        if self.other_types.is_empty() {
            return of_code == name;
        }
        let mut others = self.other_types.iter();
        match self.other_types.get(&(code, status)) {
            Some(other) => *other == name,
            None if status == 0 => {
                of_code == name || others.any(|((of, _), other)| *of == code && *other == name)
            }
            None => of_code == name,
        }
    }

    fn knows_type(&self, name: &str) -> bool {
        self.type_of_code.contains(&name)
            || self.other_types.values().any(|known| *known == name)
            || self.types.iter().flatten().any(|(known, _)| *known == name)
    }

    pub(super) const fn writes_type(&self) -> bool {
        self.writes_type
    }

    /// Whether the bytes can be a body of the style. It is cheap and may be wrong for bodies of other kinds.
    pub(super) fn may_be(&self, body: &[u8]) -> bool {
        let mark = self.mark.as_ref();
        mark.is_none_or(|mark| mark.find(body).is_some())
    }

    /// Whether codes of several namespaces have one name.
    pub(super) fn shares_names(&self) -> bool {
        !self.several.is_empty()
    }

    /// Whether slots are those of an error, and not of other data with the same members.
    pub(super) fn is_distinctive(&self, slots: &Slots<'_>, listed: Listed<'_>) -> bool {
        let knows_code = || {
            let named = self.named(slots, 0, listed);
            matches!(named, Named::Code(_) | Named::Retired(_))
        };
        let knows_type = || slots.error_type.is_some_and(|name| self.knows_type(name));
        self.has_constants || knows_code() || knows_type()
    }
}

/// The codes that have one name in a style, in several namespaces.
fn several(catalog: &Catalog, shape: &Shape) -> HashMap<String, Vec<(CodeId, u16)>> {
    if !catalog.has_namespaces() {
        return HashMap::new();
    }
    let mut by_name: HashMap<String, Vec<(CodeId, u16)>> = HashMap::new();
    for (code, id) in catalog.codes.iter().zip(catalog_ids(catalog)) {
        let name = shape.code_name(&code.names).into_owned();
        let entry = by_name.entry(name).or_default();
        entry.push((id, code.status.sent().get()));
    }
    by_name.retain(|_, codes| codes.len() > 1);
    by_name
}

/// The positions of the codes of a catalog.
fn catalog_ids(catalog: &Catalog) -> impl Iterator<Item = CodeId> {
    CodeId::all(catalog.codes.len())
}

fn wire_only(wire: &str) -> Names {
    Names {
        unsent: 0,
        wire: wire.to_owned(),
        variant: String::new(),
        former_variants: Vec::new(),
        slug: String::new(),
        in_shapes: Vec::new(),
    }
}

/// The types of the errors without code that can have a status, with their names in a shape.
fn types_at<'c>(catalog: &'c Catalog, shape: &'c Shape, status: Status) -> Vec<(&'c str, TypeId)> {
    let types = catalog.types.iter().zip(TypeId::all(catalog.types.len()));
    let can_have = |id: TypeId| {
        let mut framework = catalog.framework.iter();
        catalog[id].statuses.contains(status)
            || framework.any(|error| error.error_type == id && error.is_sent_with(status))
    };
    types
        .filter(|(_, id)| can_have(*id))
        .map(|(entry, id)| (shape.type_name(&entry.names, status), id))
        .collect()
}

fn has_constants(node: &Node) -> bool {
    match node {
        Node::Object(object) => {
            let mut members = object.members.iter();
            object.exists == codegen::catalog::Exists::Always
                && members.any(|(_, node)| has_constants(node))
        }
        Node::Constant(_) => true,
        Node::List(_) | Node::Slot(_) | Node::Text(_) => false,
    }
}

/// The first member that each body has, in quotes, unless JSON can write it in several ways.
fn mark(node: &Node) -> Option<String> {
    let Node::Object(object) = node else {
        return None;
    };
    let is_plain = |name: &str| {
        name.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    let mut members = object.members.iter().filter(|(name, node)| {
        let is_there = match node {
            Node::Slot(filled) => filled.slot.is_always_there(),
            Node::Object(object) => object.exists == codegen::catalog::Exists::Always,
            Node::List(_) | Node::Constant(_) => true,
            Node::Text(_) => false,
        };
        is_there && is_plain(name)
    });
    members.next().map(|(name, _)| format!("\"{name}\""))
}
