//! Judges exchanges by the rules of a catalog.

mod body;
mod cache;
mod details;
mod headers;
mod of_exchange;
mod operations;
mod read;
mod request;
mod status;
mod stream;
mod style;

use codegen::catalog::CodeId;
use codegen::{Catalog, Rule};

use crate::exchange::{Body, Exchange, Outcome, Request, Response};
use crate::finding::{Reason, Subject};
use crate::recording::Sink;
use crate::tally::Tally;
use body::{Bodies, Reading};
use cache::Cache;
use headers::{Found, Results};
use of_exchange::OfExchange;
use operations::Operations;
use request::{Choices, is_below, path_of};
use stream::Ended;
pub use stream::StreamEnd;
use style::Listed;

/// What a catalog does not say about its servers.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The events that end a stream without an error.
    pub stream_ends: Vec<StreamEnd>,
    /// The beginnings of the addresses that are judged; if there are none, all are. An address from the path on is
    /// judged in any case.
    pub addresses: Vec<String>,
}

/// The tables of a catalog that exchanges are judged by.
///
/// ```
/// use error_catalog_audit::exchange::{Body, Exchange, Headers, Outcome, Place, Repeated, Request, Response};
/// use error_catalog_audit::judge::{Judge, Settings};
/// # use codegen as error_catalog_codegen;
/// use error_catalog_codegen::{Inputs, Source, compile};
///
/// let catalog = "\
/// version: 1
/// api: { title: Example, docs_url: https://docs.example.com, crate: example-errors }
/// types:
///   request_error: { status: 400, meaning: The request is wrong }
/// codes:
///   bad_name: { type: request_error, meaning: The name is taken, fix: Choose another }
/// ";
/// let inputs = Inputs::new(Source::new("catalog.yaml", catalog.into()));
/// let catalog = compile(&inputs).value.expect("the catalog has no errors");
/// let judge = Judge::new(&catalog, Settings::default());
/// let mut session = judge.session();
/// session.judge(&Exchange {
///     place: Place { recording: 0, exchange: 1 },
///     request: Request {
///         method: Some("GET".into()),
///         target: Some("/names".into()),
///         headers: Headers { fields: Vec::new(), repeated: Repeated::Kept },
///     },
///     outcome: Outcome::Response(Response {
///         status: 400,
///         headers: Headers { fields: Vec::new(), repeated: Repeated::Kept },
///         body: Body::Whole(b"Bad Request".into()),
///     }),
/// });
/// let tally = session.finish();
/// assert_eq!(tally.groups().next().map(|group| group.rule.id()), Some("no-envelope"));
/// ```
#[derive(Debug)]
pub struct Judge<'c> {
    catalog: &'c Catalog,
    settings: Settings,
    bodies: Bodies<'c>,
    choices: Choices<'c>,
    operations: Operations,
    /// The codes of framework errors, which any operation can answer with.
    of_framework: Vec<CodeId>,
}

/// Judges exchanges one after another.
#[derive(Debug)]
pub struct Session<'j> {
    judge: &'j Judge<'j>,
    cache: Cache,
    tally: Tally<'j>,
}

impl<'c> Judge<'c> {
    /// The judge for servers that a catalog describes.
    #[must_use]
    pub fn new(catalog: &'c Catalog, settings: Settings) -> Self {
        let framework = catalog.framework.iter();
        Self {
            catalog,
            settings,
            bodies: Bodies::new(catalog),
            choices: Choices::new(catalog),
            operations: Operations::new(catalog),
            of_framework: framework.filter_map(|error| error.code).collect(),
        }
    }

