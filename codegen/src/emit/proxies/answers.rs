//! What proxies answer: the error of each status, in each style.

use std::collections::BTreeSet;

use super::super::example_body;
use super::text::{Piece, REQUEST_ID, pieces};
use crate::catalog::{Catalog, Condition, Example, FrameworkAnswer, Shape, Status, StatusClass};

/// The errors of all statuses.
pub(super) struct Answers<'a> {
    /// The header of the request id.
    pub(super) header: &'a str,
    /// The styles of the bodies. The first is sent to requests that no choice fits.
    pub(super) styles: Vec<&'a Shape>,
    /// Which requests get which style, by its position, in the order in which the choices apply.
    pub(super) choices: Vec<(&'a Condition, usize)>,
    /// The media types of all bodies of the API, each once.
    pub(super) media_types: Vec<&'a str>,
    /// The errors, ascending by the status that they replace.
    pub(super) all: Vec<Answer>,
    /// The errors of the other statuses, by class: 4 and 5.
    pub(super) others: [Answer; 2],
}

/// The error that a proxy sends for a status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Answer {
    /// The status that it replaces.
    pub(super) status: Status,
    /// The status that is sent.
    pub(super) sent: Status,
    pub(super) retryable: bool,
    /// The seconds in `Retry-After`.
    pub(super) retry_after: Option<u64>,
    /// The body in each style.
    pub(super) bodies: Vec<Vec<Piece>>,
}

/// Which status is sent with an error.
#[derive(Clone, Copy)]
pub(super) enum Statuses {
    /// The one that the catalog states.
    Stated,
    /// The one that the error replaces, in a proxy that cannot change it.
    Kept,
}

/// Whether bodies contain the request id.
#[derive(Clone, Copy)]
pub(super) enum Ids {
    Written,
    /// In files, which are the same for all requests.
    Missing,
}

impl Answer {
    /// The value of `x-should-retry`.
    pub(super) const fn should_retry(&self) -> &'static str {
        if self.retryable { "true" } else { "false" }
    }

    /// Whether another status gets the same response.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let is_changed = self.status != self.sent || other.status != other.sent;
        self.bodies == other.bodies
            && self.retryable == other.retryable
            && self.retry_after == other.retry_after
            && (!is_changed || self.sent == other.sent)
    }
}

impl<'a> Answers<'a> {
    pub(super) fn new(catalog: &'a Catalog, statuses: Statuses, ids: Ids) -> Self {
        let envelope = &catalog.envelope;
        let mut styles = vec![envelope.default_shape()];
        let mut choices = Vec::with_capacity(envelope.choices.len());
        for choice in &envelope.choices {
            let mut known = styles.iter();
            let position = known.position(|shape| shape.name == choice.style);
            let shape = envelope.shapes.iter().find(|one| one.name == choice.style);
            // A choice names a style of the API.
            let Some(shape) = shape else { continue };
            let position = position.unwrap_or_else(|| {
                styles.push(shape);
                styles.len() - 1
            });
            choices.push((&choice.condition, position));
        }
        let mut media_types: Vec<&str> = Vec::new();
        for shape in &envelope.shapes {
            if !media_types.contains(&shape.content_type.as_str()) {
                media_types.push(&shape.content_type);
            }
        }
        let writer = Writer {
            catalog,
            styles: &styles,
            statuses,
            ids,
        };
        let all = replaced(catalog).into_iter();
        let all = all.map(|status| writer.answer(status)).collect();
        let others = [400, 500].map(|status| writer.other(status));
        Self {
            header: &envelope.request_id,
            styles,
            choices,
            media_types,
            all,
            others,
        }
    }

    /// The errors that have the same response, each with the statuses that it replaces.
    pub(super) fn groups(&self) -> Vec<Vec<&Answer>> {
        let mut groups: Vec<Vec<&Answer>> = Vec::new();
        for answer in &self.all {
            match groups.iter_mut().find(|group| group[0].is_like(answer)) {
                Some(group) => group.push(answer),
                None => groups.push(vec![answer]),
            }
        }
        groups
    }
}

/// Statuses in wide use that HTTP does not register.
const UNREGISTERED: [u16; 2] = [418, 529];

/// The statuses that have an error of their own: those that HTTP registers, those in wide use, and those of the catalog.
fn replaced(catalog: &Catalog) -> BTreeSet<Status> {
    let all = (400..600).filter_map(Status::new);
    let registered =
        all.filter(|status| status.reason().is_some() || UNREGISTERED.contains(&status.get()));
    let stated = catalog
        .framework
        .iter()
        .filter_map(|error| match error.status {
            StatusClass::Status(status) => Some(status),
            StatusClass::Family(_) => None,
        });
    let of_errors = catalog.statuses.iter().map(|group| group.status);
    registered.chain(stated).chain(of_errors).collect()
}

struct Writer<'a> {
    catalog: &'a Catalog,
    styles: &'a [&'a Shape],
    statuses: Statuses,
    ids: Ids,
}

impl Writer<'_> {
    fn answer(&self, status: Status) -> Answer {
        let answer = self.catalog.framework_answer(status);
        let sent = match self.statuses {
            Statuses::Stated => answer.sent,
            Statuses::Kept => status,
        };
        self.write(status, &FrameworkAnswer { sent, ..answer })
    }

    /// The error of a status that nothing is known about. It is sent with the first status of its class, as which
    /// clients treat it (RFC 9110, section 15).
    fn other(&self, first: u64) -> Answer {
        // Both are statuses of errors.
        let status = Status::new(first).unwrap_or(self.catalog.types[0].statuses.default());
        let mut stated = self.catalog.framework.iter();
        let of_family = stated.find(|error| error.status == StatusClass::Family(status.class()));
        let answer = match of_family {
            Some(error) => self.catalog.answer_of(error, status),
            None => self.catalog.framework_answer(status),
        };
        self.write(status, &answer)
    }

    fn write(&self, status: Status, answer: &FrameworkAnswer<'_>) -> Answer {
        let example = Example {
            request_id: match self.ids {
                Ids::Written => Some(REQUEST_ID),
                Ids::Missing => None,
            },
            status: answer.sent,
            ..answer.example(self.catalog)
        };
        let bodies = self.styles.iter();
        let bodies = bodies.map(|shape| {
            let body = example_body::body(self.catalog, &example, shape);
            pieces(&body.into())
        });
        Answer {
            status,
            sent: answer.sent,
            retryable: example.retryable,
            retry_after: example.retry_after,
            bodies: bodies.collect(),
        }
    }
}
