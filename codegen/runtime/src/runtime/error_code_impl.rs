//! Methods of [`ErrorCode`], which read its row.

use crate::catalog::codes::{ALL, EXTRAS, OTHER_STATUSES, SINCE, WITHOUT_STATUS, row};
use crate::catalog::lookup;
use crate::catalog::settings::{CODE_FORM, DOCS_URL};
use crate::runtime::tables::{Extra, OtherStatus};
use crate::runtime::wire_name::named;
use crate::{Deprecation, ErrorCode, ErrorType, RetryRule};

/// The row of the codes that have none.
static NO_EXTRA: Extra = Extra {
    code: ALL[0],
    internal: false,
    headers: &[],
    header_templates: &[],
    ids: &[],
    causes: &[],
    fixes: &[],
    deprecation: None,
};

impl ErrorCode {
    /// All codes, in the order of the catalog.
    pub const ALL: &'static [Self] = &ALL;

    /// The code with this wire name.
    #[inline]
    #[must_use]
    pub fn from_wire(name: &str) -> Option<Self> {
        lookup::code(name)
    }

    /// The wire name of the code.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        row(self).name
    }

    /// The type of the code.
    #[must_use]
    pub const fn error_type(self) -> ErrorType {
        row(self).error_type
    }

    /// The HTTP status of a response with this code.
    #[must_use]
    pub const fn status(self) -> u16 {
        row(self).status
    }

    /// Whether a response with this code can have the status: it is the status of the code, or one that an operation
    /// states for it.
    ///
    /// ```
    /// use runtime::ErrorCode;
    ///
    /// let code = ErrorCode::FileNotFound;
    /// assert!(code.allows_status(code.status()));
    /// assert!(!code.allows_status(200));
    /// ```
    #[must_use]
    pub fn allows_status(self, status: u16) -> bool {
        self.status() == status || self.other_status(status).is_some()
    }

    /// The message of an error with this code, unless another is set.
    #[must_use]
    pub const fn message(self) -> &'static str {
        row(self).message
    }

    /// The request field that usually causes the error.
    #[must_use]
    pub const fn param(self) -> Option<&'static str> {
        some(row(self).param)
    }

    /// What went wrong, in one line; empty only where the catalog allows it.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        row(self).meaning
    }

    /// What to do about it, in one line; empty only where the catalog allows it.
    #[must_use]
    pub const fn fix(self) -> &'static str {
        row(self).fix
    }

    /// Whether and how a client may send the request again.
    #[must_use]
    pub const fn retry(self) -> RetryRule {
        row(self).retry
    }

    /// The URL of the code's page in the documentation.
    #[must_use]
    pub const fn doc_url(self) -> &'static str {
        row(self).doc_url
    }

    /// What usually causes the error, one line each.
    #[must_use]
    pub const fn causes(self) -> &'static [&'static str] {
        self.extra().causes
    }

    /// What else can be done about it, besides [`fix`](Self::fix), one line each.
    #[must_use]
    pub const fn other_fixes(self) -> &'static [&'static str] {
        self.extra().fixes
    }

    /// The names and values of the headers that only responses with this code have, unless a server
    /// replaces them with [`ApiError::with_header`](crate::ApiError::with_header).
    #[must_use]
    pub const fn headers(self) -> &'static [(&'static str, &'static str)] {
        self.extra().headers
    }

    /// The headers whose values contain arguments: `{name}` is an argument, `{{` and `}}` are braces. A
    /// response without the arguments does not have them.
    #[must_use]
    pub const fn header_templates(self) -> &'static [(&'static str, &'static str)] {
        self.extra().header_templates
    }

    /// External ids: names of systems, and what they call the error.
    #[must_use]
    pub const fn ids(self) -> &'static [(&'static str, &'static str)] {
        self.extra().ids
    }

    /// The external id of the code in a system, such as `errno`.
    ///
    /// ```
    /// use runtime::ErrorCode;
    ///
    /// for (system, id) in ErrorCode::FileNotFound.ids() {
    ///     assert_eq!(ErrorCode::FileNotFound.id(system), Some(*id));
    /// }
    /// assert_eq!(ErrorCode::FileNotFound.id("no system"), None);
    /// ```
    #[must_use]
    pub fn id(self, system: &str) -> Option<&'static str> {
        let mut ids = self.ids().iter();
        ids.find_map(|(known, id)| (*known == system).then_some(*id))
    }

    /// Whether the code is internal: not shown in documents and on pages.
    #[must_use]
    pub const fn is_internal(self) -> bool {
        self.extra().internal
    }

    /// The version of the API that introduced the code, if the catalog states it.
    #[must_use]
    pub const fn since(self) -> Option<&'static str> {
        // The table is empty if the catalog states no version.
        if (self as usize) < SINCE.len() {
            some(SINCE[self as usize])
        } else {
            None
        }
    }

    /// The deprecation of the code, if it is deprecated.
    #[must_use]
    pub const fn deprecation(self) -> Option<Deprecation> {
        self.extra().deprecation
    }

    /// Whether the code is deprecated: servers should send another.
    #[must_use]
    pub const fn is_deprecated(self) -> bool {
        self.deprecation().is_some()
    }

    /// The code as a number, if the codes of the API are numbers and it is not negative.
    #[must_use]
    pub fn number(self) -> Option<u64> {
        self.integer().and_then(|number| number.try_into().ok())
    }

    /// The code as a number with its sign, if the codes of the API are numbers.
    #[must_use]
    pub fn integer(self) -> Option<i64> {
        if CODE_FORM.is_number() {
            CODE_FORM.sent(self).parse().ok()
        } else {
            None
        }
    }

    /// What only some codes have. The rows are sorted by code.
    const fn extra(self) -> &'static Extra {
        let mut first = 0;
        let mut end = EXTRAS.len();
        while first < end {
            let middle = first + (end - first) / 2;
            let found = EXTRAS[middle].code as usize;
            if found == self as usize {
                return &EXTRAS[middle];
            }
            if found < self as usize {
                first = middle + 1;
            } else {
                end = middle;
            }
        }
        &NO_EXTRA
    }

    /// The name of the code's page and files: unique, and valid on every file system.
    #[must_use]
    pub fn slug(self) -> &'static str {
        let (before, after) = DOCS_URL;
        let url = self.doc_url();
        &url[before.len()..url.len() - after.len()]
    }

    /// The statuses other than its own with which operations send the code.
    pub(crate) fn other_statuses(self) -> impl Iterator<Item = &'static OtherStatus> {
        OTHER_STATUSES.iter().filter(move |row| row.code == self)
    }

    /// Whether a body with the code can be in a response with the status. One with a code that has no status of its own
    /// can be in any.
    pub(crate) fn can_be_in(self, status: u16) -> bool {
        self.allows_status(status) || WITHOUT_STATUS.contains(&self)
    }

    fn other_status(self, status: u16) -> Option<&'static OtherStatus> {
        self.other_statuses().find(|row| row.status == status)
    }

    /// Whether and how a client may send the request again that failed with this code and a status.
    #[inline]
    pub(crate) fn retry_with(self, status: u16) -> RetryRule {
        let row = row(self);
        if OTHER_STATUSES.is_empty() || row.status == status {
            return row.retry;
        }
        self.other_status(status)
            .map_or(row.retry, |other| other.retry)
    }

    pub(crate) const fn template(self) -> Option<&'static str> {
        some(row(self).template)
    }
}

/// `None` for an empty string of a row.
const fn some(text: &'static str) -> Option<&'static str> {
    if text.is_empty() { None } else { Some(text) }
}

/// Writes the name of the variant.
impl core::fmt::Debug for ErrorCode {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.write_str(row(*self).variant)
    }
}

named!(ErrorCode, CODE_FORM);