    /// A new session. Sessions can run in threads of their own; their tallies are merged.
    #[must_use]
    pub fn session(&self) -> Session<'_> {
        Session {
            judge: self,
            cache: Cache::new(),
            tally: Tally::new(self.catalog),
        }
    }

    /// Those of some operations that list a code.
    fn listing(&self, operations: &[usize], code: CodeId) -> impl Iterator<Item = usize> {
        let all = &self.catalog.operations;
        let operations = operations.iter().copied();
        operations.filter(move |operation| all[*operation].codes.binary_search(&code).is_ok())
    }

    fn is_judged(&self, request: &Request<'_>) -> bool {
        let addresses = &self.settings.addresses;
        match &request.target {
            Some(target) if !addresses.is_empty() && !target.starts_with('/') => {
                addresses.iter().any(|start| is_below(target, start))
            }
            _ => true,
        }
    }
}

impl Sink for Session<'_> {
    fn exchange(&mut self, exchange: &Exchange<'_>) {
        self.judge(exchange);
    }
}

impl<'j> Session<'j> {
    /// Judges an exchange.
    pub fn judge(&mut self, exchange: &Exchange<'_>) {
        if !self.judge.is_judged(&exchange.request) {
            self.tally.counts.elsewhere += 1;
            return;
        }
        self.tally.counts.exchanges += 1;
        match &exchange.outcome {
            Outcome::None(_) => self.tally.counts.unanswered += 1,
            Outcome::Mistaken(_) => self.tally.counts.mistaken += 1,
            Outcome::Response(response) => match response.status {
                400..=599 => self.error(exchange, response),
                200..=299 => self.success(exchange, response),
                _ => {}
            },
        }
    }

