//! From the catalog to the export.

use super::super::{NOTICE, example_body, phrases};
use super::SCHEMA;
use super::format::{
    Choice, Codeless, Condition, Envelope, ErrorType, Export, FORMAT, FrameworkError,
    FrameworkStatus, NotRetryable, Operation, OwnError, Retry, Section, StatusGroup,
};
use super::style::Style;
use crate::catalog::{self, Catalog, CodeId, MissingParam};
use crate::record::{Api, Code, Retired, names};

pub(super) fn export(catalog: &Catalog) -> Export<'_> {
    Export {
        schema: SCHEMA,
        generated: NOTICE,
        format: FORMAT,
        api: Api::new(&catalog.api),
        envelope: envelope(catalog),
        error_ids: &catalog.error_ids,
        retry: retry(catalog),
        types: all(&catalog.types, |one| error_type(catalog, one)),
        codes: all(&catalog.codes, |one| code(catalog, one)),
        retired: all(&catalog.retired, |one| Retired::new(catalog, one)),
        statuses: all(&catalog.statuses, |one| status(catalog, one)),
        framework: all(&catalog.framework, |one| framework(catalog, one)),
        operations: all(&catalog.operations, |one| operation(catalog, one)),
        sections: all(&catalog.sections, |one| section(catalog, one)),
        releases: &catalog.releases,
    }
}

fn all<'a, T, R>(entries: &'a [T], record: impl Fn(&'a T) -> R) -> Vec<R> {
    entries.iter().map(record).collect()
}

fn envelope(catalog: &Catalog) -> Envelope<'_> {
    let envelope = &catalog.envelope;
    let styles = envelope.shapes.iter();
    let styles = styles.map(|shape| Style::new(catalog, shape));
    Envelope {
        styles: styles.collect(),
        choose: all(&envelope.choices, choice),
        param: match envelope.param {
            MissingParam::Omit => "omit",
            MissingParam::Null => "null",
        },
        code: envelope.code.as_str(),
        details: envelope.details,
        closed: catalog.closed,
        request_id: &envelope.request_id,
        intro: &envelope.intro,
        example: example_body::body(
            catalog,
            &catalog.example_of_envelope(),
            envelope.default_shape(),
        ),
        notes: &envelope.notes,
    }
}

fn retry(catalog: &Catalog) -> Retry<'_> {
    let retry = &catalog.retry;
    let not_retryable = retry
        .not_retryable
        .iter()
        .map(|line| not_retryable(catalog, line));
    Retry {
        statuses: numbers(&retry.statuses),
        backoff: retry.backoff,
        not_retryable: not_retryable.collect(),
        prose: &retry.prose,
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
        rust_aliases: &entry.names.former_variants,
        status: entry.statuses.to_string(),
        statuses: numbers(&entry.listed),
        meaning: entry.summary(),
        message: &entry.message,
        names: names(&entry.names),
        retry: entry.retry.map(catalog::RetryRule::as_str),
        codes: wires(catalog, &entry.codes),
    }
}

/// The record of a code with what follows from the whole catalog.
fn code<'a>(catalog: &'a Catalog, code: &'a catalog::Code) -> Code<'a> {
    let example = catalog.example_of_code(code);
    let body = example_body::body(catalog, &example, catalog.envelope.default_shape());
    let advice = phrases::retry_advice(catalog, code.retry);
    Code::new(catalog, code).exported(code.summary(), advice, body)
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
        status: match error.status {
            catalog::StatusClass::Status(status) => FrameworkStatus::One(status.get()),
            catalog::StatusClass::Family(_) => FrameworkStatus::Family(error.status.to_string()),
        },
        sent: error.sent.map(catalog::Status::get),
        error_type: &catalog[error.error_type].names.wire,
        code: error.code.map(|id| wire(catalog, id)),
        message: catalog.framework_message(error),
    }
}

fn choice(choice: &catalog::Choice) -> Choice<'_> {
    let (_, stated) = choice.condition.stated();
    Choice {
        condition: match choice.condition {
            catalog::Condition::Path(_) => Condition::Path(stated),
            catalog::Condition::Header(_) => Condition::Header(stated),
            catalog::Condition::Accept(_) => Condition::Accept(stated),
        },
        style: &choice.style,
    }
}

fn operation<'a>(catalog: &'a Catalog, operation: &'a catalog::Operation) -> Operation<'a> {
    Operation {
        id: &operation.id,
        rust: &operation.error,
        method: operation.method.as_str(),
        path: &operation.path,
        when: operation.when.as_deref(),
        summary: operation.summary.as_deref(),
        styles: catalog
            .shapes_of(operation)
            .into_iter()
            .map(|shape| shape.name.as_str())
            .collect(),
        codes: wires(catalog, &operation.codes),
        own: all(&operation.own, |own| own_error(catalog, own)),
        statuses: operation
            .statuses
            .iter()
            .map(|group| group.status.get())
            .collect(),
    }
}

fn own_error<'a>(catalog: &'a Catalog, own: &'a catalog::OwnError) -> OwnError<'a> {
    OwnError {
        code: wire(catalog, own.code),
        audience: catalog[own.code].audience.as_str(),
        status: own.status.get(),
        retry: own.retry.as_str(),
        meaning: own.meaning.as_deref(),
        fix: own.fix.as_deref(),
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
