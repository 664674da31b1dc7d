//! What the API can be asked to do, and what can come of it.

use super::own_error::of_code;
use super::{Catalog, CodeId, OwnError, RetryRule, Sent, Status, StatusGroup};

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
    /// What it states of some of them, in the same order.
    pub own: Vec<OwnError>,
    /// What it can answer with instead of a success, by status, ascending: its codes, and the errors
    /// without code that any operation can have.
    pub statuses: Vec<StatusGroup>,
}

impl Operation {
    /// What the operation states of a code.
    #[must_use]
    pub fn own(&self, code: CodeId) -> Option<&OwnError> {
        of_code(&self.own, code).first()
    }

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

impl Catalog {
    /// The codes of an operation as it sends them, in the order of the catalog.
    pub fn sent_by<'a>(
        &'a self,
        operation: &'a Operation,
    ) -> impl Iterator<Item = Sent<'a>> + Clone {
        self.sent(&operation.codes, &operation.own)
    }

    /// The codes of a status as they are sent with it, in the order of the catalog. Several operations of a request can
    /// send a code in several ways.
    pub fn sent_with<'a>(
        &'a self,
        group: &'a StatusGroup,
    ) -> impl Iterator<Item = Sent<'a>> + Clone {
        self.sent(&group.codes, &group.own)
    }

    fn sent<'a>(
        &'a self,
        codes: &'a [CodeId],
        own: &'a [OwnError],
    ) -> impl Iterator<Item = Sent<'a>> + Clone {
        codes.iter().flat_map(|id| {
            let code = &self[*id];
            let own = of_code(own, *id);
            let alone = own.is_empty().then(|| Sent::alone(code));
            let own = own.iter().map(move |own| Sent {
                code,
                own: Some(own),
            });
            alone.into_iter().chain(own)
        })
    }

    /// What operations state of their codes, each with its operation, in the order of the operations.
    pub fn own_errors(&self) -> impl Iterator<Item = (&Operation, &OwnError)> {
        let operations = self.operations.iter();
        operations.flat_map(|operation| operation.own.iter().map(move |own| (operation, own)))
    }

    /// The statuses other than their own with which operations send codes: each code and status once, with the rule
    /// that follows; sorted.
    #[must_use]
    pub fn other_statuses(&self) -> Vec<(CodeId, Status, RetryRule)> {
        let own = self.own_errors();
        let others = own.filter(|(_, own)| own.status != self[own.code].status.sent());
        let mut others: Vec<_> = others
            .map(|(_, own)| (own.code, own.status, own.retry))
            .collect();
        others.sort_by_key(|(code, status, _)| (*code, *status));
        others.dedup_by_key(|(code, status, _)| (*code, *status));
        others
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
