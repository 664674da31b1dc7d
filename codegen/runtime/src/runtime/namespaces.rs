//! Codes in namespaces: bodies contain their names without the namespace, so several codes can send the same name.

use crate::catalog::settings::CODE_FORM;
#[cfg(feature = "client")]
use crate::catalog::shapes::SHAPES;
use crate::{ErrorCode, UnknownName};
#[cfg(feature = "client")]
use crate::{MaybeKnown, ReceivedError};

impl ErrorCode {
    /// The namespace of the code, if it has one: the part of [`as_str`](Self::as_str) that is not sent, without the signs at
    /// its end.
    #[must_use]
    pub fn namespace(self) -> Option<&'static str> {
        let prefix = &self.as_str()[..CODE_FORM.unsent(self)];
        let name = prefix.trim_end_matches(|sign: char| !sign.is_alphanumeric());
        Some(name).filter(|name| !name.is_empty())
    }

    /// The name of the code in bodies: [`as_str`](Self::as_str) without the namespace. A style can have another name.
    #[must_use]
    pub fn sent_name(self) -> &'static str {
        CODE_FORM.sent(self)
    }

    /// The codes that a name can mean: the only one that has it in the catalog or in bodies, or all that bodies call so.
    ///
    /// ```
    /// use runtime::ErrorCode;
    ///
    /// let code = ErrorCode::FileNotFound;
    /// assert!(ErrorCode::candidates(code.sent_name()).contains(&code));
    /// assert_eq!(ErrorCode::candidates(code.as_str()), [code]);
    /// assert!(ErrorCode::candidates("no code").is_empty());
    /// ```
    #[must_use]
    pub fn candidates(name: &str) -> &'static [Self] {
        match Self::from_wire(name) {
            Some(code) => core::slice::from_ref(&Self::ALL[code as usize]),
            None => CODE_FORM.several(name),
        }
    }

    /// The code of a namespace with this name in bodies.
    ///
    /// ```
    /// use runtime::ErrorCode;
    ///
    /// for code in ErrorCode::ALL {
    ///     if let Some(namespace) = code.namespace() {
    ///         let found = ErrorCode::in_namespace(namespace, code.sent_name());
    ///         assert_eq!(found, Some(*code));
    ///     }
    /// }
    /// assert_eq!(ErrorCode::in_namespace("no namespace", "no code"), None);
    /// ```
    #[must_use]
    pub fn in_namespace(namespace: &str, name: &str) -> Option<Self> {
        let mut codes = Self::candidates(name).iter().copied();
        codes.find(|code| code.namespace() == Some(namespace) && code.sent_name() == name)
    }
}

impl UnknownName {
    /// The codes that have the name, in several namespaces; none if no code has it.
    #[must_use]
    pub fn candidates(&self) -> &'static [ErrorCode] {
        CODE_FORM.several(self.name())
    }
}

#[cfg(feature = "client")]
impl ReceivedError {
    /// The codes that the error can have: its [`code`](Self::code) if it is known, or those of several namespaces that have
    /// its name. Where only one of them has the page, the type and the status of the response, that is its code.
    #[must_use]
    pub fn candidates(&self) -> Vec<ErrorCode> {
        if let Some(MaybeKnown::Known(code)) = &self.code {
            return vec![*code];
        }
        let style = self.style.as_deref();
        let shape = SHAPES.iter().find(|shape| Some(shape.name) == style);
        self.codes_in_namespaces(shape, None)
    }
}
