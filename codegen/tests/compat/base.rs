//! A catalog that has every field, and what becomes of it.

use codegen::compat::{Diff, diff};
use codegen::release::{NotReleased, Release, Todo, release};
use codegen::report::{Style, human};
use codegen::{Inputs, Source};
use jiff::civil::{Date, date};

pub(crate) use crate::comparing::{differences, edited, inputs};

/// The day of all releases.
pub(crate) const DAY: Date = date(2026, 11, 24);

/// Every field of every kind of entry, each on a line of its own.
pub(crate) const BASE: &str = "\
version: 1
api:
  title: Photo API
  docs_url: https://docs.example.com/errors
  crate: photo-errors
  version: 1.0.0
  license: { name: MIT }
  repository: https://example.com/photos
  documentation: https://docs.example.com/crate
  publish: [internal]
  contact: { name: Photo team }
  servers:
    - url: https://api.example.com
envelope:
  style: [openai]
  param: omit
  code: string
  details: true
  request_id: x-request-id
  intro: An error looks like this.
  example: { code: busy }
  notes:
    - It is always JSON.
error_ids:
  notes:
    - Send it along.
  see:
    - { text: Support, url: https://example.com/support }
retry:
  statuses: [503]
  backoff: { initial_ms: 500 }
  max_retry_after: 30
  not_retryable:
    - { status: 404, reason: it is gone }
  notes:
    - Wait a little.
  see:
    - { text: Waiting, url: https://example.com/wait }
openapi:
  closed: false
types:
  request_error:
    status: [400, 404, 413]
    meaning: The request is wrong
    message: The request cannot be answered.
    rust: RequestError
  other_error:
    status: [400, 413]
    meaning: Something else is wrong
    rust: OtherError
    rust_aliases: [MiscError]
  server_error:
    status: [500, 503]
    meaning: The service failed
codes:
  too_large:
    type: request_error
    status: 413
    message: The photo {name} of {size} bytes is too large.
    args:
      name:
        kind: string
        meaning: Its name
        example: a.png
        sensitive: false
        nullable: true
        absent: without a name
        rust: file_name
        x-source: form
      size: { kind: u64 }
    param: photo
    meaning: The photo is too large
    fix: Send a smaller one
    description: Photos have at most 8 MB.
    causes: [A camera made it]
    fixes: [Buy another plan]
    audience: public
    headers: { x-limit: \"8\" }
    ids: { errno: EFBIG }
    retry: never
    group: [Photos]
    since: 1.0.0
    see:
      - { text: Limits, url: https://example.com/limits }
    rust: TooLarge
    rust_aliases: [TooBig]
    slug: too-large
    aliases: [big]
    x-owner: photos
  own_row:
    type: other_error
    status: 404
    meaning: Nothing is there
    fix: Look elsewhere
    type_row: Nothing is there, in the table of types
  old_one:
    type: request_error
    meaning: It is old
    fix: Use the new one
    deprecated: { use: too_large }
  busy:
    type: server_error
    status: 503
    meaning: The service is busy
    fix: Wait
    retry: after
  down:
    type: server_error
    status: 503
    meaning: The service is down
    fix: Wait for it
    retry: backoff
  hidden:
    type: server_error
    meaning: The shard is gone
    fix: Ask the operators
    audience: internal
retired:
  gone:
    since: 1.0.0
    reason: Nobody sent it
    use: too_large
    slug: gone-page
    aliases: [went]
    audience: public
operations:
  upload:
    method: POST
    path: /photos
    summary: Keeps a photo
    errors: [busy, hidden, too_large]
    rust: Upload
framework:
  - status: 404
    type: request_error
    as: 404
    message: There is nothing here.
  - { status: 413, code: too_large }
lint:
  levels: { missing-meaning: \"off\", missing-fix: \"off\", unreturned-code: \"off\" }
";

/// A lock as it stands beside a catalog.
pub(crate) fn lock(text: &str) -> Source {
    Source::new("catalog.lock", text.as_bytes().to_vec())
}

/// A catalog and its lock after some releases.
#[derive(Clone, Default)]
pub(crate) struct Released {
    pub(crate) catalog: String,
    pub(crate) lock: Option<Source>,
}

impl Released {
    /// The first release of a catalog.
    pub(crate) fn first(catalog: &str) -> Self {
        let start = Self::default();
        start.then(catalog, "1.0.0")
    }

    /// The next release, of this catalog.
    pub(crate) fn then(&self, catalog: &str, version: &str) -> Self {
        let inputs = inputs(catalog).with_lock(self.lock.clone());
        match self.release(catalog, version) {
            Ok(release) => Self {
                catalog: match &release.texts[..] {
                    [(_, text)] => text.clone(),
                    _ => catalog.to_owned(),
                },
                lock: Some(lock(&release.lock)),
            },
            Err(NotReleased::Findings(found)) => panic!("{}", human(&inputs, &found, Style::Plain)),
            Err(other) => panic!("{other:?}"),
        }
    }

    pub(crate) fn release(&self, catalog: &str, version: &str) -> Result<Release, NotReleased> {
        let inputs = inputs(catalog).with_lock(self.lock.clone());
        release(&inputs, version, DAY, Todo::Refused)
    }

    /// What changed from the last release to a catalog.
    pub(crate) fn differences(&self, catalog: &str) -> Diff {
        let old = Inputs::new(self.lock.clone().unwrap());
        diff(&old, &inputs(catalog)).unwrap()
    }
}
