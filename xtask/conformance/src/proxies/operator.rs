//! An operator who reads `generated/proxies/nginx/README.md`: the stock layout of Debian, an existing site, one line more.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use fs_err as fs;

use super::exchange::{self, Body, Request, Seen};
use super::lab::Lab;
use super::process::Process;
use super::sites::{LONGEST_BODY, Proxy, is_root};
use crate::toolchain;

/// The folder of nginx in Debian.
const STOCK: &str = "/etc/nginx";

/// What nginx has folders for temporary files for.
const TEMPORARY: [&str; 5] = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];

/// How long the check of the configuration may take.
const CHECK: Duration = Duration::from_secs(20);

/// What a site of Debian's guides has, with Debian's own headers for proxies.
const SITE: &str = "\
server {
    listen 80 default_server;
    server_name api.example.com;

    location / {
        include proxy_params;
        proxy_pass http://GATEWAY;
    }
}
";

/// The line that a site has after its operator has read the page: the first of its example that includes a file.
fn include_line(page: &str) -> Option<&str> {
    let (_, example) = page.split_once("```nginx\n")?;
    let mut lines = example.split("```").next()?.lines().map(str::trim);
    lines.find(|line| line.starts_with("include "))
}

/// Follows the page, and returns what is wrong then.
pub(super) fn walk(
    lab: &Lab<'_>,
    nginx: &Proxy,
    [port, spare]: [u16; 2],
) -> anyhow::Result<Vec<String>> {
    let generated = lab.generated.join("nginx");
    let page = fs::read_to_string(generated.join("README.md"))?;
    let line = include_line(&page).context("the page for nginx shows no line `include`")?;
    let file = line["include ".len()..].trim_end_matches(';');
    let root = lab.place.join("walk");
    let stock = Stock {
        root: &root,
        port,
        spare,
    };
    stock.unpack()?;
    let site = root.join("sites-available/api");
    let text = SITE.replace("GATEWAY", &lab.upstreams.gateway.to_string());
    fs::write(&site, stock.moved(&text))?;
    std::os::unix::fs::symlink(&site, root.join("sites-enabled/api"))?;

    let serve = |log: &str| {
        let log = format!("proxies-{log}");
        let checked = toolchain::run(
            nginx.command(stock.arguments(&["-t"])),
            CHECK,
            lab.logs,
            &log,
        )?;
        ensure!(checked.success, "nginx -t fails:\n{}", checked.err);
        let run = nginx.command(stock.arguments(&["-g", "daemon off;"]));
        let _process = Process::start(&run, &[port], lab.logs, &log)?;
        answer(port)
    };
    let before = serve("walk-before")?;
    let copied = root.join(
        file.strip_prefix(STOCK)
            .context("the file is not in the folder of nginx")?
            .trim_start_matches('/'),
    );
    let name = copied.file_name().context("the line includes a folder")?;
    fs::copy(generated.join(name), &copied)?;
    let text = text.replacen("server {\n", &format!("server {{\n    {line}\n"), 1);
    fs::write(&site, stock.moved(&text))?;
    let after = serve("walk-after")?;

    let mut faults = Vec::new();
    let Seen::Answer(before) = before else {
        return Ok(vec!["the existing site does not answer".to_owned()]);
    };
    if before.status != 413 || before.header("content-type") != Some("text/html") {
        faults.push(format!(
            "the existing site answers a large body with {}",
            before.status
        ));
    }
    let Seen::Answer(after) = after else {
        return Ok(vec!["the site does not answer any more".to_owned()]);
    };
    let cell = lab.describe(&after, "");
    let expected = format!("413 {} id no retry", lab.style);
    if cell.words != expected {
        faults.push(format!(
            "a large body is answered with `{}`, not with `{expected}`",
            cell.words
        ));
    }
    faults.extend(cell.faults);
    Ok(faults)
}

/// What the site answers to a body over the limit, which is that of nginx: 1 MB.
fn answer(port: u16) -> anyhow::Result<Seen> {
    let request = Request {
        method: "POST",
        target: "/v1/files".to_owned(),
        headers: Vec::new(),
        body: Body::Sized(2 * LONGEST_BODY),
    };
    exchange::send(port, &request.to_http())
}

/// A copy of Debian's folder, in which nothing of the system is used or replaced.
struct Stock<'a> {
    root: &'a Path,
    port: u16,
    /// For the site that Debian enables.
    spare: u16,
}

impl Stock<'_> {
    fn unpack(&self) -> anyhow::Result<()> {
        self.copy(Path::new(STOCK), self.root)?;
        let main = self.root.join("nginx.conf");
        ensure!(
            fs::read_to_string(&main)?
                .contains(&format!("include {}/sites-enabled/*;", self.root.display())),
            "{STOCK}/nginx.conf does not include the enabled sites"
        );
        // The default site of Debian listens at the same address, as default server: an operator has removed it.
        let default = self.root.join("sites-enabled/default");
        if fs::symlink_metadata(&default).is_ok() {
            fs::remove_file(default)?;
        }
        Ok(())
    }

    fn copy(&self, from: &Path, to: &Path) -> anyhow::Result<()> {
        fs::create_dir_all(to)?;
        for entry in fs::read_dir(from)? {
            let entry = entry?;
            let target = to.join(entry.file_name());
            let kind = entry.file_type()?;
            if kind.is_dir() {
                self.copy(&entry.path(), &target)?;
            } else if kind.is_file() {
                let text = fs::read_to_string(entry.path())?;
                fs::write(target, self.moved(&text))?;
            } else if let Ok(linked) = fs::read_link(entry.path()) {
                // Links to sites lead into the folder; those to modules do not.
                let linked = match linked.strip_prefix(STOCK) {
                    Ok(inner) => self.root.join(inner),
                    Err(_) => linked,
                };
                std::os::unix::fs::symlink(linked, target)?;
            }
        }
        Ok(())
    }

    /// A file of the folder, with the paths and ports of the copy.
    fn moved(&self, text: &str) -> String {
        let root = self.root.display();
        let user = if is_root() { "user root" } else { "# user" };
        let listen = |port: u16| format!("listen 127.0.0.1:{port}");
        text.replace(STOCK, &root.to_string())
            .replace("/run/nginx.pid", &format!("{root}/nginx.pid"))
            .replace("/var/log/nginx", &root.to_string())
            .replace("user www-data", user)
            // Compiled in: folders in /var/lib/nginx.
            .replace(
                "http {",
                &format!(
                    "http {{{}",
                    TEMPORARY
                        .map(|name| format!("{name}_temp_path {root}/{name}; "))
                        .concat()
                ),
            )
            .replace("listen 80", &listen(self.port))
            .replace("listen [::]:80", &listen(self.spare))
    }

    /// The arguments of nginx for the copy.
    fn arguments(&self, more: &[&str]) -> Vec<String> {
        let main = self.root.join("nginx.conf").display().to_string();
        let all = ["-c", &main, "-e", "stderr"];
        all.iter()
            .chain(more)
            .map(|argument| (*argument).to_owned())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::include_line;

    #[test]
    fn the_line_is_that_of_the_example() {
        let page = "Put `include x;` there:\n\n```nginx\nserver {\n    include /etc/nginx/envelope.conf;\n}\n```\n";
        assert_eq!(
            include_line(page),
            Some("include /etc/nginx/envelope.conf;")
        );
        assert_eq!(include_line("```nginx\nserver {}\n```\ninclude x;"), None);
    }
}
