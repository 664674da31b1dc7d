//! From the catalog to the export.

use super::super::{NOTICE, example_body, extension, phrases};
use super::SCHEMA;
use super::format::{
    Api, Argument, Backoff, Code, Codeless, Contact, Envelope, ErrorType, Export, FORMAT,
    FrameworkError, License, Link, NotRetryable, Operation, Prose, Retry, Section, Server,
    StatusGroup, Style,
};
use super::lifecycle::{Deprecation, Event, Release, Retired};
use crate::catalog::{self, Catalog, CodeId, MissingParam};

pub(super) fn export(catalog: &Catalog) -> Export<'_> {
    Export {
        schema: SCHEMA,
        generated: NOTICE,
        format: FORMAT,
        api: api(&catalog.api),
        envelope: envelope(catalog),
        error_ids: prose(&catalog.error_ids),
        retry: retry(catalog),
        types: catalog
            .types
            .iter()
            .map(|entry| error_type(catalog, entry))
            .collect(),
        codes: catalog
            .codes
            .iter()
            .map(|entry| code(catalog, entry))
            .collect(),
        retired: catalog
            .retired
            .iter()
            .map(|entry| Retired::new(catalog, entry))
            .collect(),
        statuses: catalog
            .statuses
            .iter()
            .map(|group| status(catalog, group))
            .collect(),
        framework: catalog
            .framework
            .iter()
            .map(|error| framework(catalog, error))
            .collect(),
        operations: catalog
            .operations
            .iter()
            .map(|entry| operation(catalog, entry))
            .collect(),
        sections: catalog
            .sections
            .iter()
            .map(|entry| section(catalog, entry))
            .collect(),
        releases: catalog.releases.iter().map(Release::new).collect(),
    }
}

fn api(api: &catalog::Api) -> Api<'_> {
    Api {
        title: &api.title,
        version: &api.version,
        docs_url: api.doc_url("{slug}"),
        crate_name: &api.crate_name,
        license: api.license.as_ref().map(|license| License {
            name: &license.name,
            url: license.url.as_deref(),
        }),
        contact: api.contact.as_ref().map(|contact| Contact {
            name: contact.name.as_deref(),
            url: contact.url.as_deref(),
            email: contact.email.as_deref(),
        }),
        servers: api
            .servers
            .iter()
            .map(|server| Server {
                url: &server.url,
                description: server.description.as_deref(),
            })
            .collect(),
    }
}

fn prose(prose: &catalog::Prose) -> Prose<'_> {
    Prose {
        notes: &prose.notes,
        see: links(&prose.see),
    }
}

fn links(links: &[catalog::Link]) -> Vec<Link<'_>> {
    let links = links.iter();
    links
        .map(|link| Link {
            text: &link.text,
            url: &link.url,
        })
        .collect()
}

fn envelope(catalog: &Catalog) -> Envelope<'_> {
    let envelope = &catalog.envelope;
    let styles = envelope.styles.iter();
    let styles = styles.map(|style| Style {
        name: style.as_str(),
        media_type: style.media_type(),
    });
    Envelope {
        styles: styles.collect(),
        param: match envelope.param {
            MissingParam::Omit => "omit",
            MissingParam::Null => "null",
        },
        code: envelope.code.as_str(),
        details: envelope.details,
        closed: catalog.closed,
        request_id: &envelope.request_id,
        intro: &envelope.intro,
        example: example_body::body(catalog, &catalog.example_of_envelope(), envelope.styles[0]),
        notes: &envelope.notes,
    }
}

fn retry(catalog: &Catalog) -> Retry<'_> {
    let retry = &catalog.retry;
    let backoff = &retry.backoff;
    let not_retryable = retry
        .not_retryable
        .iter()
        .map(|line| not_retryable(catalog, line));
    Retry {
        statuses: numbers(&retry.statuses),
        backoff: Backoff {
            initial_ms: backoff.initial_ms,
            factor: backoff.factor,
            max_ms: backoff.max_ms,
            max_retries: backoff.max_retries,
            jitter: backoff.jitter,
        },
        not_retryable: not_retryable.collect(),
        prose: prose(&retry.prose),
    }
}

fn not_retryable<'a>(catalog: &'a Catalog, line: &'a catalog::NotRetryable) -> NotRetryable<'a> {
    let (class, status, code) = line.subject();
    let (except, reason) = match line {
        catalog::NotRetryable::Family { except, reason, .. } => (numbers(except), reason),
        catalog::NotRetryable::Status { reason, .. }
        | catalog::NotRetryable::Code { reason, .. } => (Vec::new(), reason),
    };
    NotRetryable {
        class,
        status: status.map(catalog::Status::get),
        code: code.map(|id| wire(catalog, id)),
        except,
        reason,
    }
}

