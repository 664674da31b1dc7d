//! What `init` asks for on a terminal.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::Path;

use anyhow::bail;
use heck::{ToKebabCase as _, ToTitleCase as _};

use crate::cli::InitOptions;

/// The title of the API and the name of its crate.
pub(super) struct Answers {
    pub(super) title: String,
    pub(super) crate_name: String,
}

/// The answers, from the options or from the terminal.
pub(super) fn answers(options: &InitOptions) -> anyhow::Result<Answers> {
    let asks = io::stdin().is_terminal() && io::stderr().is_terminal();
    let title = match &options.title {
        Some(title) => title.clone(),
        None if asks => ask("Title of the API", &title_of(&options.folder))?,
        None => {
            bail!("the title of the API is missing: pass --title, such as `--title \"Pet Store\"`")
        }
    };
    let crate_name = match &options.crate_name {
        Some(name) => name.clone(),
        None if asks && options.title.is_none() => {
            ask("Name of the generated crate", &crate_of(&title))?
        }
        None => crate_of(&title),
    };
    Ok(Answers { title, crate_name })
}

/// A title, from the name of the folder.
fn title_of(folder: &Path) -> String {
    let folder = std::path::absolute(folder).ok();
    let name = folder.as_deref().and_then(Path::file_name);
    name.unwrap_or_default().to_string_lossy().to_title_case()
}

/// The name of a crate, from a title.
pub(super) fn crate_of(title: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { ' ' };
    let name = title.chars().map(plain).collect::<String>().to_kebab_case();
    match name.trim_start_matches(|c: char| !c.is_ascii_lowercase()) {
        "" => "api-errors".to_owned(),
        name => format!("{name}-errors"),
    }
}

/// Asks a question, with an answer for an empty line.
fn ask(question: &str, default: &str) -> anyhow::Result<String> {
    let mut stderr = io::stderr();
    write!(stderr, "{question} [{default}]: ")?;
    stderr.flush()?;
    let mut line = String::new();
    if io::stdin().read_line(&mut line)? == 0 {
        bail!("no answer: pass --title and --crate-name");
    }
    Ok(match line.trim() {
        "" => default.to_owned(),
        answer => answer.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::crate_of;

    #[test]
    fn a_crate_is_named_after_the_api() {
        assert_eq!(crate_of("Pet Store"), "pet-store-errors");
        assert_eq!(crate_of("3D Файлы API"), "d-api-errors");
        assert_eq!(crate_of("错误"), "api-errors");
    }
}
