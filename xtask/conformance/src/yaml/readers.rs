//! The readers, and how each is run.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, ensure};
use fs_err as fs;
use serde::Deserialize;
use serde_json::Value;

use super::difference::difference;
use crate::driver;
use crate::environment::Environments;
use crate::model::Language;

/// The jar of `SnakeYAML` on Debian.
const SNAKEYAML: &str = "/usr/share/java/snakeyaml.jar";

/// The language of a driver.
#[derive(Clone, Copy)]
enum Host {
    Python,
    Node,
    Ruby,
    Perl,
    Php,
    Java,
}

/// A reader of YAML.
pub(super) struct Reader {
    host: Host,
    /// The name of the reader, for its driver and its logs.
    name: &'static str,
}

/// A tool of the system that readers need.
struct Tool {
    name: &'static str,
    /// A command that succeeds if the tool has what its reader needs.
    probe: &'static [&'static str],
    packages: &'static str,
}

const TOOLS: [Tool; 5] = [
    Tool {
        name: "Ruby",
        probe: &["ruby", "-rpsych", "-rjson", "-e", ""],
        packages: "ruby",
    },
    Tool {
        name: "Perl with YAML::XS and YAML::PP",
        probe: &["perl", "-MYAML::XS", "-MYAML::PP", "-MJSON::PP", "-e", "1"],
        packages: "libyaml-libyaml-perl libyaml-pp-perl",
    },
    Tool {
        name: "PHP with its extension yaml",
        probe: &["php", "-r", "exit(extension_loaded('yaml') ? 0 : 1);"],
        packages: "php-cli php-yaml",
    },
    Tool {
        name: "fy-tool of libfyaml",
        probe: &["fy-tool", "--version"],
        packages: "libfyaml-utils",
    },
    Tool {
        name: "a JDK, version 17 or newer,",
        probe: &["java", "--describe-module", "jdk.compiler"],
        packages: "default-jdk-headless",
    },
];

/// Checks that the tools of the system are installed.
pub(crate) fn find() -> anyhow::Result<()> {
    for Tool {
        name,
        probe,
        packages,
    } in TOOLS
    {
        let mut command = Command::new(probe[0]);
        let command = command.args(&probe[1..]).stdin(Stdio::null());
        let is_found = command.output().is_ok_and(|output| output.status.success());
        ensure!(
            is_found,
            "{name} is not installed: get it with `apt-get install {packages}`, or from your system"
        );
    }
    ensure!(
        Path::new(SNAKEYAML).is_file(),
        "{SNAKEYAML} is missing: get it with `apt-get install libyaml-snake-java`"
    );
    Ok(())
}

/// What a reader made of a file.
#[derive(Deserialize)]
pub(super) struct Line {
    pub(super) subject: String,
    /// The file as JSON.
    yaml: Option<String>,
    /// The twin as the language's own JSON reader reads it; absent if it has none.
    json: Option<String>,
    /// Why the file was not read.
    fault: Option<String>,
}

impl Line {
    /// The fault of the file; of the planted one, that it has none.
    pub(super) fn fault(&self, planted: &Path) -> anyhow::Result<Option<String>> {
        let fault = match (&self.yaml, &self.fault) {
            (Some(yaml), _) => {
                let twin = Path::new(&self.subject).with_extension("json");
                let expected = match &self.json {
                    Some(json) => json.clone(),
                    None => fs::read_to_string(twin)?,
                };
                difference(&json(&expected)?, &json(yaml)?)
            }
            (None, fault) => Some(fault.clone().unwrap_or_default()),
        };
        if Path::new(&self.subject) != planted {
            return Ok(fault);
        }
        let is_found = fault.is_some_and(|fault| fault.contains("at /planted, found 12"));
        Ok((!is_found).then(|| "the planted difference was not found".to_owned()))
    }
}

fn json(text: &str) -> anyhow::Result<Value> {
    serde_json::from_str(text).with_context(|| format!("a reader printed invalid JSON: {text}"))
}

impl Reader {
    pub(super) const ALL: [Self; 13] = [
        Self::of(Host::Python, "pyyaml"),
        Self::of(Host::Python, "ruamel-1.1"),
        Self::of(Host::Python, "ruamel-1.2"),
        Self::of(Host::Python, "libfyaml"),
        Self::of(Host::Node, "yaml-1.1"),
        Self::of(Host::Node, "yaml-1.2"),
        Self::of(Host::Node, "js-yaml"),
        Self::of(Host::Ruby, "psych"),
        Self::of(Host::Perl, "xs"),
        Self::of(Host::Perl, "pp-core"),
        Self::of(Host::Perl, "pp-1.1"),
        Self::of(Host::Php, "php"),
        Self::of(Host::Java, "snakeyaml"),
    ];

    const fn of(host: Host, name: &'static str) -> Self {
        Self { host, name }
    }

    /// The name and version of the reader, and what it made of each file.
    pub(super) fn run(
        &self,
        context: &Drivers<'_>,
        files: &[PathBuf],
    ) -> anyhow::Result<(String, Vec<Line>)> {
        let mut command = self.command(context)?;
        command.args(files);
        let log = format!("yaml-{}", self.name);
        let report = driver::run::<Line>(command, context.folder, &log)?;
        let (read, all) = (report.lines.len(), files.len());
        ensure!(read == all, "{} read {read} of {all} files", report.client);
        Ok((report.client, report.lines))
    }

    fn command(&self, context: &Drivers<'_>) -> anyhow::Result<Command> {
        let of_debian = |program: &[&str], driver: &str| {
            let mut command = Command::new(program[0]);
            command.args(&program[1..]).arg(context.source.join(driver));
            command
        };
        Ok(match self.host {
            Host::Python => {
                let mut command = context
                    .environments
                    .of(Language::Python)?
                    .driver("read_yaml.py");
                command.arg(self.name);
                command
            }
            Host::Node => {
                let mut command = context
                    .environments
                    .of(Language::Node)?
                    .driver("read_yaml.mjs");
                command.arg(self.name);
                command
            }
            Host::Ruby => of_debian(&["ruby"], "psych.rb"),
            Host::Perl => {
                let mut command = of_debian(&["perl"], "perl.pl");
                command.arg(self.name);
                command
            }
            Host::Php => of_debian(&["php"], "php.php"),
            Host::Java => of_debian(&["java", "-cp", SNAKEYAML], "ReadYaml.java"),
        })
    }
}

/// Where the drivers and their logs are.
pub(super) struct Drivers<'a> {
    pub(super) environments: &'a Environments,
    /// The folder of the drivers whose readers are packages of the system.
    pub(super) source: PathBuf,
    pub(super) folder: &'a Path,
}
