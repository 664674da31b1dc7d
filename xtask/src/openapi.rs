//! `openapi overlay`: the errors for an OpenAPI document that is there already.

mod aliases;
mod document;
pub(crate) mod read;
mod target;

use std::fmt::Write as _;
use std::path::Path;

use codegen::emit::openapi::{OperationErrors, Overlay};
use codegen::{Catalog, catalog, closest};

use crate::cli::{OpenapiOptions, OpenapiVerb, OverlayOptions, Paths};
use crate::status::Status;
use crate::{project, terminal};

pub(crate) use target::Target;
use target::TargetOperation;

pub(crate) fn run(paths: &Paths, options: &OpenapiOptions) -> anyhow::Result<Status> {
    match &options.verb {
        OpenapiVerb::Overlay(options) => overlay(paths, options),
    }
}

fn overlay(paths: &Paths, options: &OverlayOptions) -> anyhow::Result<Status> {
    project::refuse_outputs(paths, "the overlay is printed, and `>` sends it to a file")?;
    let (inputs, outcome) = project::compile(paths)?;
    terminal::diagnostics(&inputs, &outcome.diagnostics)?;
    let Some(catalog) = outcome.value else {
        return Ok(Status::Failed);
    };
    let target = Target::read(&options.to)?;
    let overlay = if options.strict {
        Overlay::strict(&catalog, target.version)
    } else {
        Overlay::of(&catalog, target.version)
    };
    let file = &options.to;
    let unknown = unknown_operations(&catalog, &target, file);
    if !unknown.is_empty() {
        unknown.iter().for_each(terminal::error);
        return Ok(Status::Failed);
    }
    let warnings = [
        other_requests(&catalog, &target, file),
        replaced_components(&overlay, &target, file),
        replaced_responses(&overlay, &target, file),
        options
            .strict
            .then(|| other_responses(&overlay, &target, file))
            .flatten(),
        uncovered_operations(&overlay, &target, file),
    ];
    for warning in warnings.into_iter().flatten() {
        terminal::warn(warning)?;
    }
    terminal::print(overlay.to_yaml())?;
    let operations = terminal::plural(overlay.operations().len(), "operation");
    let components = terminal::plural(overlay.components().count(), "component");
    terminal::progress(format_args!(
        "an overlay for {} with {components}, and the errors of {operations}",
        file.display()
    ))?;
    Ok(Status::Ok)
}

/// The operations of the catalog that the document does not have, each with what to do.
fn unknown_operations(catalog: &Catalog, target: &Target, file: &Path) -> Vec<String> {
    let file = file.display();
    let operations = catalog.operations.iter();
    let unknown = operations.filter(|operation| target.operation(&operation.id).is_none());
    let errors = unknown.map(|operation| {
        let id = &operation.id;
        let help = help(operation, target);
        format!(
            "{file} has no operation with the operationId `{id}`, which the catalog has: {help}"
        )
    });
    errors.collect()
}

fn help(operation: &catalog::Operation, target: &Target) -> String {
    if target.webhooks.contains(&operation.id) {
        return "there it is a webhook, and errors answer requests to the API; take it out of the catalog".to_owned();
    }
    let (method, path) = (operation.method.as_str(), &operation.path);
    let all = || target.operations.iter();
    let same = all().find(|other| other.answers(method, path));
    let same = same.or_else(|| all().find(|other| other.may_answer(method, path)));
    match same.map(|same| (same.request(), &same.id)) {
        Some((request, Some(id))) => {
            return format!("there {request} is called `{id}`; call it so in the catalog too");
        }
        Some((request, None)) => return format!("give {request} this operationId there"),
        None => {}
    }
    let ids = all().filter_map(|other| other.id.as_deref());
    if let Some(id) = closest(&operation.id, ids) {
        return format!("is it `{id}`?");
    }
    match target.elsewhere.first() {
        Some((path, reference)) if reference.starts_with('#') => format!(
            "{path} only refers to {reference} there; write its operations below the path itself"
        ),
        Some((path, _)) => format!(
            "{path} is in another file there, and overlays see one file only; make one of them with `npx @redocly/cli bundle`"
        ),
        None => "add it there, or take it out of the catalog".to_owned(),
    }
}

