//! `template`: prints a template that comes with the tool.

use codegen::BuiltInTemplate;

use crate::cli::{Paths, TemplateOptions};
use crate::status::Status;
use crate::{project, terminal};

pub(crate) fn run(paths: &Paths, options: &TemplateOptions) -> anyhow::Result<Status> {
    project::refuse_places(paths, "a template is the same for every catalog")?;
    // The command line accepts no other names.
    if let Some(template) = BuiltInTemplate::find(&options.name) {
        terminal::print(template.text)?;
    }
    Ok(Status::Ok)
}
