//! Where the entries and fields of a catalog stand.

use super::change::{Change, Place};
use super::lock::Lock;
use crate::ast::{
    ApiAst, ArgumentAst, CatalogAst, CodeAst, EnvelopeAst, FrameworkAst, OperationAst, RetiredAst,
    RetryAst, Spanned, StatusAst, TypeAst,
};
use crate::record::Kind;
use crate::resolve::optional;
use crate::span::Span;
use crate::unord_map::UnordMap;

/// Of a longer mapping within an entry the rest is shown by its key, so that many changes in it cost no more each.
const MOST_LOOKED_AT: usize = 1000;

/// The places of a catalog, or of a lock.
pub(crate) enum Places<'a> {
    Catalog(Box<Named<'a>>),
    Lock(UnordMap<(Kind, &'a str), Span>),
}

/// The entries of a catalog by their names.
pub(crate) struct Named<'a> {
    ast: &'a CatalogAst,
    framework: UnordMap<String, &'a Spanned<FrameworkAst>>,
    operations: UnordMap<&'a str, &'a Spanned<OperationAst>>,
    types: UnordMap<&'a str, &'a Spanned<TypeAst>>,
    codes: UnordMap<&'a str, &'a Spanned<CodeAst>>,
    retired: UnordMap<&'a str, &'a Spanned<RetiredAst>>,
}

fn by_name<T>(section: Option<&Spanned<crate::ast::Entries<T>>>) -> UnordMap<&str, &Spanned<T>> {
    let entries = optional(section).map_or(&[][..], |entries| &entries.0);
    let entries = entries.iter();
    entries
        .map(|(name, entry)| (name.as_str(), entry))
        .collect()
}

impl<'a> Places<'a> {
    pub(crate) fn of_catalog(ast: &'a CatalogAst) -> Self {
        let framework = optional(ast.framework.as_ref()).map_or(&[][..], Vec::as_slice);
        let framework = framework.iter().filter_map(|entry| {
            match entry.value.as_ref()?.status.value.as_ref()? {
                StatusAst::Number(status) => Some((status.to_string(), entry)),
                _ => None,
            }
        });
        Self::Catalog(Box::new(Named {
            ast,
            framework: framework.collect(),
            operations: by_name(ast.operations.as_ref()),
            types: by_name(Some(&ast.types)),
            codes: by_name(Some(&ast.codes)),
            retired: by_name(ast.retired.as_ref()),
        }))
    }

    pub(crate) fn of_lock(lock: &'a Lock) -> Self {
        let all = lock.removed.iter().chain(&lock.entries);
        Self::Lock(all.map(|locked| (locked.entry.key(), locked.key)).collect())
    }

    /// The place of the field, else of the entry; nothing where the entry is not there.
    pub(crate) fn find(&self, kind: Kind, name: &str, field: &str) -> Option<Span> {
        match self {
            Self::Catalog(named) => named.find(kind, name, field),
            Self::Lock(entries) => entries.get(&(kind, name)).copied(),
        }
    }
}

/// Gives each change its place.
pub(crate) fn place(changes: &mut [Change], old: &Places<'_>, new: &Places<'_>) {
    for change in changes {
        let find = |places: &Places<'_>| {
            let own = places.find(change.kind, &change.name, &change.field);
            own.or_else(|| match change.kind {
                Kind::Code => places.find(Kind::Retired, &change.name, ""),
                Kind::Retired => places.find(Kind::Code, &change.name, ""),
                _ => None,
            })
        };
        change.place = match find(new) {
            Some(span) => Place::New(span),
            None => Place::Old(find(old).unwrap_or_default()),
        };
    }
}

/// The place of a key that is there.
fn key<T>(field: Option<&Spanned<T>>) -> Option<Span> {
    field.filter(|field| field.present).map(|field| field.key)
}

/// The place of a value that is there.
fn at<T>(field: Option<&Spanned<T>>) -> Option<Span> {
    field.filter(|field| field.present).map(|field| field.span)
}

