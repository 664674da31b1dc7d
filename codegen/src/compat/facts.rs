//! Catalog to entries: every field of a catalog is compared, or follows from one that is.
//!
//! Each type of the catalog is taken apart whole here, so that a field that is added to it does not compile until
//! it is said what a change of it means.

mod code;
mod field;

use super::entry::{Entry, Kind, Value};
use crate::catalog::{
    Api, Audience, Backoff, Catalog, Contact, Envelope, EnvelopeExample, ErrorType, FrameworkError,
    License, Link, MissingParam, NotRetryable, Operation, Prose, Retired, Retry, Server, StatusSet,
};
use field::{Fields, names, number, text};

/// What a catalog promises, sorted by kind and name.
pub(crate) fn facts(catalog: &Catalog) -> Vec<Entry> {
    let Catalog {
        api: of_api,
        envelope: of_envelope,
        error_ids,
        retry: of_retry,
        framework,
        // Operations say which codes they fail with; a set is a way to write that.
        sets: _,
        // Codes say in which group they are.
        groups: _,
        operations,
        paths: _,
        closed,
        types,
        codes,
        retired,
        // Past releases are no promises of this one.
        releases: _,
        public: _,
        type_rows: _,
        sections: _,
        statuses: _,
    } = catalog;
    let mut entries = vec![
        api(of_api),
        envelope(of_envelope, catalog),
        prose(Kind::ErrorIds, error_ids),
        retry(of_retry, catalog),
        Fields::new(Kind::OpenApi, "")
            .put("closed", Value::Bool(*closed))
            .entry(),
    ];
    entries.extend(framework.iter().map(|error| of_framework(error, catalog)));
    entries.extend(operations.iter().map(|one| operation(one, catalog)));
    entries.extend(types.iter().map(error_type));
    entries.extend(codes.iter().map(|code| code::code(code, catalog)));
    entries.extend(retired.iter().map(|code| tombstone(code, catalog)));
    entries.sort_by(|left, right| (left.kind, &left.name).cmp(&(right.kind, &right.name)));
    entries
}

fn api(api: &Api) -> Entry {
    let Api {
        title,
        crate_name,
        lib_name: _,
        // A version says how much has changed; it is not what has.
        version: _,
        docs_url: (before, after),
        license,
        contact,
        servers,
    } = api;
    let docs_url = format!("{before}{{slug}}{after}");
    let mut fields = Fields::new(Kind::Api, "")
        .text("title", title)
        .text("crate", crate_name)
        .text("docs_url", &docs_url);
    if let Some(License { name, url }) = license {
        let license = Fields::map()
            .text("name", name)
            .optional("url", url.as_ref());
        fields = fields.put("license", license.value());
    }
    if let Some(Contact { name, url, email }) = contact {
        let contact = Fields::map()
            .optional("name", name.as_ref())
            .optional("url", url.as_ref())
            .optional("email", email.as_ref());
        fields = fields.put("contact", contact.value());
    }
    let servers = servers.iter().map(|Server { url, description }| {
        let server = Fields::map().text("url", url);
        server.optional("description", description.as_ref()).value()
    });
    fields.list("servers", servers).entry()
}

fn envelope(envelope: &Envelope, catalog: &Catalog) -> Entry {
    let Envelope {
        styles,
        param,
        code,
        details,
        request_id,
        example,
        intro,
        notes,
    } = envelope;
    let EnvelopeExample {
        code: example_code,
        message,
        param: example_param,
    } = example;
    let mut public = catalog.codes.iter();
    let first = public.find(|code| code.audience == Audience::Public);
    let shown = &catalog[*example_code];
    // An example that nobody chose is the first code, whatever that is.
    let is_chosen = message.is_some()
        || example_param.is_some()
        || first.is_none_or(|first| first.names.wire != shown.names.wire);
    let example = Fields::map()
        .optional("code", Some(&shown.names.wire).filter(|_| is_chosen))
        .optional("message", message.as_ref())
        .optional("param", example_param.as_ref());
    let param = match param {
        MissingParam::Omit => "omit",
        MissingParam::Null => "null",
    };
    Fields::new(Kind::Envelope, "")
        .list("style", styles.iter().map(|style| text(style.as_str())))
        .text("param", param)
        .text("code", code.as_str())
        .put("details", Value::Bool(*details))
        .text("request_id", request_id)
        .text("intro", intro)
        .put("example", example.value())
        .list("notes", notes.iter().map(|note| text(note)))
        .entry()
}

