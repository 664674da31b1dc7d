//! From what serialises to a tree.

use std::borrow::Cow;

use serde::ser::{
    Error as _, Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeTuple,
    Serializer,
};
use serde_json::Error;

use super::{Members, Tree};

type Made = Tree<'static>;

impl Tree<'static> {
    /// The tree of a record, without the members with these names; null if it has a value that no record has, such as
    /// bytes.
    pub(crate) fn of(record: &impl Serialize, left_out: &'static [&'static str]) -> Self {
        let tree = record.serialize(ToTree { left_out });
        tree.unwrap_or(Tree::Null)
    }
}

struct ToTree {
    /// The names of members that the outermost object does not get.
    left_out: &'static [&'static str],
}

/// For values within a record.
const WHOLE: ToTree = ToTree { left_out: &[] };

/// The elements of a list so far.
struct List(Vec<Made>);

struct Object {
    /// The members so far.
    members: Members<'static>,
    /// The name of the next one.
    name: Cow<'static, str>,
    left_out: &'static [&'static str],
}

impl Object {
    fn push<T: Serialize + ?Sized>(
        &mut self,
        name: Cow<'static, str>,
        value: &T,
    ) -> Result<(), Error> {
        if !self.left_out.contains(&&*name) {
            self.members.push((name, value.serialize(WHOLE)?));
        }
        Ok(())
    }

    fn finish(mut self) -> Made {
        // A document keeps the trees of all codes.
        self.members.shrink_to_fit();
        Tree::Object(self.members)
    }
}

/// The forms of values that no record has.
macro_rules! none {
    ($($name:ident($($argument:ty),*) -> $ok:ty,)+) => {
        $(fn $name(self, $(_: $argument),*) -> Result<$ok, Error> {
            Err(Error::custom("a record has no such value"))
        })+
    };
}

impl Serializer for ToTree {
    type Ok = Made;
    type Error = Error;
    type SerializeSeq = List;
    type SerializeTuple = List;
    type SerializeTupleStruct = Impossible<Made, Error>;
    type SerializeTupleVariant = Impossible<Made, Error>;
    type SerializeMap = Object;
    type SerializeStruct = Object;
    type SerializeStructVariant = Impossible<Made, Error>;

    fn serialize_bool(self, flag: bool) -> Result<Made, Error> {
        Ok(flag.into())
    }

    fn serialize_i8(self, number: i8) -> Result<Made, Error> {
        self.serialize_i64(number.into())
    }

    fn serialize_i16(self, number: i16) -> Result<Made, Error> {
        self.serialize_i64(number.into())
    }

    fn serialize_i32(self, number: i32) -> Result<Made, Error> {
        self.serialize_i64(number.into())
    }

    fn serialize_i64(self, number: i64) -> Result<Made, Error> {
        Ok(number.into())
    }

    fn serialize_u8(self, number: u8) -> Result<Made, Error> {
        self.serialize_u64(number.into())
    }

    fn serialize_u16(self, number: u16) -> Result<Made, Error> {
        self.serialize_u64(number.into())
    }

    fn serialize_u32(self, number: u32) -> Result<Made, Error> {
        self.serialize_u64(number.into())
    }

    fn serialize_u64(self, number: u64) -> Result<Made, Error> {
        Ok(number.into())
    }

    fn serialize_f32(self, number: f32) -> Result<Made, Error> {
        self.serialize_f64(number.into())
    }

    fn serialize_f64(self, number: f64) -> Result<Made, Error> {
        Ok(number.into())
    }

    fn serialize_char(self, character: char) -> Result<Made, Error> {
        Ok(character.to_string().into())
    }

    fn serialize_str(self, text: &str) -> Result<Made, Error> {
        Ok(text.to_owned().into())
    }

    fn serialize_none(self) -> Result<Made, Error> {
        Ok(Tree::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Made, Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Made, Error> {
        Ok(Tree::Null)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<Made, Error> {
        Ok(variant.into())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Made, Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Made, Error> {
        Ok(Tree::object([(variant, value.serialize(self)?)]))
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<List, Error> {
        Ok(List(Vec::with_capacity(length.unwrap_or_default())))
    }

    fn serialize_tuple(self, length: usize) -> Result<List, Error> {
        self.serialize_seq(Some(length))
    }

    fn serialize_map(self, length: Option<usize>) -> Result<Object, Error> {
        Ok(Object {
            members: Vec::with_capacity(length.unwrap_or_default()),
            name: Cow::Borrowed(""),
            left_out: self.left_out,
        })
    }

    fn serialize_struct(self, _: &'static str, length: usize) -> Result<Object, Error> {
        self.serialize_map(Some(length))
    }

    none! {
        serialize_bytes(&[u8]) -> Made,
        serialize_unit_struct(&'static str) -> Made,
        serialize_tuple_struct(&'static str, usize) -> Self::SerializeTupleStruct,
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Self::SerializeTupleVariant,
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Self::SerializeStructVariant,
    }
}

impl SerializeSeq for List {
    type Ok = Made;
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), Error> {
        self.0.push(item.serialize(WHOLE)?);
        Ok(())
    }

    fn end(self) -> Result<Made, Error> {
        Ok(Tree::List(self.0))
    }
}

impl SerializeTuple for List {
    type Ok = Made;
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), Error> {
        SerializeSeq::serialize_element(self, item)
    }

    fn end(self) -> Result<Made, Error> {
        SerializeSeq::end(self)
    }
}

impl SerializeMap for Object {
    type Ok = Made;
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        let Tree::Text(name) = key.serialize(WHOLE)? else {
            return Err(Error::custom("the name of a member is a string"));
        };
        self.name = name;
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        let name = std::mem::take(&mut self.name);
        self.push(name, value)
    }

    fn end(self) -> Result<Made, Error> {
        Ok(self.finish())
    }
}

impl SerializeStruct for Object {
    type Ok = Made;
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        self.push(Cow::Borrowed(name), value)
    }

    fn end(self) -> Result<Made, Error> {
        Ok(self.finish())
    }
}
