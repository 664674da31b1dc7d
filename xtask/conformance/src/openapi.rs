//! The OpenAPI documents in OpenAPI tools and generated clients.

mod client_stability;
mod contract;
mod documents;
mod forward_compat;
mod guide;
mod validators;

use fs_err as fs;

use crate::check::Check;
use crate::cli::Part;
use crate::context::Context;
use crate::environment::openapi_folder;
use crate::model::Client;
use crate::selection::Selection;
use crate::terminal::step;

use guide::Guide;

/// Generates the documents and the clients with the commands of the guide, and compiles the clients. The
/// other checks need these results.
pub(crate) fn prepare(context: &Context<'_>, clients: &[&Client]) -> anyhow::Result<Vec<Check>> {
    let work = openapi_folder(context.folder);
    if work.exists() {
        fs::remove_dir_all(&work)?;
    }
    fs::create_dir_all(&work)?;
    let guide = Guide::read(context.root)?;
    let follow = || guide.follow(context, &work);
    let followed = step("following docs/openapi.md", follow)?;
    let is_complete = followed.faults.is_empty();
    let mut checks = vec![followed];
    if !is_complete {
        return Ok(checks);
    }
    for client in clients.iter().filter(|client| client.is_generated()) {
        let compile = || forward_compat::compile(client, context, &work);
        let what = format!("compiling the client of {}", client.name());
        checks.push(step(&what, compile)?);
    }
    Ok(checks)
}

/// Runs the requested checks.
pub(crate) fn check(
    context: &Context<'_>,
    clients: &[&Client],
    selection: Selection<'_>,
) -> anyhow::Result<Vec<Check>> {
    let work = openapi_folder(context.folder);
    let mut checks = Vec::new();
    if selection.has(Part::OpenapiDocuments) {
        let documents = documents::write(context, &work)?;
        let apply = || documents::apply(context, &documents);
        checks.extend(step("applying overlays", apply)?);
        let validate = || validators::validate(context, &documents.all());
        checks.extend(step("validating documents", validate)?);
    }
    let generated: Vec<&Client> = clients
        .iter()
        .copied()
        .filter(|c| c.is_generated())
        .collect();
    if !generated.is_empty() {
        let newer = || forward_compat::check(context, &generated);
        checks.extend(step(
            "connecting generated clients to a newer server",
            newer,
        )?);
        let grow = || client_stability::check(context, &generated, &work);
        checks.extend(step("generating clients of a larger catalog", grow)?);
    }
    if selection.has(Part::Schemathesis) {
        let guide = Guide::read(context.root)?;
        let test = || contract::check(context, &guide, &work);
        checks.extend(step("testing the example server with schemathesis", test)?);
    }
    Ok(checks)
}