impl Named<'_> {
    fn find(&self, kind: Kind, name: &str, field: &str) -> Option<Span> {
        let ast = self.ast;
        let root = Some(ast.version.key).or(key(Some(&ast.api)));
        match kind {
            Kind::Api => {
                let own = ast.api.value.as_ref();
                own.and_then(|api| of_api(api, field))
                    .or(key(Some(&ast.api)))
            }
            Kind::Envelope => {
                let section = ast.envelope.as_ref();
                let own = optional(section).and_then(|own| of_envelope(own, field));
                own.or(key(section)).or(root)
            }
            Kind::ErrorIds => key(ast.error_ids.as_ref()).or(root),
            Kind::Retry => {
                let section = ast.retry.as_ref();
                let own = optional(section).and_then(|own| of_retry(own, field));
                own.or(key(section)).or(root)
            }
            Kind::OpenApi => {
                let section = ast.openapi.as_ref();
                let own = optional(section).and_then(|own| at(own.closed.as_ref()));
                own.or(key(section)).or(root)
            }
            Kind::Framework => {
                let entry = self.framework.get(name)?;
                let own = entry
                    .value
                    .as_ref()
                    .and_then(|own| of_framework(own, field));
                own.or(Some(entry.key))
            }
            Kind::Operation => {
                let entry = self.operations.get(name)?;
                let own = entry
                    .value
                    .as_ref()
                    .and_then(|own| of_operation(own, field));
                own.or(Some(entry.key))
            }
            Kind::Type => {
                let entry = self.types.get(name)?;
                let own = entry.value.as_ref().and_then(|own| of_type(own, field));
                own.or(Some(entry.key))
            }
            Kind::Code | Kind::Argument => {
                let entry = self.codes.get(name)?;
                let own = entry.value.as_ref().and_then(|own| of_code(own, field));
                own.or(Some(entry.key))
            }
            Kind::Retired => {
                let entry = self.retired.get(name)?;
                let own = entry.value.as_ref().and_then(|own| of_retired(own, field));
                own.or(Some(entry.key))
            }
        }
    }
}

fn of_api(api: &ApiAst, field: &str) -> Option<Span> {
    match field {
        "title" => at(Some(&api.title)),
        "crate" => at(Some(&api.crate_name)),
        "docs_url" => at(Some(&api.docs_url)),
        "license" => key(api.license.as_ref()),
        "contact" => key(api.contact.as_ref()),
        "servers" => key(api.servers.as_ref()),
        _ => None,
    }
}

fn of_envelope(envelope: &EnvelopeAst, field: &str) -> Option<Span> {
    match field {
        "style" => at(envelope.style.as_ref()),
        "param" => at(envelope.param.as_ref()),
        "code" => at(envelope.code.as_ref()),
        "details" => at(envelope.details.as_ref()),
        "request_id" => at(envelope.request_id.as_ref()),
        "intro" => at(envelope.intro.as_ref()),
        "example" => key(envelope.example.as_ref()),
        "notes" => key(envelope.notes.as_ref()),
        _ => None,
    }
}

fn of_retry(retry: &RetryAst, field: &str) -> Option<Span> {
    match field {
        "statuses" => at(retry.statuses.as_ref()),
        "backoff" => key(retry.backoff.as_ref()),
        "not_retryable" => key(retry.not_retryable.as_ref()),
        "notes" => key(retry.notes.as_ref()),
        "see" => key(retry.see.as_ref()),
        _ => None,
    }
}

fn of_framework(error: &FrameworkAst, field: &str) -> Option<Span> {
    match field {
        "type" => at(error.error_type.as_ref()),
        "code" => at(error.code.as_ref()),
        "as" => at(error.sent.as_ref()),
        "message" => at(error.message.as_ref()),
        _ => None,
    }
}

