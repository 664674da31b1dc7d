//! A change for each row of the table, made to the catalog that has every field.

mod codes;
mod meanings;
mod operation_errors;
mod rust_names;
mod shapes;

use codegen::compat::Kind;
use serde_yaml::Value;

use super::base::BASE;

/// An edit of a catalog: a path, the value there, and the new one, as YAML. `null` as the old value adds the key;
/// `null` as the new value removes it.
type Edit = (&'static str, &'static str, &'static str);

/// Two catalogs that differ in one thing.
pub(crate) struct Mutation {
    /// The row of the table that judges it.
    pub(crate) row: (Kind, &'static str),
    /// The cell of the row, and the case in it.
    pub(crate) change: &'static str,
    pub(crate) when: &'static str,
    pub(crate) old: String,
    pub(crate) new: String,
    /// The rules of the changes that follow from it.
    pub(crate) also: &'static [&'static str],
}

impl Mutation {
    fn when(&mut self, when: &'static str) -> &mut Self {
        self.when = when;
        self
    }

    fn also(&mut self, rules: &'static [&'static str]) -> &mut Self {
        self.also = rules;
        self
    }
}

/// The base after edits.
fn with(edits: &[Edit]) -> String {
    let mut catalog = parse(BASE);
    for (path, old, new) in edits {
        let (parents, key) = path.rsplit_once('.').unwrap_or(("", path));
        let mut parent = &mut catalog;
        for part in parents.split_terminator('.') {
            parent = match part.parse::<usize>() {
                Ok(index) => &mut parent[index],
                Err(_) => &mut parent[part],
            };
        }
        let [old, new] = [old, new].map(|value| parse(value));
        let replaced = match parent {
            Value::Sequence(list) => {
                assert!(new.is_null(), "{path}: an entry of a list is only removed");
                list.remove(key.parse().unwrap())
            }
            Value::Mapping(map) if new.is_null() => map.shift_remove(key).unwrap_or_default(),
            Value::Mapping(map) => map.insert(key.into(), new).unwrap_or_default(),
            other => panic!("{path}: {other:?}"),
        };
        assert_eq!(replaced, old, "{path}");
    }
    serde_yaml::to_string(&catalog).unwrap()
}

fn parse(text: &str) -> Value {
    serde_yaml::from_str(text).unwrap()
}

#[derive(Default)]
struct Mutations(Vec<Mutation>);

