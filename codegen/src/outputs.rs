//! The files that a catalog makes from templates: `outputs`.

mod bounded;
mod built_in;
mod counted;
mod engine;
mod filters;
mod guard;
mod literal;
mod mistake;
mod target;

use std::collections::BTreeMap;

use crate::artifact::own;
use crate::ast::{Keyed, OutputAst, PerAst, Spanned};
use crate::catalog::Catalog;
use crate::diagnostic::{Diagnostic, quoted};
use crate::emit;
use crate::include::template_path;
use crate::limits::{MAX_OUTPUTS, MAX_RENDERED_BYTES, MAX_RENDERED_FILES};
use crate::rule::Rule;
use crate::source::Inputs;
use crate::source::templates::{EXTENSION, State, folder_of};
use crate::span::{SourceId, Span};
use crate::suggest::closest;

pub use built_in::BuiltInTemplate;

use engine::Engine;
use target::Target;

/// The entries of `outputs`.
type Field<'a> = Option<&'a Spanned<Vec<Spanned<Keyed<OutputAst>>>>>;

/// An entry of `outputs`.
pub(crate) struct Output {
    template: Template,
    /// The place of its template in the catalog.
    template_span: Span,
    to: Target,
    to_span: Span,
    per: Option<PerAst>,
}

/// The template of an output.
#[derive(Clone, Copy)]
enum Template {
    /// A file, by its position.
    File(usize),
    BuiltIn(&'static BuiltInTemplate),
}

impl Template {
    /// What the engine calls it.
    fn path(self, inputs: &Inputs) -> String {
        match self {
            Self::File(position) => inputs.templates.files[position].path.clone(),
            Self::BuiltIn(template) => template.path(),
        }
    }
}

/// The entries without errors, and the errors of the others.
pub(crate) fn resolve(field: Field<'_>, inputs: &Inputs) -> (Vec<Output>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let entries = field.and_then(|field| field.value.as_ref());
    let entries = entries.map_or(&[][..], Vec::as_slice);
    if let Some(field) = field.filter(|_| entries.len() > MAX_OUTPUTS) {
        let message = format!(
            "there are {} outputs, more than {MAX_OUTPUTS}",
            entries.len()
        );
        let help = "let one template make several files, with `per`";
        found.push(Diagnostic::new(Rule::TooLarge, field.key, message).help(help));
        return (Vec::new(), found);
    }
    let files = inputs.templates.files.iter().enumerate();
    found.extend(files.filter_map(|(at, file)| file.source.defect(inputs.template_id(at))));
    let outputs = entries.iter();
    let outputs = outputs.filter_map(|entry| resolve_entry(entry, inputs, &mut found));
    (outputs.collect(), found)
}

fn resolve_entry(
    entry: &Spanned<Keyed<OutputAst>>,
    inputs: &Inputs,
    found: &mut Vec<Diagnostic>,
) -> Option<Output> {
    let ast = entry.value.as_ref()?;
    for (field, key) in [(&ast.template, "template"), (&ast.to, "to")] {
        if !field.present {
            let message = format!("missing field `{key}`");
            let finding = Diagnostic::new(Rule::MissingField, entry.key, message);
            found.push(finding.help(format!("add `{key}:` here")));
        }
    }
    let template = template(&ast.template, inputs, found);
    let per = ast.per.as_ref().map(|per| per.value);
    let to = ast.to.value.as_ref().and_then(|text| {
        // A value that was reported may have been any.
        let per = per.map_or(Some(None), |per| per.map(Some))?;
        let target = Target::read(text, per, ast.to.span);
        target.map_err(|finding| found.push(*finding)).ok()
    });
    Some(Output {
        template: template?,
        template_span: ast.template.span,
        to: to?,
        to_span: ast.to.span,
        per: per.flatten(),
    })
}

/// The template that a field names.
fn template(
    field: &Spanned<String>,
    inputs: &Inputs,
    found: &mut Vec<Diagnostic>,
) -> Option<Template> {
    let text = field.value.as_ref()?;
    if !text.contains(['.', '/', '\\']) {
        let template = BuiltInTemplate::find(text);
        if template.is_none() {
            let names = BuiltInTemplate::ALL.map(|template| template.name);
            let message = format!("unknown built-in template {}", quoted(text));
            let otherwise = format!(
                "write {}, or the path of a file that ends in `{EXTENSION}`",
                names.map(quoted).join(", ")
            );
            let finding = Diagnostic::new(Rule::BadOutput, field.span, message);
            found.push(finding.did_you_mean(field.span, closest(text, names), otherwise));
        }
        return template.map(Template::BuiltIn);
    }
    let mut report = |problem: &str, help: String| {
        let message = format!("{} {problem}", quoted(text));
        found.push(Diagnostic::new(Rule::BadOutput, field.span, message).help(help));
    };
    let path = match template_path(text) {
        Ok(path) => path,
        Err((problem, help)) => {
            report(problem, help.to_owned());
            return None;
        }
    };
    if let Some(position) = inputs.templates.find(&path) {
        return Some(Template::File(position));
    }
    let folder = folder_of(&path);
    match inputs.templates.state(folder) {
        Some(State::Read) => {
            let files = inputs.templates.files.iter();
            let paths = files.map(|file| file.path.as_str());
            let message = format!("{} does not match any file", quoted(text));
            let otherwise = format!("create the template, a file that ends in `{EXTENSION}`");
            found.push(
                Diagnostic::new(Rule::BadOutput, field.span, message).did_you_mean(
                    field.span,
                    closest(&path, paths),
                    otherwise,
                ),
            );
        }
        Some(State::Outside) => report(
            "is in a folder with a file from outside the folder of the catalog",
            "move all templates into the folder of the catalog, and replace links".to_owned(),
        ),
        Some(State::TooLarge) => report(
            "is in a folder with too many templates",
            "keep templates of a megabyte at most in a folder of their own".to_owned(),
        ),
        None => report(
            "was not read",
            "answer what `Inputs::wanted` asks for before the catalog is compiled".to_owned(),
        ),
    }
    None
}

/// The files of all outputs, by their paths, and the mistakes of the templates.
pub(crate) fn render(
    outputs: &[Output],
    inputs: &Inputs,
    catalog: &Catalog,
) -> (Vec<(String, String)>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    if outputs.is_empty() {
        return (Vec::new(), found);
    }
    let mut files = Files::default();
    let mut engine = Engine::new(inputs, &emit::export::value(catalog));
    for output in outputs {
        let Err(mistake) = engine.render(output, inputs, &mut files) else {
            continue;
        };
        // Two outputs may have the same template.
        if !found.contains(&*mistake) {
            found.push(*mistake);
        }
    }
    (files.made, found)
}

/// The files that were made so far.
#[derive(Default)]
struct Files {
    /// The path and the text of each.
    made: Vec<(String, String)>,
    bytes: usize,
    /// The paths without capital letters, and those of their folders: some file systems do not distinguish them.
    taken: BTreeMap<String, Taken>,
}

#[derive(Clone, Copy)]
struct Taken {
    is_folder: bool,
    by: Span,
}

impl Files {
    /// Adds a file, unless its path is not possible.
    fn add(&mut self, path: String, text: String, output: &Output) -> Result<(), Box<Diagnostic>> {
        let report = |rule, message: String| Diagnostic::new(rule, output.to_span, message);
        if let Some(fault) = own::fault(&path) {
            let (problem, help) = fault.texts();
            let message = format!("{} {problem}", quoted(&path));
            let help = match output.per {
                Some(_) => "change the name by a filter, such as `{code|snake}`",
                None => help,
            };
            return Err(Box::new(report(Rule::BadOutput, message).help(help)));
        }
        self.bytes += text.len();
        if self.made.len() == MAX_RENDERED_FILES || self.bytes > MAX_RENDERED_BYTES {
            let message = format!(
                "the templates make more than {MAX_RENDERED_FILES} files or {MAX_RENDERED_BYTES} bytes"
            );
            let finding = report(Rule::TooLarge, message).help("write less, or fewer files");
            return Err(Box::new(finding));
        }
        self.take(&path, output).map_err(|first| {
            let message = format!("two outputs have the path {}", quoted(&path));
            let mut finding = report(Rule::BadOutput, message);
            if first == output.to_span {
                finding = finding.help("write the name of the entry into the path, whole");
            } else {
                finding = finding.related(first, "the other output");
                finding = finding.help("choose another path for one of the two");
            }
            Box::new(finding)
        })?;
        self.made.push((path, text));
        Ok(())
    }

    /// Takes a path and the folders that it is in, or returns the output that has it.
    fn take(&mut self, path: &str, output: &Output) -> Result<(), Span> {
        let lower = path.to_ascii_lowercase();
        let by = output.to_span;
        for (at, _) in lower.match_indices('/') {
            let folder = self.taken.entry(lower[..at].to_owned());
            let is_folder = true;
            let taken = folder.or_insert(Taken { is_folder, by });
            if !taken.is_folder {
                return Err(taken.by);
            }
        }
        let is_folder = false;
        match self.taken.insert(lower, Taken { is_folder, by }) {
            Some(taken) => Err(taken.by),
            None => Ok(()),
        }
    }
}

/// The source and the text of a template.
fn template_text(inputs: &Inputs, position: usize) -> (SourceId, &str) {
    let text = inputs.templates.files[position].source.text();
    (inputs.template_id(position), text)
}
