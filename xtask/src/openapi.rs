//! `openapi overlay`: an overlay that adds the errors to an existing OpenAPI document.

mod aliases;
mod document;
pub(crate) mod read;
mod target;

use std::path::Path;

use codegen::closest;
use codegen::emit::openapi::{OperationErrors, Overlay};
use serde_json::{Map, Value};

use crate::cli::{OverlayOptions, Paths};
use crate::status::Status;
use crate::{project, terminal};

pub(crate) use target::Target;
use target::TargetOperation;

pub(crate) fn overlay(paths: &Paths, options: &OverlayOptions) -> anyhow::Result<Status> {
    project::refuse_outputs(paths, "the overlay goes to stdout, so redirect it with `>`")?;
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
    let unknown = unknown_operations(&overlay, &target, file);
    if !unknown.is_empty() {
        unknown.iter().for_each(terminal::error);
        return Ok(Status::Failed);
    }
    let left_open = if options.strict {
        other_responses(&overlay, &target)
    } else {
        Vec::new()
    };
    let name = file.display();
    for (heading, lines) in [
        (
            format!("these operations have another method or path in {name}"),
            other_requests(&overlay, &target),
        ),
        (
            format!("the overlay replaces these components of {name}; rename those that you need"),
            replaced_components(&overlay, &target),
        ),
        (
            format!("the overlay replaces these responses of {name}"),
            replaced_responses(&overlay, &target),
        ),
        (
            format!(
                "these responses of {name} stay, so contract tests accept all errors that they allow"
            ),
            left_open,
        ),
        (
            format!("these operations of {name} are missing in the catalog"),
            uncovered_operations(&overlay, &target),
        ),
    ] {
        if !lines.is_empty() {
            terminal::warn(format_args!("{heading}:\n  {}", lines.join("\n  ")))?;
        }
    }
    terminal::print(overlay.to_yaml())?;
    let operations = terminal::plural(overlay.operations().len(), "operation");
    let components = terminal::plural(overlay.components().count(), "component");
    terminal::progress(format_args!(
        "overlay for {} with {components} and {operations}",
        file.display()
    ))?;
    Ok(Status::Ok)
}

/// The errors about operations that the document does not have.
fn unknown_operations(overlay: &Overlay, target: &Target, file: &Path) -> Vec<String> {
    let file = file.display();
    let operations = overlay.operations().iter();
    let unknown = operations.filter(|operation| target.of(operation).is_none());
    let errors = unknown.map(|operation| {
        if operation.is_merged {
            let request = request(operation);
            return format!(
                "unknown request {request} in {file}: add it there, with this path, or remove its operations from the catalog"
            );
        }
        let id = &operation.id;
        let help = help(operation, target);
        format!("unknown operationId `{id}` in {file}: {help}")
    });
    errors.collect()
}

fn request(operation: &OperationErrors) -> String {
    format!("{} {}", operation.method.as_str(), operation.path)
}

fn help(operation: &OperationErrors, target: &Target) -> String {
    if target.webhooks.contains(&operation.id) {
        return "it is a webhook there, not a request to the API; remove it from the catalog"
            .to_owned();
    }
    let (method, path) = (operation.method.as_str(), &operation.path);
    let all = || target.operations.iter();
    let same = all().find(|other| other.answers(method, path));
    let same = same.or_else(|| all().find(|other| other.may_answer(method, path)));
    match same.map(|same| (same.request(), &same.id)) {
        Some((request, Some(id))) => {
            return format!(
                "{request} has the operationId `{id}` there; use it in the catalog too"
            );
        }
        Some((request, None)) => return format!("add this operationId to {request} there"),
        None => {}
    }
    let ids = all().filter_map(|other| other.id.as_deref());
    if let Some(id) = closest(&operation.id, ids) {
        return format!("did you mean `{id}`?");
    }
    match target.elsewhere.first() {
        Some((path, reference)) if reference.starts_with('#') => format!(
            "{path} is a reference to {reference} there; write its operations at the path itself"
        ),
        Some((path, _)) => format!(
            "{path} is in another file there, which overlays cannot change; join the files with `npx @redocly/cli bundle`"
        ),
        None => "add it there, or remove it from the catalog".to_owned(),
    }
}

/// The operations with another method or path than in the catalog.
fn other_requests(overlay: &Overlay, target: &Target) -> Vec<String> {
    let differing = overlay.operations().iter().filter_map(|operation| {
        let there = target.of(operation)?;
        let same = there.may_answer(operation.method.as_str(), &operation.path);
        let (here, there) = (request(operation), there.request());
        (!same).then(|| format!("{}: {here} in the catalog, {there} there", operation.id))
    });
    differing.collect()
}

/// The components of the document that the overlay replaces by different ones.
fn replaced_components(overlay: &Overlay, target: &Target) -> Vec<String> {
    let replaced = overlay.components().filter_map(|(section, name, ours)| {
        let theirs = target.component(section, name)?;
        (theirs != ours).then(|| format!("components.{section}.{name}"))
    });
    replaced.collect()
}

/// The responses of the document that the overlay replaces by different ones.
fn replaced_responses(overlay: &Overlay, target: &Target) -> Vec<String> {
    responses(overlay, target, |ours, status, theirs| {
        ours.get(status).is_some_and(|ours| ours != theirs)
    })
}

/// The responses of the document that allow errors besides those of the catalog.
fn other_responses(overlay: &Overlay, target: &Target) -> Vec<String> {
    responses(overlay, target, |ours, status, _| {
        let is_error = status == "default" || status.starts_with(['4', '5']);
        is_error && !ours.contains_key(status)
    })
}

/// The statuses of the document that satisfy `is_listed`, by operation.
fn responses(
    overlay: &Overlay,
    target: &Target,
    is_listed: impl Fn(&Map<String, Value>, &str, &Value) -> bool,
) -> Vec<String> {
    let operations = overlay.operations().iter().filter_map(|operation| {
        let OperationErrors {
            id,
            responses: ours,
            ..
        } = operation;
        let theirs = target.of(operation)?.responses.iter();
        let listed = theirs.filter(|(status, theirs)| is_listed(ours, status, theirs));
        let statuses: Vec<&str> = listed.map(|(status, _)| status.as_str()).collect();
        (!statuses.is_empty()).then(|| format!("{id}: {}", statuses.join(", ")))
    });
    operations.collect()
}

/// The operations of the document that are missing in the catalog.
fn uncovered_operations(overlay: &Overlay, target: &Target) -> Vec<String> {
    let covered = |operation: &TargetOperation| {
        let mut all = overlay.operations().iter();
        all.any(|errors| operation.gets(errors))
    };
    let uncovered = target.operations.iter().filter(|other| !covered(other));
    let lines = uncovered.map(|operation| match &operation.id {
        Some(id) => format!("{id}: {}", operation.request()),
        None => format!("{}, which has no operationId", operation.request()),
    });
    let elsewhere = target.elsewhere.iter();
    let elsewhere = elsewhere.map(|(path, to)| format!("{path}, whose operations are in {to}"));
    lines.chain(elsewhere).collect()
}
