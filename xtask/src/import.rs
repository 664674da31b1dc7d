//! `import`: creates a catalog from an existing list of errors, and brings it a new version of the list.

mod changes;
mod report;
mod update;

use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::ValueEnum as _;
use codegen::Source;
use codegen::import::{Format, Import, Input, LastImport, Namespaces, Options, OptionsError};
use fs_err as fs;

use crate::cli::{ImportOptions, ImportSource, Signs};
use crate::disk::transaction::{self, Edit};
use crate::openapi::read;
use crate::status::Status;
use crate::{project, terminal};
pub(crate) use report::report;

/// The file name of the draft.
const DRAFT: &str = "catalog.yaml";
/// The largest supported list, in bytes. Its draft fits the size limit of catalogs.
const MAX_BYTES: u64 = 16 * 1024 * 1024;

pub(crate) fn run(options: &ImportOptions) -> anyhow::Result<Status> {
    if options.update {
        return update::run(options);
    }
    if options.catalog.is_some() {
        bail!(
            "import reads a list, not a catalog: remove --catalog, or update that catalog with --update"
        );
    }
    let target = options.out.as_deref().map(target).transpose()?;
    let file = &options.file;
    let draft = draft(&Draft {
        file,
        name: None,
        kind: options.from,
        crate_name: options.crate_name.as_deref(),
        crate_option: "--crate",
        error_type: options.error_type.as_deref(),
        placeholders: options.placeholders,
        namespaces: options.namespace.as_deref().map(Namespaces::of),
        schema: "catalog/catalog.schema.json",
    })?;
    if let Some(catalog) = &draft.draft.catalog {
        match &target {
            Some(target) => {
                write(target, catalog)?;
                let last = draft.last_import(&file_name(file))?;
                let file = project::import_file(target);
                transaction::apply(vec![Edit::hand_written(file, last.text())])?;
            }
            None => terminal::print(catalog)?,
        }
    }
    report(file, &draft, target.as_deref())?;
    let Drafted { draft, .. } = draft;
    let is_whole = options.partial || draft.lost.is_empty();
    let is_sound = is_whole && draft.faults.is_empty() && draft.catalog.is_some();
    Ok(if is_sound { Status::Ok } else { Status::Failed })
}

/// A list to draft a catalog from.
pub(crate) struct Draft<'a> {
    pub(crate) file: &'a Path,
    /// The file name of the list, after which the catalog is named; that of `file` if nothing is stated.
    pub(crate) name: Option<&'a str>,
    /// The format of the list; from its contents if nothing is stated.
    pub(crate) kind: Option<ImportSource>,
    pub(crate) crate_name: Option<&'a str>,
    /// The option that states the name of the crate.
    pub(crate) crate_option: &'a str,
    pub(crate) error_type: Option<&'a str>,
    /// How messages mark their variable parts; from the list if nothing is stated.
    pub(crate) placeholders: Option<Signs>,
    /// Which field has the namespaces of codes; from the list if nothing is stated.
    pub(crate) namespaces: Option<Namespaces<'a>>,
    /// The path of the schema, relative to the draft.
    pub(crate) schema: &'a str,
}

/// A draft, and what its list was taken for.
pub(crate) struct Drafted {
    pub(crate) draft: Import,
    format: Format,
    /// Whether an option states the format.
    is_stated: bool,
    /// The stated options that the draft depends on, as an update states them again.
    options: Vec<(String, String)>,
}

impl Drafted {
    /// The last import, from now on, of the list with this file name.
    pub(crate) fn last_import(&self, list: &str) -> anyhow::Result<LastImport> {
        let draft = self.draft.catalog.as_deref().unwrap_or_default();
        let import = LastImport::new(list, self.options.clone(), draft);
        import.map_err(|reason| {
            anyhow::anyhow!("the draft is not a catalog, which is a bug of this tool: {reason}")
        })
    }
}

