//! The engine of the templates, with the limits of what they can do.

use std::borrow::Cow;
use std::sync::Arc;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, merge_maps};
use minijinja::{
    AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior, Value, escape_formatter,
};
use serde::Serialize;

use super::counted::{Counter, trusted};
use super::guard::{Templates, guard};
use super::mistake::Mistakes;
use super::{BuiltInTemplate, Files, Output, Template, bounded, filters};
use crate::ast::PerAst;
use crate::diagnostic::Diagnostic;
use crate::limits::{
    TEMPLATE_DEPTH, TEMPLATE_FUEL, TEMPLATE_FUEL_PER_ENTRY, TEMPLATE_ITEMS_PER_FUEL,
};
use crate::source::Inputs;

/// The templates of a catalog, and what they are rendered with.
pub(super) struct Engine {
    environment: Environment<'static>,
    templates: Arc<Templates>,
    /// What the templates of the tool see.
    export: Value,
    /// The same for all others, once one of them is rendered.
    counted: Option<Value>,
    counter: Arc<Counter>,
    /// The work that one output can do.
    fuel: u64,
}

impl Engine {
    pub(super) fn new(inputs: &Inputs, export: &impl Serialize) -> Self {
        let counter = Arc::new(Counter::default());
        let export = Value::from(Serde(export));
        let lists = ["codes", "types", "operations"];
        let entries = lists.map(|list| entries(&export, list).len() as u64);
        let fuel = TEMPLATE_FUEL + TEMPLATE_FUEL_PER_ENTRY * entries.iter().sum::<u64>();
        let files = inputs.templates.files.iter();
        let templates = files.map(|file| {
            let guarded = guard(&file.path, file.source.text(), &syntax());
            (file.path.clone(), guarded)
        });
        let templates: Arc<Templates> = Arc::new(templates.collect());
        Self {
            environment: environment(&templates, &counter),
            templates,
            export,
            counted: None,
            counter,
            fuel,
        }
    }

    /// Makes the files of an output, up to its first mistake.
    pub(super) fn render(
        &mut self,
        output: &Output,
        inputs: &Inputs,
        files: &mut Files,
    ) -> Result<(), Box<Diagnostic>> {
        let mut fuel = self.fuel;
        self.counter
            .set(fuel.saturating_mul(TEMPLATE_ITEMS_PER_FUEL));
        let export = self.export(output.template);
        let Some((variable, list)) = output.per.map(variable) else {
            let text = self.text(output, inputs, export, &mut fuel)?;
            return add(files, output, &Value::UNDEFINED, text);
        };
        for entry in entries(&export, list) {
            let own = Value::from_pairs([(variable, entry.clone())]);
            let context = merge_maps([own, export.clone()]);
            let text = self.text(output, inputs, context, &mut fuel)?;
            add(files, output, &entry, text)?;
        }
        Ok(())
    }

    /// What a template sees.
    fn export(&mut self, template: Template) -> Value {
        if let Template::BuiltIn(_) = template {
            return self.export.clone();
        }
        let counted = self.counted.get_or_insert_with(|| {
            // The nesting of the export does not depend on the catalog.
            trusted(self.export.clone(), &self.counter).unwrap_or_default()
        });
        counted.clone()
    }

    /// Renders the template once. `fuel` is what the output has left.
    fn text(
        &mut self,
        output: &Output,
        inputs: &Inputs,
        context: Value,
        fuel: &mut u64,
    ) -> Result<String, Box<Diagnostic>> {
        self.environment.set_fuel(Some(*fuel));
        let name = output.template.path(inputs);
        let template = self.environment.get_template(&name);
        let captured = template.and_then(|template| template.render_captured(context));
        // Once there are no items left, lists are empty, and the text is wrong.
        let captured = captured.and_then(|captured| self.counter.check().map(|()| captured));
        let captured = captured.map_err(|error| {
            let mistakes = Mistakes {
                output,
                inputs,
                templates: &self.templates,
                fuel: self.fuel,
                is_without_end: self.counter.check().is_err(),
            };
            Box::new(mistakes.diagnostic(&error))
        })?;
        if let Some((_, left)) = captured.state().fuel_levels() {
            *fuel = left;
        }
        let text = captured.into_output();
        // A checkout of the template can have other line breaks than that of its author.
        Ok(if text.contains('\r') {
            text.replace("\r\n", "\n")
        } else {
            text
        })
    }
}

/// Adds a file, unless it is empty.
fn add(
    files: &mut Files,
    output: &Output,
    entry: &Value,
    text: String,
) -> Result<(), Box<Diagnostic>> {
    if text.trim().is_empty() {
        return Ok(());
    }
    files.add(output.to.of(entry), text, output)
}

/// The variable of an entry, and the list of the entries.
const fn variable(per: PerAst) -> (&'static str, &'static str) {
    match per {
        PerAst::Code => ("code", "codes"),
        PerAst::Type => ("type", "types"),
        PerAst::Operation => ("operation", "operations"),
    }
}

/// The entries of a list of the export.
fn entries(export: &Value, list: &str) -> Vec<Value> {
    let list = export.get_attr(list).ok();
    let entries = list.and_then(|list| list.try_iter().ok().map(Iterator::collect));
    entries.unwrap_or_default()
}

fn syntax() -> SyntaxConfig {
    let syntax = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true)
        .build();
    // The delimiters are the usual ones, which are valid.
    syntax.unwrap_or_default()
}

fn environment(templates: &Arc<Templates>, counter: &Arc<Counter>) -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_syntax(syntax());
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    environment.set_recursion_limit(TEMPLATE_DEPTH);
    // Errors have the range of the text that they are about.
    environment.set_debug(true);
    // What it prints is not specified, so that an update of the engine could change outputs.
    environment.remove_global("debug");
    filters::add(&mut environment);
    bounded::add(&mut environment, counter);
    let own = Arc::clone(counter);
    environment.set_formatter(move |out, state, value| {
        escape_formatter(out, state, value)?;
        // So what could not be read whole is reported where it was printed.
        own.check()
    });
    let templates = Arc::clone(templates);
    environment.set_loader(move |path| {
        let built_in = BuiltInTemplate::ALL
            .iter()
            .find(|template| template.path() == path);
        match templates.get(path) {
            Some(Ok(guarded)) => Ok(Some(guarded.text.clone())),
            Some(Err(refused)) => {
                let error = Error::new(ErrorKind::InvalidOperation, refused.message);
                Err(error.with_source(refused.clone()))
            }
            // What comes with the tool has an end.
            None => Ok(built_in.map(|template| template.text.to_owned())),
        }
    });
    environment.set_path_join_callback(|name, parent| match parent.rsplit_once('/') {
        Some((folder, _)) if !name.contains('/') => Cow::Owned(format!("{folder}/{name}")),
        None if !name.contains('/') => Cow::Borrowed(name),
        // No file has this path.
        _ => Cow::Owned(format!("./{name}")),
    });
    environment
}
