//! The status of a code, which can depend on the operation, and what follows from it.

use codegen::catalog::{CodeId, Status};

use super::body::Bodies;
use super::style::Style;

impl Bodies<'_> {
    /// What is wrong with the status of a code, if operations state other statuses for it: then the body alone does not
    /// tell. The operations are those that the request can be of; without one, any status of the code is right.
    pub(super) fn status_in(
        &self,
        operations: Option<&[usize]>,
        code: CodeId,
        status: u16,
    ) -> Option<String> {
        if !self.varied.contains(&code) || !matches!(status, 400..=599) {
            return None;
        }
        let of_code = self.catalog[code].status.sent().get();
        let sent = |at: &usize| {
            let own = self.catalog.operations[*at].own(code);
            own.map_or(of_code, |own| own.status.get())
        };
        let (wanted, is_right) = match operations {
            Some(all) => (sent(&all[0]), all.iter().any(|at| sent(at) == status)),
            None => (
                of_code,
                self.others.contains_key(&(code, status)) || of_code == status,
            ),
        };
        if is_right || self.is_of_framework(code, status) {
            return None;
        }
        Some(match operations {
            Some([only]) => {
                let id = &self.catalog.operations[*only].id;
                format!(
                    "the status is {status}, that of the code is {wanted} in the operation `{id}`"
                )
            }
            Some(_) => format!(
                "the status is {status}, which no operation of the request has for the code"
            ),
            None => format!("the status is {status}, that of the code is {wanted}"),
        })
    }

    /// Whether the framework sends a code with a status.
    pub(super) fn is_of_framework(&self, code: CodeId, status: u16) -> bool {
        let mut framework = self.catalog.framework.iter();
        framework
            .any(|error| error.code == Some(code) && error.sent.map(Status::get) == Some(status))
    }

    /// Whether the catalog says that a retry can help.
    pub(super) fn is_retryable(&self, code: Option<CodeId>, status: u16) -> bool {
        match code {
            Some(code) => {
                let other = self.others.get(&(code, status));
                other.unwrap_or(&self.catalog[code].retry).is_retryable()
            }
            None => {
                let mut statuses = self.catalog.retry.statuses.iter();
                statuses.any(|known| known.get() == status)
            }
        }
    }

    /// Whether codes of several namespaces have one name in some style.
    pub(super) fn shares_names(&self) -> bool {
        self.styles.iter().any(Style::shares_names)
    }
}
