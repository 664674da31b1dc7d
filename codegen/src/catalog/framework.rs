//! Framework errors: the errors that replace bare statuses.

use std::borrow::Cow;

use super::{Catalog, Code, CodeId, ErrorType, Example, Status, StatusClass, TypeId};

/// The error that replaces a bare status of the server's framework.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrameworkError {
    /// The status that the framework answers with, or a family: its other statuses.
    pub status: StatusClass,
    /// The type.
    pub error_type: TypeId,
    /// The code, if the error has one.
    pub code: Option<CodeId>,
    /// The status that is sent. That of a family can be the status of the framework.
    pub sent: Option<Status>,
    /// The message, if it is not the message of the type or code.
    pub message: Option<String>,
}

impl FrameworkError {
    /// Whether it can be sent with a status.
    #[must_use]
    pub fn is_sent_with(&self, status: Status) -> bool {
        let sent = self.sent.map_or(self.status, StatusClass::Status);
        sent == StatusClass::Status(status) || sent == StatusClass::Family(status.class())
    }

    /// The status that it is sent with, or the family, as pages show it.
    ///
    /// ```
    /// use error_catalog_codegen::catalog::{FrameworkError, Status, StatusClass, TypeId};
    ///
    /// let error = FrameworkError {
    ///     status: StatusClass::Family(4),
    ///     error_type: TypeId::all(1).next().unwrap(),
    ///     code: None,
    ///     sent: None,
    ///     message: None,
    /// };
    /// assert_eq!(error.shown(), "4xx");
    /// assert!(error.is_sent_with(Status::new(418).unwrap()));
    /// ```
    #[must_use]
    pub fn shown(&self) -> String {
        self.sent
            .map_or(self.status, StatusClass::Status)
            .to_string()
    }
}

/// What is sent in place of a bare status, whether or not the catalog has an entry for it: the same as
/// `ApiError::from_status` of the generated crate.
#[derive(Clone, Debug, PartialEq)]
pub struct FrameworkAnswer<'a> {
    /// The type.
    pub error_type: &'a ErrorType,
    /// The code, if the error has one.
    pub code: Option<&'a Code>,
    /// The status that is sent.
    pub sent: Status,
    /// The message.
    pub message: Cow<'a, str>,
}

impl Catalog {
    /// The message of the error that replaces a bare status.
    #[must_use]
    pub fn framework_message<'a>(&'a self, error: &'a FrameworkError) -> &'a str {
        let usual = match error.code {
            Some(code) => &self[code].plain_message,
            None => &self[error.error_type].message,
        };
        error.message.as_ref().unwrap_or(usual)
    }

    /// What is sent in place of a bare status.
    #[must_use]
    pub fn framework_answer(&self, status: Status) -> FrameworkAnswer<'_> {
        let stated = |class| self.framework.iter().find(|error| error.status == class);
        let family = StatusClass::Family(status.class());
        if let Some(error) = stated(StatusClass::Status(status)).or_else(|| stated(family)) {
            return self.answer_of(error, status);
        }
        FrameworkAnswer {
            error_type: self.type_of_status(status),
            code: None,
            sent: status,
            message: match status.reason() {
                Some(reason) => reason.into(),
                None => format!("Status {status}").into(),
            },
        }
    }

    /// What an entry sends in place of a bare status.
    pub(crate) fn answer_of<'a>(
        &'a self,
        error: &'a FrameworkError,
        status: Status,
    ) -> FrameworkAnswer<'a> {
        FrameworkAnswer {
            error_type: &self[error.error_type],
            code: error.code.map(|code| &self[code]),
            sent: error.sent.unwrap_or(status),
            message: self.framework_message(error).into(),
        }
    }

    /// The type of a status without an entry: the first that allows the status, else the first of its class, else the
    /// first.
    fn type_of_status(&self, status: Status) -> &ErrorType {
        let mut types = self.types.iter();
        let admitted = types.find(|one| one.statuses.contains(status));
        let of_class = || {
            let mut types = self.types.iter();
            types.find(|one| one.statuses.has_class(status.class()))
        };
        admitted.or_else(of_class).unwrap_or(&self.types[0])
    }
}

impl FrameworkAnswer<'_> {
    /// The values of the error.
    #[must_use]
    pub fn example<'a>(&'a self, catalog: &'a Catalog) -> Example<'a> {
        let example = match self.code {
            Some(code) => catalog.example_of_code(code),
            None => catalog.example_of_type(self.error_type, self.sent),
        };
        Example {
            message: &self.message,
            details: Vec::new(),
            faults: Vec::new(),
            ..example
        }
    }
}
