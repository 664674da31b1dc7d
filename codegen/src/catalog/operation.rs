//! What the API can be asked to do, and what can come of it.

use super::{CodeId, StatusGroup};

/// An operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// Its id, in the catalog and in OpenAPI.
    pub id: String,
    /// The name of its error in the crate.
    pub error: String,
    /// The method of the request.
    pub method: Method,
    /// The path of the request.
    pub path: String,
    /// The names of the parts of the path that vary, in the order of the path.
    pub path_params: Vec<String>,
    /// What tells its requests from those of other operations with the same method and path, if there are some.
    pub when: Option<String>,
    /// What it does.
    pub summary: Option<String>,
    /// The codes it can fail with, in the order of the catalog.
    pub codes: Vec<CodeId>,
    /// What it can answer with instead of a success, by status, ascending: its codes, and the errors
    /// without code that any operation can have.
    pub statuses: Vec<StatusGroup>,
}

impl Operation {
    /// The method and the path.
    #[must_use]
    pub fn request(&self) -> String {
        format!("{} {}", self.method.as_str(), self.path)
    }

    /// The method and the path, and the id where other operations have the same.
    #[must_use]
    pub fn distinct_request(&self) -> String {
        match &self.when {
            Some(_) => format!("{} ({})", self.request(), self.id),
            None => self.request(),
        }
    }
}

/// Whether a segment of a path contains the byte as it is (RFC 3986, section 3.3).
pub(crate) fn is_segment_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@%".contains(&byte)
}

/// Whether a part of a path that varies can have this name.
pub(crate) fn is_path_param(name: &str) -> bool {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    !name.is_empty() && name.bytes().all(is_word)
}

/// A set of codes that operations share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeSet {
    /// The name, without `@`.
    pub name: String,
    /// The codes, in the order of the set.
    pub codes: Vec<CodeId>,
}

/// The operations of one path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathGroup {
    /// The path.
    pub path: String,
    /// The requests to the path, in the order of their first operations.
    pub requests: Vec<Request>,
}

/// A method of a path, and the operations that have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// The id of the only operation. Of several, it is a name from the method and the path, which no operation has.
    pub id: String,
    /// The positions of the operations, ascending: at least one.
    pub operations: Vec<usize>,
    /// What several operations together can answer with instead of a success, by status, ascending. Those of an only
    /// operation are its own.
    pub statuses: Vec<StatusGroup>,
}

impl Request {
    /// The only operation, if there is one.
    #[must_use]
    pub fn only(&self) -> Option<usize> {
        match self.operations[..] {
            [only] => Some(only),
            _ => None,
        }
    }
}

/// The method of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// GET.
    Get,
    /// PUT.
    Put,
    /// POST.
    Post,
    /// DELETE.
    Delete,
    /// OPTIONS.
    Options,
    /// HEAD.
    Head,
    /// PATCH.
    Patch,
}

impl Method {
    /// The method as a request has it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
        }
    }
}
