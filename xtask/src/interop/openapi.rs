//! The OpenAPI documents: what tools for OpenAPI make of them.

mod contract;
pub(super) mod documents;
mod growth;
mod guide;
mod newer;
mod validators;

use std::path::{Path, PathBuf};

use codegen::{Catalog, Inputs};
use fs_err as fs;

use super::cases::Case;
use super::check::Check;
use super::clients::Client;
use super::environment::Environments;
use super::{Wanted, step};
use crate::cli::InteropPart;

use guide::Guide;

/// What the checks need to know.
pub(super) struct Context<'a> {
    pub(super) root: &'a Path,
    /// Where logs go.
    pub(super) folder: &'a Path,
    pub(super) environments: &'a Environments,
    pub(super) inputs: &'a Inputs,
    pub(super) catalog: &'a Catalog,
    pub(super) cases: &'a [Case],
    /// The address of the example server.
    pub(super) address: &'a str,
}

/// The folder where documents and generated clients are made: inside that of Node, whose tools look
/// for their packages in the folders above them.
pub(super) fn folder(interop: &Path) -> PathBuf {
    interop.join("node/openapi")
}

/// Makes the documents and the clients, as the guide says, and compiles the clients. Where that is at fault,
/// nothing that builds on it can be looked at.
pub(super) fn prepare(context: &Context<'_>, clients: &[&Client]) -> anyhow::Result<Vec<Check>> {
    let work = folder(context.folder);
    if work.exists() {
        fs::remove_dir_all(&work)?;
    }
    fs::create_dir_all(&work)?;
    let guide = Guide::read(context.root)?;
    let follow = || guide.follow(context, &work);
    let followed = step("following docs/openapi.md", follow)?;
    let is_made = followed.faults.is_empty();
    let mut checks = vec![followed];
    if !is_made {
        return Ok(checks);
    }
    for client in clients.iter().filter(|client| client.is_generated()) {
        let compile = || newer::compile(client, context, &work);
        let what = format!("compiling the client of {}", client.name());
        checks.push(step(&what, compile)?);
    }
    Ok(checks)
}

/// All checks that are wanted.
pub(super) fn check(
    context: &Context<'_>,
    clients: &[&Client],
    wanted: Wanted<'_>,
) -> anyhow::Result<Vec<Check>> {
    let work = folder(context.folder);
    let mut checks = Vec::new();
    if wanted.has(InteropPart::OpenapiDocuments) {
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
        let newer = || newer::answer(context, &generated);
        checks.extend(step(
            "answering generated clients with what is newer",
            newer,
        )?);
        let grow = || growth::grow(context, &generated, &work);
        checks.extend(step("generating clients of a larger catalog", grow)?);
    }
    if wanted.has(InteropPart::Schemathesis) {
        let guide = Guide::read(context.root)?;
        let judge = || contract::judge(context, &guide, &work);
        checks.extend(step("judging the example server with schemathesis", judge)?);
    }
    Ok(checks)
}