/// The name of a file without its folder.
pub(crate) fn file_name(file: &Path) -> String {
    file.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// Drafts a catalog.
pub(crate) fn draft(list: &Draft<'_>) -> anyhow::Result<Drafted> {
    let text = text(list.file)?;
    let format = match list.kind {
        Some(kind) => kind.format(),
        None => Format::of(&text),
    };
    let document = match format {
        Format::OpenApi => {
            let document = read::values(&text);
            Some(document.with_context(|| format!("cannot read {}", list.file.display()))?)
        }
        _ => None,
    };
    let input = match &document {
        Some(document) => Input::OpenApi(document),
        None => Input::Text(format, &text),
    };
    let named = list.name.map_or(list.file, Path::new);
    let name = named.file_stem().unwrap_or_default().to_string_lossy();
    let drafting = Options {
        name: &name,
        crate_name: list.crate_name,
        error_type: list.error_type,
        placeholders: list.placeholders.map(Signs::placeholders),
        namespaces: list.namespaces,
        schema: list.schema,
    };
    let option = list.crate_option;
    let draft = codegen::import::import(input, drafting).map_err(|error| match error {
        OptionsError::Crate(name) => anyhow::anyhow!(
            "`{name}` is not a valid crate name: use lowercase letters, digits, `-` and `_`, such as `{option} photo-errors`"
        ),
        OptionsError::Type(reason) => anyhow::anyhow!("--type: {reason}: use a name such as `--type api_error`"),
        OptionsError::Namespace { name, known } => anyhow::anyhow!(
            "--namespace: no row has a field `{name}` that can divide the list: {}",
            if known.is_empty() {
                "there is none".to_owned()
            } else {
                format!("name one of `{}`, or `none`", known.join("`, `"))
            }
        ),
    })?;
    let mut options = stated(list);
    // A field that divides the list stays the one of its later versions, even if it was not stated.
    let namespace = draft.namespace.clone();
    options.extend(namespace.map(|name| (NAMESPACE.to_owned(), name)));
    Ok(Drafted {
        draft,
        format,
        is_stated: list.kind.is_some(),
        options,
    })
}

/// The option that names the field of namespaces, in the last import.
const NAMESPACE: &str = "namespace";

/// The options of a list that are stated.
fn stated(list: &Draft<'_>) -> Vec<(String, String)> {
    let value = |value: Option<clap::builder::PossibleValue>| Some(value?.get_name().to_owned());
    let options = [
        (
            "from",
            list.kind.and_then(|kind| value(kind.to_possible_value())),
        ),
        ("type", list.error_type.map(str::to_owned)),
        (
            "placeholders",
            list.placeholders
                .and_then(|signs| value(signs.to_possible_value())),
        ),
    ];
    let options = options.into_iter();
    options
        .filter_map(|(name, value)| Some((name.to_owned(), value?)))
        .collect()
}

/// The path of the draft, which must not exist.
fn target(out: &Path) -> anyhow::Result<PathBuf> {
    let target = out.join(DRAFT);
    if fs::symlink_metadata(&target).is_ok() {
        bail!(
            "{} exists, and is not overwritten: name another folder with --out, or move the file",
            target.display()
        );
    }
    Ok(target)
}

/// The text of the list.
fn text(file: &Path) -> anyhow::Result<String> {
    let size = match fs::metadata(file) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            bail!("there is no file {}", file.display())
        }
        metadata => metadata?.len(),
    };
    if size > MAX_BYTES {
        bail!(
            "{} has {size} bytes, but at most {MAX_BYTES} are supported: split the list",
            file.display()
        );
    }
    let source: Source = project::read(file)?;
    if !source.is_text() {
        bail!("{} is not UTF-8 text: save it as UTF-8", file.display());
    }
    Ok(source.text().to_owned())
}

/// Writes the draft to a new file.
fn write(target: &Path, catalog: &str) -> anyhow::Result<()> {
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder)?;
    }
    // The file may have been created meanwhile.
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(target)?;
    Ok(file.write_all(catalog.as_bytes())?)
}
