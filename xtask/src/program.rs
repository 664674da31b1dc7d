//! The command that started the tool. What a person is told to run begins with it.

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::path::Path;

use codegen::Diagnostic;

/// The name in texts and examples, and of the alias that runs the tool in a workspace.
const ALIAS: &str = "cargo xtask";
/// Cargo runs the program of this name as its subcommand, whose name is then the first argument.
const PROGRAM: &str = "cargo-error-catalog";
const SUBCOMMAND: &str = "error-catalog";

/// What a person types to start the tool.
///
/// ```
/// use error_catalog::toolkit::Program;
///
/// let arguments = vec!["target/debug/xtask".into(), "gen".into()];
/// let (program, rest) = Program::of(arguments, Some("xtask".into()));
/// assert_eq!(rest, ["target/debug/xtask", "gen"]);
/// let command = program.renamed(clap::Command::new("tool"));
/// assert_eq!(command.get_bin_name(), Some("cargo xtask"));
/// ```
#[derive(Debug, PartialEq, Eq)]
pub struct Program(String);

impl Program {
    /// The program that was started with these arguments, and the arguments without a name of a subcommand of cargo.
    /// `package` is what `cargo run` started.
    #[must_use]
    pub fn of(mut arguments: Vec<OsString>, package: Option<OsString>) -> (Self, Vec<OsString>) {
        let file = arguments.first().map(Path::new).and_then(Path::file_stem);
        let is_own = file.is_none_or(|file| file == PROGRAM);
        let name = file.unwrap_or(OsStr::new(PROGRAM)).to_string_lossy();
        if is_own && arguments.get(1).is_some_and(|first| first == SUBCOMMAND) {
            arguments.remove(1);
            return (Self(format!("cargo {SUBCOMMAND}")), arguments);
        }
        let name = package.map_or_else(|| name.into_owned(), |_| ALIAS.to_owned());
        (Self(name), arguments)
    }

    /// The program of this process. A test, and an xtask with verbs of its own, are run by cargo too.
    pub(crate) fn current() -> Self {
        let arguments = std::env::args_os().collect();
        Self::of(arguments, std::env::var_os("CARGO_PKG_NAME")).0
    }

    /// What a person types before a verb.
    pub(crate) fn name(&self) -> &str {
        &self.0
    }

    /// What a person types to run a verb.
    pub(crate) fn command(&self, verb: &str) -> String {
        format!("{} {verb}", self.0)
    }

    /// A message with the name of the program in its commands.
    pub(crate) fn named<'a>(&self, message: &'a str) -> Cow<'a, str> {
        let quoted = format!("`{ALIAS} ");
        if self.0 == ALIAS || !message.contains(&quoted) {
            return message.into();
        }
        message.replace(&quoted, &format!("`{} ", self.0)).into()
    }

    /// Diagnostics with the name of the program in their commands. What they quote of the catalog stays.
    pub(crate) fn named_in<'a>(&self, diagnostics: &'a [Diagnostic]) -> Cow<'a, [Diagnostic]> {
        if self.0 == ALIAS {
            return diagnostics.into();
        }
        let mut diagnostics = diagnostics.to_vec();
        for found in &mut diagnostics {
            let labels = std::iter::once(&mut found.primary).chain(&mut found.related);
            let labels = labels.map(|label| &mut label.text);
            let texts = std::iter::once(&mut found.message).chain(&mut found.help);
            for text in texts.chain(labels) {
                *text = self.named(text).into_owned();
            }
        }
        diagnostics.into()
    }

    /// The command line with the name of the program, in its usage and in its examples.
    #[must_use]
    pub fn renamed(&self, command: clap::Command) -> clap::Command {
        let Self(name) = self;
        self.in_examples(command.bin_name(name).display_name(name))
    }

    fn in_examples(&self, command: clap::Command) -> clap::Command {
        let examples = command.get_after_help().map(ToString::to_string);
        let command = match examples {
            Some(examples) => command.after_help(examples.replace(ALIAS, &self.0)),
            None => command,
        };
        command.mut_subcommands(|verb| self.in_examples(verb))
    }
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use clap::CommandFactory as _;
    use codegen::{Inputs, Source};

    use super::Program;
    use crate::cli::Cli;

    fn started(arguments: &[&str], package: Option<&str>) -> (String, Vec<String>) {
        let arguments = arguments.iter().map(OsString::from).collect();
        let (Program(name), rest) = Program::of(arguments, package.map(OsString::from));
        let rest = rest
            .into_iter()
            .map(|word| word.into_string().expect("UTF-8"));
        (name, rest.collect())
    }

    #[test]
    fn the_program_has_the_name_that_a_person_typed() {
        let (by_cargo, rest) = started(&["/bin/cargo-error-catalog", "error-catalog", "gen"], None);
        assert_eq!(by_cargo, "cargo error-catalog");
        assert_eq!(rest, ["/bin/cargo-error-catalog", "gen"]);
        let (by_file, rest) = started(&["target/debug/cargo-error-catalog", "gen"], None);
        assert_eq!(by_file, "cargo-error-catalog");
        assert_eq!(rest, ["target/debug/cargo-error-catalog", "gen"]);
        let (by_alias, _) = started(&["target/debug/xtask", "gen"], Some("xtask"));
        assert_eq!(by_alias, "cargo xtask");
    }

    #[test]
    fn messages_name_the_program_in_their_commands() {
        let program = Program("cargo error-catalog".to_owned());
        assert_eq!(program.command("gen"), "cargo error-catalog gen");
        let message = "unknown name `cargo xtask`: `cargo xtask list` shows the codes";
        assert_eq!(
            program.named(message),
            "unknown name `cargo xtask`: `cargo error-catalog list` shows the codes"
        );
        let source = "version: 1\n";
        let inputs = Inputs::new(Source::new("catalog.yaml", source.into()));
        let mut found = codegen::compile(&inputs).diagnostics;
        found[0].help = Some(message.to_owned());
        let named = program.named_in(&found);
        assert_eq!(named[0].help, Some(program.named(message).into_owned()));
        assert_eq!(named[0].message, found[0].message);
    }

    #[test]
    fn usage_and_examples_name_the_program() {
        let mut command = Program("cargo error-catalog".to_owned()).renamed(Cli::command());
        let help = command.render_long_help().to_string();
        assert!(help.contains("Usage: cargo error-catalog"), "{help}");
        assert!(help.contains("  cargo error-catalog gen --check"), "{help}");
        assert!(!help.contains("cargo xtask"), "{help}");
        let version = command.render_version();
        assert!(version.starts_with("cargo error-catalog "), "{version}");
        command.build();
        let verb = command.find_subcommand_mut("gen").expect("the verb");
        let help = verb.render_long_help().to_string();
        assert!(help.contains("Usage: cargo error-catalog gen"), "{help}");
        assert!(!help.contains("cargo xtask"), "{help}");
    }
}