    /// What was found.
    #[must_use]
    pub fn finish(self) -> Tally<'j> {
        self.tally
    }

    fn error(&mut self, exchange: &Exchange<'_>, response: &Response<'_>) {
        let judge = self.judge;
        self.tally.counts.errors += 1;
        let request = &exchange.request;
        let path = request.target.as_deref().map(path_of);
        let styles = judge.choices.styles(request, path);
        let status = response.status;
        let operations = self.operations(request, path);
        let is_head = request.method.as_deref() == Some("HEAD");
        let reading = match &response.body {
            _ if is_head => Err(Reason::NoBody),
            Body::Whole(body) | Body::Parsed(body) => {
                let listed = Listed::by(judge.catalog, operations);
                let read = || judge.bodies.read(body, styles, status, listed);
                let key = (styles, status, operations.first().copied());
                Ok(self.cache.get(body, key, read))
            }
            Body::Cut(_) => Err(Reason::BodyCut),
            Body::Unknown(unknown) => Err(Reason::from(*unknown)),
        };
        let mut results = self.results(exchange, path, status, reading.as_deref().ok());
        match &reading {
            Ok(reading) => results.body(reading, request, response),
            Err(reason) => {
                for rule in OF_BODIES {
                    results.skip(rule, *reason);
                }
            }
        }
        let headers = &response.headers;
        let found = Found::new(headers, &judge.catalog.envelope.request_id);
        let reading = reading.as_deref().ok();
        let bodies = &judge.bodies;
        bodies.headers(headers, &found, styles, status, reading, &mut results);
        self.tally.seen.status(status);
    }

    fn success(&mut self, exchange: &Exchange<'_>, response: &Response<'_>) {
        let judge = self.judge;
        let found = Found::new(&response.headers, &judge.catalog.envelope.request_id);
        let is_stream = found
            .media_type()
            .is_some_and(|found| found.eq_ignore_ascii_case("text/event-stream"));
        if is_stream {
            return self.stream(exchange, response, &found);
        }
        let body = match &response.body {
            Body::Whole(body) | Body::Parsed(body) => body,
            Body::Cut(_) => return self.skip(Rule::ErrorWithSuccessStatus, Reason::BodyCut),
            Body::Unknown(unknown) => {
                let reason = Reason::from(*unknown);
                return self.skip(Rule::ErrorWithSuccessStatus, reason);
            }
        };
        let path = exchange.request.target.as_deref().map(path_of);
        let operations = self.operations(&exchange.request, path);
        let listed = Listed::by(judge.catalog, operations);
        let Some(reading) = judge.bodies.error_in(body, listed) else {
            return;
        };
        let status = response.status;
        let mut results = self.results(exchange, path, status, Some(&reading));
        let text = format!("the body is an error, the status is {status}");
        results.find(Rule::ErrorWithSuccessStatus, text);
    }

    fn stream(&mut self, exchange: &Exchange<'_>, response: &Response<'_>, found: &Found<'_>) {
        let judge = self.judge;
        self.tally.counts.streams += 1;
        let path = exchange.request.target.as_deref().map(path_of);
        let (body, is_cut) = match &response.body {
            Body::Whole(body) | Body::Parsed(body) => (body, false),
            Body::Cut(body) => (body, true),
            Body::Unknown(unknown) => {
                return self.skip(Rule::UnfinishedStream, Reason::from(*unknown));
            }
        };
        let styles = judge.choices.styles(&exchange.request, path);
        let ends = &judge.settings.stream_ends;
        let operations = self.operations(&exchange.request, path);
        let listed = Listed::by(judge.catalog, operations);
        let ended = stream::read(&judge.bodies, ends, styles, body, listed);
        let reading = match &ended {
            Ended::Error(reading) => Some(&**reading),
            Ended::Marked | Ended::Open | Ended::InEvent => None,
        };
        let mut results = self.results(exchange, path, response.status, reading);
        let unfinished = match ended {
            Ended::Error(reading) => {
                results.body(&reading, &exchange.request, response);
                if let (Some(header), Some(event)) = (found.request_id(), &reading.request_id)
                    && header.trim() != event
                {
                    let text = "the request id in the event is not that of the header";
                    results.find(Rule::RequestIdDiffers, text.to_owned());
                }
                return;
            }
            Ended::Marked => return,
            _ if is_cut => "the connection broke before an end marker or an error event",
            Ended::InEvent => "the stream ends in the middle of an event",
            Ended::Open if ends.is_empty() => {
                return results.skip(Rule::UnfinishedStream, Reason::NoStreamEnd);
            }
            Ended::Open => "the stream ends without an end marker or an error event",
        };
        results.find(Rule::UnfinishedStream, unfinished.to_owned());
    }

    fn skip(&mut self, rule: Rule, reason: Reason) {
        self.tally.skip(rule, reason);
    }

    /// The operations that a request can be of, if codes of several namespaces have one name: then they tell which of
    /// the codes a body has.
    fn operations(&self, request: &Request<'_>, path: Option<&str>) -> &'j [usize] {
        match (&request.method, path) {
            (Some(method), Some(path)) if self.judge.bodies.shares_names() => {
                self.judge.operations.find(method, path)
            }
            _ => &[],
        }
    }

    /// What takes the findings of an exchange.
    fn results<'s>(
        &'s mut self,
        exchange: &'s Exchange<'_>,
        path: Option<&str>,
        status: u16,
        reading: Option<&Reading>,
    ) -> OfExchange<'s, 'j> {
        let request = &exchange.request;
        let find = |method: &str, path| self.judge.operations.find(method, path);
        let operations = match (&request.method, path) {
            (Some(method), Some(path)) => match find(method, path) {
                [] => Err(Reason::NoOperation),
                found => Ok(found),
            },
            _ => Err(Reason::RequestLeftOut),
        };
        let subject = reading.map(|reading| reading.subject.clone());
        OfExchange {
            judge: self.judge,
            tally: &mut self.tally,
            exchange,
            operations,
            subject: subject.unwrap_or(Subject::Status(status)),
        }
    }
}

/// The rules about the body of an error.
const OF_BODIES: [Rule; 8] = [
    Rule::NoEnvelope,
    Rule::UndeclaredCode,
    Rule::RetiredCodeSent,
    Rule::UndeclaredType,
    Rule::WrongStatus,
    Rule::WrongType,
    Rule::WrongDetails,
    Rule::SentMessageLeaks,
];
