//! What a received body contains outside of the places of its shape.

use serde_json::{Map, Value};

use crate::catalog::settings::CODE_FORM;
use crate::runtime::deprecation::known_code;
use crate::runtime::other_formats::Found;
use crate::runtime::shape::{Shape, Step, narrow};
use crate::{ErrorCode, MaybeKnown, ReceivedError};

/// What a body states by its form.
#[derive(Default)]
pub(crate) struct Stated {
    /// Whether a media type of its own specifies the types of its members.
    pub(crate) by_media_type: bool,
    /// Whether it has a place for the code, with or without one.
    pub(crate) code: bool,
    /// Its shape, if it has every value that bodies of the shape have.
    pub(crate) whole: Option<&'static Shape>,
}

impl Stated {
    /// Whether a member of the object at a path can have a meaning by its usual name.
    pub(crate) fn reads(&self, object: &[Step], name: &str) -> bool {
        let is_own = |shape: &Shape| shape.has_member(object, name);
        !self.by_media_type && !self.whole.is_some_and(is_own)
    }
}

impl ReceivedError {
    /// Reads what is missing from members that no shape defines.
    pub(crate) fn find_missing(&mut self, stated: &Stated) {
        let is_known = matches!(self.error_type, Some(MaybeKnown::Known(_)));
        if stated.code && is_known && self.message.is_some() {
            // The body is one of this crate, and its error may have no code.
            return;
        }
        let others = stated.whole.map(|shape| self.other_members(shape));
        let rest = others.as_ref().unwrap_or(&self.extra);
        let found = Found::in_rest(rest, stated.by_media_type);
        if self.message.is_none() {
            self.message = found.message.map(str::to_owned);
        }
        self.code = self.code.take().or(found.code);
        self.error_type = self.error_type.take().or(found.error_type);
        if self.param.is_none() {
            self.param = found.param.map(str::to_owned);
        }
        self.find_code_in_type(stated.whole);
        if self.code.is_none() && !stated.code && stated.whole.is_none() {
            self.code = self.message.as_deref().and_then(known_code);
        }
    }

    /// The members that contain no values of a shape: none of its values can be another one that is missing.
    fn other_members(&self, shape: &Shape) -> Map<String, Value> {
        let object = shape.object();
        let is_own = |name: &str| shape.has_member(object, name) || shape.has_member(&[], name);
        let mut others = Map::new();
        for (name, value) in &self.extra {
            if !is_own(name) {
                others.insert(name.clone(), value.clone());
            }
        }
        others
    }

    /// In a style without codes, some types are those of one code.
    pub(crate) fn find_code_of_type(&mut self, shape: &Shape) {
        if let (None, Some(MaybeKnown::Unknown(name))) = (&self.code, &self.error_type) {
            let code = shape.code_of_type(name, self.status);
            self.code = code.map(MaybeKnown::Known);
        }
    }

    /// Of several codes with the name in the body, only one may have its page, its type and its status.
    #[inline]
    pub(crate) fn find_code_in_namespaces(&mut self, shape: &Shape, page: Option<&str>) {
        if !CODE_FORM.has_namespaces() {
            return;
        }
        if let [code] = self.codes_in_namespaces(Some(shape), page)[..] {
            self.code = Some(MaybeKnown::Known(code));
        }
    }

    /// The codes that a name which this crate does not know as that of one code can be.
    pub(crate) fn codes_in_namespaces(
        &self,
        shape: Option<&Shape>,
        page: Option<&str>,
    ) -> Vec<ErrorCode> {
        let Some(MaybeKnown::Unknown(name)) = &self.code else {
            return Vec::new();
        };
        let mut codes: Vec<ErrorCode> = match shape {
            Some(shape) => shape.codes_named(name).collect(),
            None => CODE_FORM.several(name).to_vec(),
        };
        narrow(&mut codes, |code| page == Some(code.doc_url()));
        match &self.error_type {
            Some(MaybeKnown::Known(known)) => {
                narrow(&mut codes, |code| code.error_type() == *known);
            }
            Some(MaybeKnown::Unknown(name)) => narrow(&mut codes, |code| {
                let allowed = Some(self.status).filter(|status| code.allows_status(*status));
                let status = allowed.unwrap_or(code.status());
                shape.is_some_and(|shape| shape.type_of_code(code, status) == &**name)
            }),
            None => {}
        }
        narrow(&mut codes, |code| code.allows_status(self.status));
        codes
    }

    /// Some APIs send the name of the code as the type, but not where that is a type of the style.
    pub(crate) fn find_code_in_type(&mut self, shape: Option<&Shape>) {
        if let (None, Some(MaybeKnown::Unknown(name))) = (&self.code, &self.error_type) {
            let is_type = shape.is_some_and(|shape| shape.knows_type(name));
            self.code = known_code(name).filter(|_| !is_type);
        }
    }
}