impl Mutations {
    fn add(
        &mut self,
        row: (Kind, &'static str),
        change: &'static str,
        [old, new]: [&[Edit]; 2],
    ) -> &mut Mutation {
        self.0.push(Mutation {
            row,
            change,
            when: "",
            old: with(old),
            new: with(new),
            also: &[],
        });
        self.0.last_mut().unwrap()
    }

    /// A value becomes another.
    fn changed(&mut self, kind: Kind, edit: Edit) -> &mut Mutation {
        self.add((kind, field(edit.0)), "changed", [&[], &[edit]])
    }

    /// Each value is changed, removed and added.
    fn optional<const N: usize>(&mut self, kind: Kind, edits: [Edit; N]) {
        for (path, value, other) in edits {
            self.changed(kind, (path, value, other));
            self.whole((kind, field(path)), (path, value, "null"), [&[], &[]]);
        }
    }

    /// The edit removes something, and its inverse adds it. The rules are those of the other changes of either.
    fn whole(
        &mut self,
        row: (Kind, &'static str),
        without: Edit,
        [removed, added]: [&'static [&'static str]; 2],
    ) {
        self.add(row, "removed", [&[], &[without]]).also(removed);
        self.add(row, "added", [&[without], &[]]).also(added);
    }
}

/// The field of the table that a path leads to.
fn field(path: &'static str) -> &'static str {
    let key = path.rsplit('.').next().unwrap();
    if key.starts_with("x-") { "x-*" } else { key }
}

/// All mutations that two catalogs can show.
pub(crate) fn all() -> Vec<Mutation> {
    let mut all = Mutations::default();
    api_and_envelope(&mut all);
    error_ids_and_retry(&mut all);
    framework(&mut all);
    operations(&mut all);
    operation_errors::all(&mut all);
    types(&mut all);
    codes::fields(&mut all);
    codes::cases(&mut all);
    codes::pages(&mut all);
    codes::ends(&mut all);
    codes::arguments(&mut all);
    meanings::all(&mut all);
    rust_names::all(&mut all);
    shapes::all(&mut all);
    all.0
}

fn api_and_envelope(all: &mut Mutations) {
    let docs_url = (
        "api.docs_url",
        "https://docs.example.com/errors",
        "https://docs.example.com/problems",
    );
    let servers = (
        "api.servers",
        "[{ url: https://api.example.com }]",
        "[{ url: https://api2.example.com }]",
    );
    all.changed(Kind::Api, ("api.title", "Photo API", "Picture API"));
    all.changed(Kind::Api, ("api.crate", "photo-errors", "picture-errors"));
    all.changed(Kind::Api, docs_url);
    all.changed(Kind::Api, servers);
    all.optional(
        Kind::Api,
        [
            ("api.license", "{ name: MIT }", "{ name: Apache-2.0 }"),
            (
                "api.repository",
                "https://example.com/photos",
                "https://example.com/pictures",
            ),
            (
                "api.documentation",
                "https://docs.example.com/crate",
                "https://docs.example.com/rust",
            ),
            ("api.publish", "[internal]", "true"),
            ("api.contact", "{ name: Photo team }", "{ name: Team }"),
        ],
    );
    let problems = ("envelope.style", "[openai]", "[problem]");
    all.changed(Kind::Envelope, problems);
    all.add(
        (Kind::Api, "docs_url"),
        "changed",
        [&[problems], &[problems, docs_url]],
    )
    .when("bodies contain page addresses");

    let both = ("envelope.style", "[openai]", "[openai, problem]");
    let bare = ("envelope.details", "true", "false");
    for edit in [
        ("envelope.param", "omit", "'null'"),
        bare,
        ("envelope.request_id", "x-request-id", "x-trace-id"),
        (
            "envelope.intro",
            "An error looks like this.",
            "Look at this.",
        ),
    ] {
        all.changed(Kind::Envelope, edit);
    }
    all.optional(
        Kind::Envelope,
        [
            ("envelope.example", "{ code: busy }", "{ code: own_row }"),
            ("envelope.notes", "[It is always JSON.]", "[It is JSON.]"),
        ],
    );
    all.changed(Kind::Envelope, both)
        .when("the old styles come first, in the same order");
    all.add((Kind::Envelope, "details"), "changed", [&[bare], &[]])
        .when("to `true`");

    let closed = ("openapi.closed", "false", "true");
    all.changed(Kind::OpenApi, closed).when("to `true`");
    all.add((Kind::OpenApi, "closed"), "changed", [&[closed], &[]]);
}

fn error_ids_and_retry(all: &mut Mutations) {
    all.optional(
        Kind::ErrorIds,
        [
            ("error_ids.notes", "[Send it along.]", "[Keep it.]"),
            (
                "error_ids.see",
                "[{ text: Support, url: https://example.com/support }]",
                "[{ text: Help, url: https://example.com/support }]",
            ),
        ],
    );
    all.optional(
        Kind::Retry,
        [
            (
                "retry.not_retryable",
                "[{ status: 404, reason: it is gone }]",
                "[{ status: 413, reason: it is gone }]",
            ),
            ("retry.notes", "[Wait a little.]", "[Wait.]"),
            (
                "retry.see",
                "[{ text: Waiting, url: https://example.com/wait }]",
                "[{ text: Waiting, url: https://example.com/waiting }]",
            ),
        ],
    );
    all.changed(
        Kind::Retry,
        (
            "retry.backoff",
            "{ initial_ms: 500 }",
            "{ initial_ms: 700 }",
        ),
    );
    let row = (Kind::Retry, "max_retry_after");
    let bound = "retry.max_retry_after";
    let [less, more] = ["20", "90"].map(|seconds| (bound, "30", seconds));
    let default = (bound, "30", "null");
    for (change, edits) in [
        ("changed", [&[][..], &[less]]),
        ("added", [&[default], &[]]),
        ("removed", [&[more], &[default]]),
    ] {
        all.add(row, change, edits).when("to a shorter delay");
    }
    for (change, edits) in [
        ("changed", [&[][..], &[more]]),
        ("added", [&[default], &[more]]),
        ("removed", [&[], &[default]]),
    ] {
        all.add(row, change, edits);
    }
    // With the status, the code without a rule of its own becomes retryable.
    let row = (Kind::Retry, "statuses");
    let more = ("retry.statuses", "[503]", "[500, 503]");
    all.add(row, "added", [&[], &[more]])
        .also(&["retry-changed"]);
    all.add(row, "removed", [&[more], &[]])
        .also(&["retry-changed"]);
}

fn framework(all: &mut Mutations) {
    let kind = Kind::Framework;
    let row = ("framework.1", "{ status: 413, code: too_large }", "null");
    all.whole((kind, ""), row, [&[], &[]]);
    all.changed(kind, ("framework.0.type", "request_error", "other_error"));
    all.changed(kind, ("framework.0.as", "404", "400"));
    let message = ("framework.0.message", "There is nothing here.", "Nothing.");
    all.optional(kind, [message]);
    all.changed(kind, ("framework.1.code", "too_large", "old_one"))
        .also(&["status-changed"]);
    let typed = [
        ("framework.1.code", "too_large", "null"),
        ("framework.1.type", "null", "request_error"),
    ];
    all.add((kind, "code"), "removed", [&[], &typed]);
    all.add((kind, "code"), "added", [&typed, &[]]);
}

fn operations(all: &mut Mutations) {
    let kind = Kind::Operation;
    let upload = "{ upload: { method: POST, path: /photos, summary: Keeps a photo, \
                  errors: [busy, hidden, too_large], rust: Upload } }";
    all.whole((kind, ""), ("operations", upload, "null"), [&[], &[]]);
    all.changed(kind, ("operations.upload.method", "POST", "PUT"));
    all.changed(kind, ("operations.upload.path", "/photos", "/pictures"));
    all.changed(kind, ("operations.upload.rust", "Upload", "Send"));
    let summary = ("operations.upload.summary", "Keeps a photo", "Keeps it");
    all.optional(kind, [summary]);
    let other = "{ method: POST, path: /photos, when: it has none, errors: [busy] }";
    let other = ("operations.other", "null", other);
    let when = |new| ("operations.upload.when", "null", new);
    let (has, big) = (when("it has a photo"), when("it is big"));
    all.add((kind, "when"), "changed", [&[other, has], &[other, big]]);
    all.add((kind, "when"), "added", [&[], &[other, has]])
        .also(&["operation-added"]);
    all.add((kind, "when"), "removed", [&[other, has], &[]])
        .also(&["operation-changed"]);
    let errors = |new| ("operations.upload.errors", "[busy, hidden, too_large]", new);
    all.whole((kind, "errors"), errors("[busy, hidden]"), [&[], &[]]);
    let listed = errors("[busy, down, hidden, too_large]");
    all.add((kind, "errors"), "removed", [&[listed], &[WITHOUT_DOWN]])
        .when("the code is gone")
        .also(&["removed-code"]);
}

fn types(all: &mut Mutations) {
    let kind = Kind::Type;
    let spare = "{ status: 400, meaning: It is spare }";
    let spare = ("types.spare_error", "null", spare);
    all.add((kind, ""), "added", [&[], &[spare]]);
    all.add((kind, ""), "removed", [&[spare], &[]]);
    all.changed(
        kind,
        ("types.other_error.rust", "OtherError", "AnotherError"),
    );
    // The code without a status of its own takes the first of its type.
    all.changed(
        kind,
        ("types.server_error.status", "[500, 503]", "[503, 500]"),
    )
    .also(&["status-changed", "retry-changed"]);
    let status = ("types.other_error.status", "[400, 413]", "[400]");
    all.whole((kind, "status"), status, [&[], &[]]);
    let family = ("types.server_error.status", "[500, 503]", "5xx");
    all.add((kind, "status"), "removed", [&[], &[family]])
        .when("a family now covers it")
        .also(&["type-extended", "type-extended"]);
    all.changed(
        kind,
        (
            "types.request_error.message",
            "The request cannot be answered.",
            "No.",
        ),
    );
    let meaning = (
        "types.request_error.meaning",
        "The request is wrong",
        "It is wrong",
    );
    all.optional(kind, [meaning]);
}

const DOWN: &str = "{ type: server_error, status: 503, meaning: The service is down, fix: Wait for it, \
                    retry: backoff }";
const WITHOUT_DOWN: Edit = ("codes.down", DOWN, "null");
