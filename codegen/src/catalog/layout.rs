//! The rows of the outputs, in their order.

use super::{CodeId, OwnError, Status, TypeId};

/// A row of the types table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeRow {
    /// The type.
    pub error_type: TypeId,
    /// The code that has the row, where its status is none of its type's.
    pub code: Option<CodeId>,
    /// The statuses as shown: `400 / 413`, `404`, `5xx`.
    pub statuses: String,
    /// The last column.
    pub meaning: String,
}

/// A row of the codes table: one code, or several that share a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeRow {
    /// The codes; the first gives meaning and fix.
    pub codes: Vec<CodeId>,
}

/// A section of the codes table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The titles of the section and of those around it, the outermost one first; none for codes that name no
    /// group.
    pub path: Vec<String>,
    /// The rows, in the order of the file.
    pub rows: Vec<CodeRow>,
}

/// All that can be answered with one status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusGroup {
    /// The status.
    pub status: Status,
    /// Its codes, in the order of the file.
    pub codes: Vec<CodeId>,
    /// What the operation states of some of them, if the group is that of an operation.
    pub own: Vec<OwnError>,
    /// The errors without code that answer with the status.
    pub codeless: Vec<Codeless>,
    /// Whether the retry rule counts the status as worth another try.
    pub retryable: bool,
    /// Whether one of its errors promises `Retry-After`.
    pub retry_after: bool,
    /// Whether all of its errors promise `Retry-After`.
    pub always_retry_after: bool,
    /// Further headers that its errors carry, by name.
    pub headers: Vec<StatusHeader>,
}

impl StatusGroup {
    /// Whether an operation has the same errors as the whole API.
    pub(crate) fn has_same_errors(&self, whole: &Self) -> bool {
        self.own.is_empty() && self.codes == whole.codes && self.codeless == whole.codeless
    }

    /// Whether one of its errors can have `Retry-After`. With 413, some clients upload again for no other reason, so
    /// only a promise sends it.
    #[must_use]
    pub fn may_ask_to_wait(&self) -> bool {
        self.retry_after || (self.retryable && self.status.get() != 413)
    }
}

/// The codes that operations send with a status that is not theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfOperations {
    /// The status.
    pub status: Status,
    /// The codes, each with the position of the operation, in the order of the operations.
    pub codes: Vec<(usize, CodeId)>,
}

/// A header that errors of a status carry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusHeader {
    /// Its name, in lower case.
    pub name: String,
    /// Its values, with examples of arguments, each once, in the order of the codes.
    pub values: Vec<String>,
    /// Whether all errors of the status carry it.
    pub always: bool,
}

/// An error without code: of a type that has no code for a status, or of the server's framework.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Codeless {
    /// The type.
    pub error_type: TypeId,
    /// The name of its example: the name of the type, with a suffix if another error of the status has the same name.
    pub example: String,
    /// The message, unless it is the message of the type.
    pub message: Option<String>,
    /// Whether an operation can answer with it: not where a path or method is unknown.
    pub of_operations: bool,
}

/// A line of the retryable list: a status with its codes, or the statuses that have none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retryable {
    /// The statuses, ascending; none for codes that have no status of their own.
    pub statuses: Vec<Status>,
    /// The retryable codes of the status, in the order of the file.
    pub codes: Vec<CodeId>,
}

/// A line of the list of errors that are not worth another try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotRetryable {
    /// All of a class but the retryable ones.
    Family {
        /// The class: 4 or 5.
        class: u8,
        /// Its retryable statuses, ascending.
        except: Vec<Status>,
        /// Why.
        reason: String,
    },
    /// One status.
    Status {
        /// The status.
        status: Status,
        /// Why.
        reason: String,
    },
    /// One code.
    Code {
        /// The code.
        code: CodeId,
        /// Why.
        reason: String,
    },
}

impl NotRetryable {
    /// Gives the code of the line another position, where it has one.
    pub(crate) fn move_code(&mut self, moved: impl Fn(CodeId) -> Option<CodeId>) {
        if let Self::Code { code, .. } = self {
            *code = moved(*code).unwrap_or(*code);
        }
    }

    /// What the line speaks of: a class, a status or a code.
    pub(crate) fn subject(&self) -> (Option<u8>, Option<Status>, Option<CodeId>) {
        match self {
            Self::Family { class, .. } => (Some(*class), None, None),
            Self::Status { status, .. } => (None, Some(*status), None),
            Self::Code { code, .. } => (None, None, Some(*code)),
        }
    }
}
