//! A catalog that is valid by construction.

mod language;
mod print;

use arbitrary::{Arbitrary, Unstructured};
use serde_json::Value;

use self::language::Language;
use crate::json::Json;
use crate::text::{Line, Stem};
use crate::yaml::Layout;

/// The most entries of a section.
const MOST: usize = 8;

/// A catalog. References are numbers, which are taken modulo the number of entries.
#[derive(Clone, Debug)]
pub(crate) struct Model {
    settings: Settings,
    types: Vec<Type>,
    pub(crate) codes: Vec<Code>,
    retired: Vec<Stem>,
    operations: Vec<Operation>,
    groups: Vec<Stem>,
    language: Language,
    pub(crate) layout: Layout,
}

#[derive(Arbitrary, Clone, Debug)]
struct Settings {
    title: Line,
    styles: u8,
    has_details: bool,
    are_numbers: bool,
    retry: [bool; 3],
    is_closed: bool,
    notes: Option<Line>,
    rotation: u8,
}

#[derive(Arbitrary, Clone, Debug)]
struct Type {
    stem: Stem,
    statuses: [u8; 2],
    is_family: bool,
    meaning: Line,
    message: Option<Line>,
}

/// A code.
#[derive(Arbitrary, Clone, Debug)]
pub(crate) struct Code {
    stem: Stem,
    /// What makes its name unique: its first position.
    #[arbitrary(value = 0)]
    id: usize,
    error_type: u8,
    status: u8,
    message: Option<Vec<Piece>>,
    args: Vec<Argument>,
    param: Option<Stem>,
    meaning: Line,
    fix: Line,
    description: Vec<Line>,
    causes: Vec<Line>,
    extra: Option<Box<Extra>>,
}

#[derive(Arbitrary, Clone, Debug)]
enum Piece {
    Text(Line),
    Argument(u8),
}

#[derive(Arbitrary, Clone, Debug)]
struct Argument {
    stem: Stem,
    kind: u8,
    is_sensitive: bool,
    absent: Option<Line>,
}

/// What few codes have.
#[derive(Arbitrary, Clone, Debug)]
struct Extra {
    like: Option<u8>,
    is_internal: bool,
    header: Option<(u8, bool)>,
    id: Option<u16>,
    retry: Option<bool>,
    group: Option<u8>,
    deprecated: Option<Line>,
    has_rust: bool,
    alias: bool,
    link: Option<Line>,
    custom: Option<CustomValue>,
}

#[derive(Clone, Debug)]
struct CustomValue(Value);

impl<'a> Arbitrary<'a> for CustomValue {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> arbitrary::Result<Self> {
        bytes.arbitrary::<Json>().map(|json| Self(json.0))
    }
}

#[derive(Arbitrary, Clone, Debug)]
struct Operation {
    method: u8,
    codes: Vec<u8>,
}

/// A change of a catalog between two releases.
#[derive(Arbitrary, Debug)]
pub(crate) enum Change {
    Add(Code),
    Remove(u8),
    Retire(u8),
    Replace(u8, Code),
    Swap(u8, u8),
    Meaning(u8, Line),
    Status(u8, u8),
    TypeOf(u8, u8),
    TypeStatuses(u8, [u8; 2]),
    TypeMeaning(u8, Line),
    Styles(u8),
    Details(bool),
}

impl<'a> Arbitrary<'a> for Model {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> arbitrary::Result<Self> {
        let mut model = Self {
            settings: bytes.arbitrary()?,
            layout: bytes.arbitrary()?,
            types: some(bytes)?,
            codes: some(bytes)?,
            operations: bytes.arbitrary()?,
            groups: bytes.arbitrary()?,
            retired: bytes.arbitrary()?,
            // What is read last leaves the meaning of older inputs as it was.
            language: bytes.arbitrary()?,
        };
        model.operations.truncate(3);
        model.groups.truncate(3);
        model.retired.truncate(3);
        for (id, code) in model.codes.iter_mut().enumerate() {
            code.id = id;
        }
        Ok(model)
    }
}

/// One entry or more.
fn some<'a, T: Arbitrary<'a>>(bytes: &mut Unstructured<'a>) -> arbitrary::Result<Vec<T>> {
    let count = bytes.int_in_range(1..=MOST)?;
    (0..count).map(|_| bytes.arbitrary()).collect()
}

impl Model {
    /// Makes a change. Releases have entries that others refer to, so a removed code leaves no reference.
    pub(crate) fn change(&mut self, change: Change) {
        let count = self.codes.len();
        let at = |index: u8| usize::from(index) % count;
        match change {
            Change::Add(code) => {
                let id = self.codes.iter().map(|code| code.id + 1).max().unwrap_or(0);
                self.codes.push(Code {
                    id: id.max(MOST),
                    ..code
                });
            }
            Change::Remove(index) if count > 1 => drop(self.codes.remove(at(index))),
            Change::Retire(index) if count > 1 => {
                let code = self.codes.remove(at(index));
                self.retired.push(code.stem);
            }
            Change::Remove(_) | Change::Retire(_) => {}
            Change::Replace(index, code) => {
                let old = &mut self.codes[at(index)];
                *old = Code {
                    id: old.id,
                    stem: old.stem,
                    ..code
                };
            }
            Change::Swap(one, other) => {
                let (one, other) = (at(one), at(other));
                let meaning = self.codes[one].meaning.clone();
                self.codes[one].meaning =
                    std::mem::replace(&mut self.codes[other].meaning, meaning);
            }
            Change::Meaning(index, meaning) => self.codes[at(index)].meaning = meaning,
            Change::Status(index, status) => self.codes[at(index)].status = status,
            Change::TypeOf(index, error_type) => self.codes[at(index)].error_type = error_type,
            Change::TypeStatuses(index, statuses) => self.error_type_mut(index).statuses = statuses,
            Change::TypeMeaning(index, meaning) => self.error_type_mut(index).meaning = meaning,
            Change::Styles(styles) => self.settings.styles = styles,
            Change::Details(has_details) => self.settings.has_details = has_details,
        }
    }

    fn error_type_mut(&mut self, index: u8) -> &mut Type {
        let count = self.types.len();
        &mut self.types[usize::from(index) % count]
    }
}