fn prose(kind: Kind, prose: &Prose) -> Entry {
    with_prose(Fields::new(kind, ""), prose).entry()
}

fn with_prose(fields: Fields, Prose { notes, see }: &Prose) -> Fields {
    fields
        .list("notes", notes.iter().map(|note| text(note)))
        .list("see", links(see))
}

fn links(see: &[Link]) -> impl Iterator<Item = Value> {
    see.iter().map(|Link { text, url }| {
        let link = Fields::map().text("text", text);
        link.text("url", url).value()
    })
}

fn retry(retry: &Retry, catalog: &Catalog) -> Entry {
    let Retry {
        statuses,
        // Which codes are retryable is said by the codes.
        retryable: _,
        not_retryable,
        backoff,
        prose,
    } = retry;
    let Backoff {
        initial_ms,
        factor,
        max_ms,
        max_retries,
        jitter,
    } = backoff;
    let backoff = Fields::map()
        .put("initial_ms", Value::Number(*initial_ms))
        .put("factor", number(*factor))
        .put("max_ms", Value::Number(*max_ms))
        .put("max_retries", number(*max_retries))
        .put("jitter", Value::Bool(*jitter));
    let reasons = not_retryable.iter().map(|line| match line {
        NotRetryable::Family {
            class,
            except: _,
            reason,
        } => reason_of(format!("{class}xx"), reason),
        NotRetryable::Status { status, reason } => reason_of(status.to_string(), reason),
        NotRetryable::Code { code, reason } => reason_of(catalog[*code].names.wire.clone(), reason),
    });
    let fields = Fields::new(Kind::Retry, "")
        .list(
            "statuses",
            statuses.iter().map(|status| number(status.get())),
        )
        .put("backoff", backoff.value())
        .list("not_retryable", reasons);
    with_prose(fields, prose).entry()
}

fn reason_of(subject: String, reason: &str) -> Value {
    Value::Map(vec![(subject, text(reason))])
}

fn of_framework(error: &FrameworkError, catalog: &Catalog) -> Entry {
    let FrameworkError {
        status,
        error_type,
        code,
        sent,
        message,
    } = error;
    let code = code.map(|code| &catalog[code].names.wire);
    Fields::new(Kind::Framework, &status.to_string())
        .text("type", &catalog[*error_type].names.wire)
        .optional("code", code)
        .put("as", number(sent.get()))
        .optional("message", message.as_ref())
        .entry()
}

fn operation(operation: &Operation, catalog: &Catalog) -> Entry {
    let Operation {
        id,
        error,
        method,
        path,
        path_params: _,
        summary,
        codes,
        statuses: _,
    } = operation;
    let codes = codes.iter().map(|code| catalog[*code].names.wire.as_str());
    Fields::new(Kind::Operation, id)
        .text("method", method.as_str())
        .text("path", path)
        .optional("summary", summary.as_ref())
        .put("errors", names(codes))
        .text("rust", error)
        .entry()
}

fn error_type(error_type: &ErrorType) -> Entry {
    let ErrorType {
        names,
        statuses,
        listed: _,
        meaning,
        message,
        retry: _,
        codes: _,
    } = error_type;
    let statuses = match statuses {
        StatusSet::Family(class) => vec![text(&format!("{class}xx"))],
        StatusSet::List(statuses) => statuses.iter().map(|one| number(one.get())).collect(),
    };
    Fields::new(Kind::Type, &names.wire)
        .put("status", Value::List(statuses))
        .text("meaning", meaning)
        .text("message", message)
        .text("rust", &names.variant)
        .entry()
}

fn tombstone(code: &Retired, catalog: &Catalog) -> Entry {
    let Retired {
        wire,
        slug,
        aliases,
        audience,
        since,
        successor,
        reason,
        history: _,
    } = code;
    let successor = successor.map(|code| &catalog[code].names.wire);
    Fields::new(Kind::Retired, wire)
        .optional("since", since.as_ref())
        .text("reason", reason)
        .optional("use", successor)
        .text("slug", slug)
        .put("aliases", names(aliases.iter().map(String::as_str)))
        .text("audience", audience.as_str())
        .entry()
}
