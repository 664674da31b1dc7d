//! The names in the bodies of this API.

use crate::catalog::settings::CODE_FORM;
use crate::runtime::shape::{Shape, narrow};
use crate::{ApiError, ErrorCode, ErrorType, UnknownName};

impl Shape {
    /// The code of one of several namespaces: the only one with this page, this type and this status.
    #[inline]
    pub(crate) fn code_among(
        &self,
        name: &str,
        page: Option<&str>,
        error_type: Option<&str>,
        status: Option<u64>,
    ) -> Option<ErrorCode> {
        if !self.is_shared(name) {
            return None;
        }
        let mut codes: Vec<ErrorCode> = self.codes_named(name).collect();
        narrow(&mut codes, |code| page == Some(code.doc_url()));
        let status = status.and_then(|status| u16::try_from(status).ok());
        let sent = |code: ErrorCode| status.filter(|status| code.allows_status(*status));
        narrow(&mut codes, |code| {
            let status = sent(code).unwrap_or(code.status());
            error_type == Some(self.type_of_code(code, status))
        });
        narrow(&mut codes, |code| sent(code).is_some());
        match codes[..] {
            [code] => Some(code),
            _ => None,
        }
    }

    /// The error of a name that is not that of one code.
    #[inline]
    pub(crate) fn unknown_code(&self, name: &str) -> UnknownName {
        let mut codes = self.codes_named(name);
        let code = codes.next().filter(|_| CODE_FORM.has_namespaces());
        UnknownName::new(code.map_or(name, |code| CODE_FORM.sent(code)))
    }

    /// The type of a body, its code and its status, by the name of the type there. Where only codes have that name, the
    /// code is the first of them.
    pub(crate) fn sent_names(
        &self,
        name: &str,
        code: Option<ErrorCode>,
        status: Option<u16>,
    ) -> Option<(ErrorType, Option<ErrorCode>, Option<u16>)> {
        if let Some((error_type, status)) = self.sent_type(name, code, status) {
            return Some((error_type, code, status));
        }
        let code = self.codes_of_type(name, status).next()?;
        Some((code.error_type(), Some(code), status))
    }

    /// The type of a body, by its name there: that of the code if it fits, else the first that fits the status;
    /// without a status, also a status that fits. `None` if the catalog has no such type.
    fn sent_type(
        &self,
        name: &str,
        code: Option<ErrorCode>,
        status: Option<u16>,
    ) -> Option<(ErrorType, Option<u16>)> {
        if let Some(code) = code.filter(|code| self.is_type_of(*code, name)) {
            return Some((code.error_type(), status));
        }
        if self.has_wire_types() {
            return Some((ErrorType::from_wire(name)?, status));
        }
        if let Some((code, other)) = code.and_then(|code| self.other_status(code, name, status)) {
            return Some((code.error_type(), Some(other)));
        }
        let Some(sent) = status else {
            let mut rows = self.bodies.types_sent.iter();
            let (_, position, status) = rows.find(|(known, ..)| *known == name)?;
            return Some((*ErrorType::ALL.get(*position)?, Some(*status)));
        };
        let mut types = ErrorType::ALL.iter().copied();
        let error_type = types.find(|error_type| {
            let is_sent = ApiError::from_sent(*error_type, sent).is_ok();
            is_sent && self.type_name(*error_type, sent) == name
        });
        Some((error_type?, status))
    }

    /// The status that an operation states for a code, and with which the type of the code has a name.
    fn other_status(
        &self,
        code: ErrorCode,
        name: &str,
        status: Option<u16>,
    ) -> Option<(ErrorCode, u16)> {
        let mut others = code.other_statuses().map(|other| other.status);
        let fits = |other: &u16| {
            status.is_none_or(|status| status == *other)
                && self.type_name(code.error_type(), *other) == name
        };
        others.find(fits).map(|other| (code, other))
    }
}
