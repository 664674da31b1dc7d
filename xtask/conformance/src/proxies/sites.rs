//! The proxies, and a site of each: what an operator has, with and without the generated configuration.

mod apache;
mod caddy;
mod haproxy;
mod nginx;
mod varnish;

use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use fs_err as fs;

use crate::toolchain;

/// The longest body that the sites admit.
pub(super) const LONGEST_BODY: usize = 1024 * 1024;

/// The path prefix of the requests that a site answers with a status, such as `/make/403`.
pub(super) const MAKE: &str = "/make/";

/// How long the check of a configuration may take.
const CHECK: Duration = Duration::from_secs(60);

/// A proxy of Debian.
pub(super) struct Proxy {
    /// The name in the catalog, and of the folder of its configuration.
    pub(super) name: &'static str,
    package: &'static str,
    program: &'static str,
    /// The argument that prints the version.
    version: &'static str,
    /// The statuses that a site can answer with a line of its configuration.
    pub(super) makes: &'static [u16],
    /// Writes the configuration of a site.
    write: fn(&Site<'_>) -> io::Result<()>,
    /// The arguments that run a site in the foreground.
    run: fn(&Site<'_>) -> Vec<String>,
    /// The arguments that only check its configuration.
    check: fn(&Site<'_>) -> Vec<String>,
}

pub(super) const PROXIES: [Proxy; 5] = [
    nginx::PROXY,
    haproxy::PROXY,
    apache::PROXY,
    caddy::PROXY,
    varnish::PROXY,
];

/// Where a site sends its requests.
pub(super) struct Upstreams {
    /// The example server.
    pub(super) gateway: SocketAddr,
    /// The server that fails on purpose, for paths with `/broken/`.
    pub(super) broken: SocketAddr,
    /// An address without a server, for paths that end in `/down`.
    pub(super) down: SocketAddr,
}

/// A site on the loopback interface.
pub(super) struct Site<'a> {
    /// A folder of its own.
    pub(super) folder: PathBuf,
    /// For HTTP/1.1 and for HTTP/2.
    pub(super) ports: [u16; 2],
    pub(super) upstreams: &'a Upstreams,
    /// The folder with the generated configuration, if the site includes it.
    pub(super) included: Option<&'a Path>,
}

impl Site<'_> {
    /// The path of a file in the folder.
    fn file(&self, name: &str) -> String {
        self.folder.join(name).display().to_string()
    }

    /// The text if the site includes the generated configuration. `$included` is its folder.
    fn if_included(&self, text: &str) -> String {
        let folder = self.included.map(|folder| folder.display().to_string());
        folder.map_or_else(String::new, |folder| text.replace("$included", &folder))
    }
}

/// Whether the proxies have to be told a user, since they start as root.
pub(super) fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt as _;
    // The folder of a process belongs to its user.
    std::fs::metadata("/proc/self").is_ok_and(|folder| folder.uid() == 0)
}

impl Proxy {
    /// The version, if the proxy is installed.
    pub(super) fn version(&self) -> anyhow::Result<String> {
        let how = format!(
            "get it with `apt-get install {}`, or from your system",
            self.package
        );
        let output = Command::new(self.path()).arg(self.version).output();
        let output = output.with_context(|| format!("{} is not installed: {how}", self.program))?;
        let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
        text.push_str(&String::from_utf8_lossy(&output.stderr));
        let version = first_version(&text);
        let version =
            version.with_context(|| format!("{} does not print a version", self.program))?;
        Ok(version.to_owned())
    }

    /// The program. Debian has servers where only the administrator's PATH leads to.
    fn path(&self) -> PathBuf {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders =
            std::env::split_paths(&path).chain(["/usr/local/sbin".into(), "/usr/sbin".into()]);
        let mut found = folders.map(|folder| folder.join(self.program));
        found
            .find(|path| path.is_file())
            .unwrap_or_else(|| self.program.into())
    }

    /// The command with these arguments.
    pub(super) fn command(&self, arguments: Vec<String>) -> Command {
        let mut command = Command::new(self.path());
        command.args(arguments);
        command
    }

    fn at_site(&self, site: &Site<'_>, arguments: Vec<String>) -> Command {
        let mut command = self.command(arguments);
        // Some store what they made up; none finds a configuration of the user.
        command
            .env("HOME", &site.folder)
            .env("XDG_CONFIG_HOME", &site.folder);
        command.env("XDG_DATA_HOME", &site.folder);
        command
    }

    /// Writes the configuration of a site, and lets the proxy check it.
    ///
    /// # Errors
    ///
    /// Fails if the proxy rejects the configuration.
    pub(super) fn prepare(&self, site: &Site<'_>, logs: &Path, log: &str) -> anyhow::Result<()> {
        fs::create_dir_all(&site.folder)?;
        (self.write)(site)?;
        let command = self.at_site(site, (self.check)(site));
        let ended = toolchain::run(command, CHECK, logs, log)?;
        ensure!(
            ended.success,
            "{} rejects its configuration:\n{}{}",
            self.name,
            ended.err,
            ended.last_of_out()
        );
        Ok(())
    }

    /// The command that runs a site in the foreground.
    pub(super) fn run(&self, site: &Site<'_>) -> Command {
        self.at_site(site, (self.run)(site))
    }
}

/// The first number with a point in a text, with all its numbers and points.
fn first_version(text: &str) -> Option<&str> {
    let mut words = text.split(|c: char| !c.is_ascii_digit() && c != '.');
    words.find(|word| word.contains('.') && word.starts_with(|c: char| c.is_ascii_digit()))
}

/// A line for each status that a site is asked to make.
fn lines(statuses: &[u16], line: impl Fn(u16) -> String) -> String {
    statuses.iter().map(|status| line(*status) + "\n").collect()
}

#[cfg(test)]
mod tests {
    use super::first_version;

    #[test]
    fn versions_are_read_from_what_the_proxies_print() {
        for (printed, version) in [
            ("nginx version: nginx/1.22.1\n", "1.22.1"),
            (
                "HAProxy version 2.6.12-1+deb12u4 2026/10/17 - https://haproxy.org/",
                "2.6.12",
            ),
            (
                "Server version: Apache/2.4.71 (Debian)\nServer built:   2026-11-12",
                "2.4.71",
            ),
            ("2.6.2\n", "2.6.2"),
            ("varnishd (varnish-7.1.1 revision 7cee1c581b)", "7.1.1"),
        ] {
            assert_eq!(first_version(printed), Some(version), "{printed}");
        }
    }
}