/// The operations that answer another request than the catalog says.
fn other_requests(catalog: &Catalog, target: &Target, file: &Path) -> Option<String> {
    let differing = catalog.operations.iter().filter_map(|operation| {
        let there = target.operation(&operation.id)?;
        let same = there.may_answer(operation.method.as_str(), &operation.path);
        let (here, there) = (operation.request(), there.request());
        (!same).then(|| format!("{}: {here} in the catalog, {there} there", operation.id))
    });
    let head = format!(
        "these operations answer other requests in {}",
        file.display()
    );
    list(&head, differing)
}

/// The components of the document that are not what the overlay brings under their names.
fn replaced_components(overlay: &Overlay, target: &Target, file: &Path) -> Option<String> {
    let replaced = overlay.components().filter_map(|(section, name, ours)| {
        let theirs = target.component(section, name)?;
        (theirs != ours).then(|| format!("components.{section}.{name}"))
    });
    let file = file.display();
    let head =
        format!("the overlay replaces what {file} has under these names; rename what is to stay");
    list(&head, replaced)
}

/// The responses of the document that the overlay replaces with others.
fn replaced_responses(overlay: &Overlay, target: &Target, file: &Path) -> Option<String> {
    let replaced = overlay.operations().iter().filter_map(|operation| {
        let OperationErrors { id, responses } = operation;
        let theirs = &target.operation(id)?.responses;
        let others = responses
            .iter()
            .filter(|(status, ours)| theirs.get(*status).is_some_and(|theirs| theirs != *ours));
        let statuses: Vec<&str> = others.map(|(status, _)| status.as_str()).collect();
        (!statuses.is_empty()).then(|| format!("{id}: {}", statuses.join(", ")))
    });
    let head = format!(
        "the overlay replaces responses that {} has already",
        file.display()
    );
    list(&head, replaced)
}

/// The responses of the document that admit errors besides those of the catalog.
fn other_responses(overlay: &Overlay, target: &Target, file: &Path) -> Option<String> {
    let others = overlay.operations().iter().filter_map(|operation| {
        let OperationErrors { id, responses } = operation;
        let theirs = target.operation(id)?.responses.keys();
        let errors = theirs.filter(|status| *status == "default" || status.starts_with(['4', '5']));
        let others = errors.filter(|status| !responses.contains_key(*status));
        let others: Vec<&str> = others.map(String::as_str).collect();
        (!others.is_empty()).then(|| format!("{id}: {}", others.join(", ")))
    });
    let head = format!(
        "these responses of {} stay, so contract tests take whatever they admit",
        file.display()
    );
    list(&head, others)
}

/// The operations of the document of which the catalog says nothing.
fn uncovered_operations(overlay: &Overlay, target: &Target, file: &Path) -> Option<String> {
    let covered = |operation: &TargetOperation| {
        let mut all = overlay.operations().iter();
        all.any(|errors| operation.id.as_ref() == Some(&errors.id))
    };
    let uncovered = target.operations.iter().filter(|other| !covered(other));
    let lines = uncovered.map(|operation| match &operation.id {
        Some(id) => format!("{id}: {}", operation.request()),
        None => format!("{}, which has no operationId", operation.request()),
    });
    let of_others = target.elsewhere.iter();
    let of_others = of_others.map(|(path, to)| format!("{path}, whose operations are in {to}"));
    let head = format!(
        "the catalog says nothing of these operations of {}",
        file.display()
    );
    list(&head, lines.chain(of_others))
}

/// A heading with lines below it, if there are any.
fn list(head: &str, lines: impl Iterator<Item = String>) -> Option<String> {
    let mut text = head.to_owned() + ":";
    let bare = text.len();
    for line in lines {
        // Writing to a string cannot fail.
        let _ = write!(text, "\n  {line}");
    }
    (text.len() > bare).then_some(text)
}