fn of_operation(operation: &OperationAst, field: &str) -> Option<Span> {
    match field {
        "method" => at(Some(&operation.method)),
        "path" => at(Some(&operation.path)),
        "summary" => at(operation.summary.as_ref()),
        "errors" => at(Some(&operation.errors)),
        "rust" => at(operation.rust.as_ref()),
        _ => None,
    }
}

fn of_type(error_type: &TypeAst, field: &str) -> Option<Span> {
    match field {
        "status" => at(Some(&error_type.status)),
        "meaning" => at(error_type.meaning.as_ref()),
        "message" => at(error_type.message.as_ref()),
        "rust" => at(error_type.rust.as_ref()),
        _ => None,
    }
}

fn of_code(code: &CodeAst, path: &str) -> Option<Span> {
    let (field, rest) = path.split_once('.').unwrap_or((path, ""));
    match field {
        "type" => at(code.error_type.as_ref()),
        "status" => at(code.status.as_ref()),
        "message" => at(code.message.as_ref()),
        "args" => {
            let (name, field) = rest.split_once('.').unwrap_or((rest, ""));
            let arguments = optional(code.args.as_ref());
            let arguments = arguments.into_iter().flat_map(|entries| &entries.0);
            let mut arguments = arguments.take(MOST_LOOKED_AT);
            let argument = arguments.find(|(own, _)| own == name);
            argument
                .and_then(|(_, entry)| {
                    let own = entry.value.as_ref().and_then(|own| of_argument(own, field));
                    own.or(Some(entry.key))
                })
                .or(key(code.args.as_ref()))
        }
        "param" => at(code.param.as_ref()),
        "meaning" => at(code.meaning.as_ref()),
        "fix" => at(code.fix.as_ref()),
        "description" => key(code.description.as_ref()),
        "causes" => key(code.causes.as_ref()),
        "fixes" => key(code.fixes.as_ref()),
        "audience" => at(code.audience.as_ref()),
        "headers" => member(code.headers.as_ref(), rest),
        "ids" => member(code.ids.as_ref(), rest),
        "retry" => at(code.retry.as_ref()),
        "type_row" => at(code.type_row.as_ref()),
        "group" => at(code.group.as_ref()),
        "since" => at(code.since.as_ref()),
        "deprecated" => key(code.deprecated.as_ref()),
        "see" => key(code.see.as_ref()),
        "rust" => at(code.rust.as_ref()),
        "slug" => at(code.slug.as_ref()),
        "aliases" => at(code.aliases.as_ref()),
        "x-*" => member(code.extensions.as_ref(), rest),
        _ => None,
    }
}

fn of_argument(argument: &ArgumentAst, field: &str) -> Option<Span> {
    match field {
        "kind" => at(Some(&argument.kind)),
        "meaning" => at(argument.meaning.as_ref()),
        "example" => at(argument.example.as_ref()),
        "sensitive" => at(argument.sensitive.as_ref()),
        "nullable" => at(argument.nullable.as_ref()),
        "absent" => at(argument.absent.as_ref()),
        "rust" => at(argument.rust.as_ref()),
        _ => None,
    }
}

fn of_retired(retired: &RetiredAst, field: &str) -> Option<Span> {
    match field {
        "since" => at(retired.since.as_ref()),
        "reason" => at(Some(&retired.reason)),
        "use" => at(retired.successor.as_ref()),
        "slug" => at(retired.slug.as_ref()),
        "aliases" => at(retired.aliases.as_ref()),
        "audience" => at(retired.audience.as_ref()),
        _ => None,
    }
}

/// The value of a key of a mapping, else the key of the mapping.
fn member<T>(field: Option<&Spanned<crate::ast::Entries<T>>>, name: &str) -> Option<Span> {
    let entries = optional(field).into_iter().flat_map(|entries| &entries.0);
    let entries = entries.take(MOST_LOOKED_AT);
    let mut own = entries.filter(|(key, _)| key.eq_ignore_ascii_case(name));
    own.next().map(|(_, value)| value.span).or(key(field))
}
