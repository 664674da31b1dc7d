//! `import --update`: merges a new version of a list into the catalog.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::ValueEnum;
use codegen::import::{LastImport, Namespaces, NotUpdated, Update};
use codegen::{Inputs, Severity};
use fs_err as fs;

use super::{Draft, Drafted, NAMESPACE, changes, draft, file_name, report};
use crate::cli::{ImportOptions, Paths};
use crate::disk::transaction::{self, Edit};
use crate::status::Status;
use crate::{loader, project, terminal};

pub(crate) fn run(options: &ImportOptions) -> anyhow::Result<Status> {
    let paths = Paths {
        catalog: options.catalog.clone(),
        out: None,
    };
    let inputs = project::reading(&paths)?.inputs;
    let file = project::import_file(&project::catalog_file(&paths)?);
    let former = last(options, &file)?;
    let new = new(options, former.list(), Some(&former), &file)?;
    let list = &options.file;
    report::lost(list, &new.draft);
    let is_whole = options.partial || new.draft.lost.is_empty();
    if new.draft.catalog.is_none() {
        report::refuse(list, &new);
    }
    let Some(text) = new
        .draft
        .catalog
        .as_deref()
        .filter(|_| is_whole && new.draft.faults.is_empty())
    else {
        if new.draft.catalog.is_some() && !is_whole {
            terminal::error(
                "a part of the list cannot be imported: fix it, or update without it with --partial",
            );
        }
        return terminal::nothing_written(&[]);
    };
    let update = match codegen::import::update(&inputs, &former, text) {
        Ok(update) => update,
        Err(NotUpdated::Findings(found)) => {
            terminal::diagnostics(&inputs, &found)?;
            return terminal::nothing_written(&[]);
        }
        Err(NotUpdated::OtherList) => bail!(
            "{} has no code of the last import, which was of {}: import it into a catalog of its own, or put the lists together",
            list.display(),
            former.list()
        ),
        Err(NotUpdated::Fault) => bail!(
            "cannot edit this catalog without changing its meaning, which is a bug of this tool: `cargo xtask fmt` may help; nothing was written"
        ),
    };
    let after = changed(&inputs, &update);
    changes::problems(list, &inputs, &update)?;
    let mut errors = update.diagnostics.clone();
    errors.retain(|found| found.severity == Severity::Error);
    terminal::diagnostics(&after, &errors)?;
    let next = new.last_import(former.list())?;
    let is_recorded = options.base.is_none() && next == former;
    if options.dry_run {
        for (id, text) in &update.texts {
            let source = &inputs.sources()[id.0 as usize];
            let name = source.name();
            terminal::diff((name, source.text()), (&format!("{name} (updated)"), text))?;
        }
    } else {
        project::remove_leftovers(&paths, &inputs)?;
        let texts = update.texts.iter();
        let mut edits: Vec<Edit> = texts
            .map(|(id, text)| {
                let name = inputs.sources()[id.0 as usize].name();
                Edit::hand_written(PathBuf::from(name), text.clone())
            })
            .collect();
        // It comes last: without it, the next update makes the same changes.
        if !is_recorded {
            edits.push(Edit::hand_written(file, next.text()));
        }
        transaction::apply(edits)?;
    }
    changes::summary(&new.draft, &update, options.dry_run)?;
    let is_sound = update.conflicts.is_empty() && errors.is_empty();
    Ok(if is_sound { Status::Ok } else { Status::Failed })
}

fn changed(inputs: &Inputs, update: &Update) -> Inputs {
    let texts = update.texts.iter();
    texts.fold(inputs.clone(), |inputs, (id, text)| {
        inputs.with_text(*id, text.clone())
    })
}

/// The last import: that of `--base`, else that of the file.
fn last(options: &ImportOptions, file: &Path) -> anyhow::Result<LastImport> {
    if let Some(base) = &options.base {
        let list = file_name(&options.file);
        let former = ImportOptions {
            file: base.clone(),
            ..options.clone()
        };
        let former = new(&former, &list, None, file)?;
        if former.draft.catalog.is_none() {
            report::refuse(base, &former);
            bail!(
                "{} is not the list that the catalog was made of",
                base.display()
            );
        }
        return former.last_import(&list);
    }
    if let Err(error) = fs::symlink_metadata(file)
        && error.kind() == ErrorKind::NotFound
    {
        bail!(
            "the last import of a list is not recorded in {}: name the version of the list that the catalog was made of, such as `--base old/{}`",
            file.display(),
            file_name(&options.file)
        );
    }
    let source = loader::source(file)?;
    LastImport::read(&source).map_err(|reason| damaged(file, &reason))
}

fn damaged(file: &Path, reason: &str) -> anyhow::Error {
    anyhow::anyhow!(
        "{} is damaged: {reason}: restore it from version control, or name the list of the last import with --base",
        file.display()
    )
}

/// The draft of a list, with the options of the last import.
fn new(
    options: &ImportOptions,
    name: &str,
    last: Option<&LastImport>,
    file: &Path,
) -> anyhow::Result<Drafted> {
    let stated = |option: &str| last.and_then(|last| last.option(option));
    let error_type = options.error_type.as_deref().or_else(|| stated("type"));
    // Where the last import had no namespaces, those of a new version would rename all its codes.
    let recorded = last.map(|_| stated(NAMESPACE).unwrap_or("none"));
    let namespace = options.namespace.as_deref().or(recorded);
    draft(&Draft {
        file: &options.file,
        name: Some(name),
        kind: or_stated(options.from, stated("from"), file)?,
        crate_name: None,
        crate_option: "--crate",
        error_type,
        placeholders: or_stated(options.placeholders, stated("placeholders"), file)?,
        namespaces: namespace.map(Namespaces::of),
        schema: "catalog.schema.json",
    })
    .with_context(|| format!("cannot import {}", options.file.display()))
}

/// The value of an option, else that of the last import.
fn or_stated<T: ValueEnum>(
    own: Option<T>,
    stated: Option<&str>,
    file: &Path,
) -> anyhow::Result<Option<T>> {
    match (own, stated) {
        (None, Some(text)) => T::from_str(text, false)
            .map(Some)
            .map_err(|_| damaged(file, &format!("unknown option `{text}`"))),
        (own, _) => Ok(own),
    }
}