fn error_type<'a>(catalog: &'a Catalog, entry: &'a catalog::ErrorType) -> ErrorType<'a> {
    ErrorType {
        name: &entry.names.wire,
        rust: &entry.names.variant,
        status: entry.statuses.to_string(),
        statuses: numbers(&entry.listed),
        meaning: &entry.meaning,
        message: &entry.message,
        retry: entry.retry.map(catalog::RetryRule::as_str),
        codes: wires(catalog, &entry.codes),
    }
}

fn code<'a>(catalog: &'a Catalog, code: &'a catalog::Code) -> Code<'a> {
    let arguments = &code.arguments;
    let example = catalog.example_of_code(code);
    let operations = code.operations.iter();
    let operations = operations.map(|position| catalog.operations[*position].id.as_str());
    let headers = code.headers.iter();
    let headers = headers.map(|header| (header.name.clone(), header.value.as_str().into()));
    let ids = code.ids.iter();
    let ids = ids.map(|(system, id)| (system.clone(), extension::id(id)));
    let deprecated = code.deprecated.as_ref();
    Code {
        name: &code.names.wire,
        rust: &code.names.variant,
        slug: &code.names.slug,
        error_type: &catalog[code.error_type].names.wire,
        status: code.status.get(),
        meaning: &code.meaning,
        type_row: code.type_row.as_deref(),
        fix: &code.fix,
        message: code.message.encode(|position| &arguments[position].name),
        args: arguments.iter().map(argument).collect(),
        param: code.param.as_deref(),
        description: code.description.as_ref().map(|text| text.source.as_str()),
        causes: &code.causes,
        fixes: &code.fixes,
        audience: code.audience.as_str(),
        headers: headers.collect(),
        ids: ids.collect(),
        group: &code.group,
        retry: code.retry.as_str(),
        retry_advice: phrases::retry_advice(catalog, code.retry),
        since: code.since.as_deref(),
        deprecated: deprecated.map(|deprecation| Deprecation::new(catalog, deprecation)),
        aliases: &code.aliases,
        history: code.history.iter().map(Event::new).collect(),
        docs: &code.doc_url,
        see: links(&code.see),
        operations: operations.collect(),
        example: example_body::body(catalog, &example, catalog.envelope.styles[0]),
        extensions: extension::members(&code.extensions),
    }
}

fn argument(argument: &catalog::Argument) -> Argument<'_> {
    Argument {
        name: &argument.name,
        kind: argument.kind().as_str(),
        meaning: &argument.meaning,
        example: argument.shown(),
        sensitive: argument.sensitive,
        nullable: argument.absent.is_some(),
        absent: argument.absent.as_deref(),
        rust: &argument.field,
        extensions: extension::members(&argument.extensions),
    }
}

fn status<'a>(catalog: &'a Catalog, group: &'a catalog::StatusGroup) -> StatusGroup<'a> {
    let codeless = group.codeless.iter().map(|codeless| {
        let entry = &catalog[codeless.error_type];
        Codeless {
            error_type: &entry.names.wire,
            message: codeless.message.as_ref().unwrap_or(&entry.message),
        }
    });
    StatusGroup {
        status: group.status.get(),
        reason: group.status.reason(),
        retryable: group.retryable,
        codes: wires(catalog, &group.codes),
        codeless: codeless.collect(),
    }
}

fn framework<'a>(catalog: &'a Catalog, error: &'a catalog::FrameworkError) -> FrameworkError<'a> {
    FrameworkError {
        status: error.status.get(),
        sent: error.sent.get(),
        error_type: &catalog[error.error_type].names.wire,
        code: error.code.map(|id| wire(catalog, id)),
        message: catalog.framework_message(error),
    }
}

fn operation<'a>(catalog: &'a Catalog, operation: &'a catalog::Operation) -> Operation<'a> {
    Operation {
        id: &operation.id,
        rust: &operation.error,
        method: operation.method.as_str(),
        path: &operation.path,
        summary: operation.summary.as_deref(),
        codes: wires(catalog, &operation.codes),
        statuses: operation
            .statuses
            .iter()
            .map(|group| group.status.get())
            .collect(),
    }
}

fn section<'a>(catalog: &'a Catalog, section: &'a catalog::Section) -> Section<'a> {
    let rows = section.rows.iter();
    Section {
        title: section.path.last().map(String::as_str),
        path: &section.path,
        rows: rows.map(|row| wires(catalog, &row.codes)).collect(),
    }
}

fn numbers(statuses: &[catalog::Status]) -> Vec<u16> {
    statuses.iter().map(|status| status.get()).collect()
}

fn wire(catalog: &Catalog, id: CodeId) -> &str {
    &catalog[id].names.wire
}

fn wires<'a>(catalog: &'a Catalog, ids: &[CodeId]) -> Vec<&'a str> {
    ids.iter().map(|id| wire(catalog, *id)).collect()
}
