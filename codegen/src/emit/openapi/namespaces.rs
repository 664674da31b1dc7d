//! The values of enums of names: codes of several namespaces send one name.

use std::borrow::Cow;

use crate::catalog::{Catalog, derive_variant};
use crate::unord_map::UnordMap;

/// A value of an enum of names.
pub(super) struct Known<'a> {
    pub(super) name: &'a str,
    pub(super) variant: Cow<'a, str>,
    pub(super) text: String,
    pub(super) is_deprecated: bool,
}

/// The values of an enum of codes, one for each name. `all` has one for each code; a name of several codes is described by
/// all of them.
pub(super) fn each_once<'a>(catalog: &'a Catalog, all: Vec<Known<'a>>) -> Vec<Known<'a>> {
    let variants = all.iter().map(|known| (known.variant.to_string(), ()));
    let mut taken: UnordMap<String, ()> = variants.collect();
    let mut of_name: UnordMap<&str, Vec<(&str, Known<'a>)>> = UnordMap::default();
    for (known, code) in all.into_iter().zip(&catalog.codes) {
        let entry = of_name.get_or_default(known.name);
        entry.push((&code.names.wire, known));
    }
    let names = catalog.sent_names().into_iter();
    let once = names.filter_map(|name| {
        let mut codes = std::mem::take(of_name.get_mut(name)?);
        if codes.len() == 1 {
            return codes.pop().map(|(_, known)| known);
        }
        let texts = codes
            .iter()
            .map(|(wire, known)| format!("`{wire}`: {}", known.text));
        Some(Known {
            name,
            variant: variant(name, &mut taken).into(),
            text: texts.collect::<Vec<_>>().join(" "),
            is_deprecated: codes.iter().all(|(_, known)| known.is_deprecated),
        })
    });
    once.collect()
}

/// The name of a variant for several codes, which none of them has.
fn variant(name: &str, taken: &mut UnordMap<String, ()>) -> String {
    let mut variant = derive_variant(name);
    if !variant.starts_with(|sign: char| sign.is_ascii_alphabetic()) {
        variant.insert_str(0, "Code");
    }
    while taken.insert(variant.clone(), ()).is_some() {
        variant.push('X');
    }
    variant
}
