//! The findings of an exchange.

use codegen::Rule;

use super::Judge;
use super::body::Reading;
use super::headers::Results;
use super::request::repeats_credentials;
use crate::exchange::{Body, Exchange, Request, Response};
use crate::finding::{Finding, Reason, Subject};
use crate::tally::Tally;

/// The findings of an exchange.
pub(super) struct OfExchange<'s, 'j> {
    pub(super) judge: &'j Judge<'j>,
    pub(super) tally: &'s mut Tally<'j>,
    pub(super) exchange: &'s Exchange<'s>,
    /// The operations that the request can be of: several where they share the method and the path.
    pub(super) operations: Result<&'j [usize], Reason>,
    pub(super) subject: Subject,
}

impl Results for OfExchange<'_, '_> {
    fn find(&mut self, rule: Rule, text: String) {
        let finding = Finding {
            rule,
            subject: self.subject.clone(),
            operation: self.operation(),
            text,
        };
        self.tally.add(finding, &self.exchange.place);
    }

    fn skip(&mut self, rule: Rule, reason: Reason) {
        self.tally.skip(rule, reason);
    }
}

impl OfExchange<'_, '_> {
    /// The operation of the request, unless it can be several.
    fn operation(&self) -> Option<usize> {
        match self.operations.ok()? {
            [only] => Some(*only),
            _ => None,
        }
    }

    /// Takes what a body or event says.
    pub(super) fn body(
        &mut self,
        reading: &Reading,
        request: &Request<'_>,
        response: &Response<'_>,
    ) {
        for (rule, text) in &reading.findings {
            self.find(*rule, text.clone());
        }
        if let (Some(_), false, Body::Whole(body) | Body::Parsed(body)) =
            (reading.style, reading.is_constant, &response.body)
            && repeats_credentials(request, body)
        {
            let text = "the body repeats the credentials of the request".to_owned();
            self.find(Rule::SentMessageLeaks, text);
        }
        self.tally
            .seen
            .error(reading.subject.code(), reading.error_type);
        let Subject::Code(code) = self.subject else {
            return;
        };
        let catalog = self.judge.catalog;
        if catalog.operations.is_empty() {
            return;
        }
        let bodies = &self.judge.bodies;
        let wrong = bodies.status_in(self.operations.ok(), code, response.status);
        if let Some(text) = wrong {
            self.find(Rule::WrongStatus, text);
        }
        match self.operations {
            Ok(candidates) => {
                let mut listing = self.judge.listing(candidates, code);
                let first = listing.next();
                // Of several operations that list the code, it could be any.
                let only_one = first.filter(|_| listing.next().is_none());
                if let Some(operation) = self.operation().or(only_one) {
                    self.tally.seen.pair(operation, code);
                }
                if first.is_none() && !self.judge.of_framework.contains(&code) {
                    let operation = &catalog.operations[candidates[0]];
                    let text = match candidates {
                        [_] => format!("the operation `{}` does not list the code", operation.id),
                        _ => format!("no operation of `{}` lists the code", operation.request()),
                    };
                    self.find(Rule::UnlistedCode, text);
                }
            }
            Err(reason) => self.skip(Rule::UnlistedCode, reason),
        }
    }
}
