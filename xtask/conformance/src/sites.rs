//! The recipes of the guide for site generators: each site is built from the pages of a catalog, and checked.

mod recipes;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use codegen::Catalog;
use fs_err as fs;

use crate::catalogs::{self, FIXTURES};
use crate::check::{Check, Judged};
use crate::driver;
use crate::environment::Environment;
use crate::model::Language;
use crate::terminal::step;
use crate::toolchain;
use recipes::Recipe;

/// The page with a section for each generator.
const GUIDE: &str = "docs/publish-the-pages.md";

/// The folder of the drivers, with the locks of the generators.
const DRIVERS: &str = "sites";

/// The generators whose recipes are followed, by the headings of their sections.
const FOLLOWED: [&str; 5] = ["Sphinx", "VitePress", "Docusaurus", "Hugo", "Jekyll"];

/// Those that build a site in a few seconds: they also build the pages of a difficult catalog.
const FAST: [&str; 3] = ["Sphinx", "Hugo", "Jekyll"];

/// The test catalog with the most difficult names of pages and anchors.
const DIFFICULT: &str = "hostile_names";

/// The folder with the built site.
const SITE: &str = "site";

/// The longest time that a build may take.
const TIMEOUT: Duration = Duration::from_secs(600);

/// Finds the generators that no lock can pin.
pub(crate) fn find() -> anyhow::Result<()> {
    let packages = "get it with `apt-get install hugo jekyll ruby-jekyll-optional-front-matter \
                    ruby-jekyll-readme-index ruby-jekyll-relative-links ruby-jekyll-titles-from-headings`";
    for program in ["hugo", "jekyll"] {
        toolchain::installed(program, packages)?;
    }
    Ok(())
}

/// Follows all recipes.
pub(crate) fn check(root: &Path, folder: &Path, catalog: &Catalog) -> anyhow::Result<Vec<Check>> {
    let install = || {
        Ok(Workshop {
            python: Environment::install_drivers(DRIVERS, Language::Python, root, folder)?,
            node: Environment::install_drivers(DRIVERS, Language::Node, root, folder)?,
            logs: folder,
        })
    };
    let workshop = step("installing the generators of sites", install)?;
    let difficult = catalogs::compile(&root.join(FIXTURES).join(DIFFICULT))?;
    let guide = fs::read_to_string(root.join(GUIDE))?;
    let mut checks = Vec::new();
    for recipe in recipes::of_guide(&guide, &FOLLOWED)? {
        let what = format!("building a site with {}", recipe.name);
        let mut follow = |name: &str, catalog: &Catalog| {
            step(&what, || workshop.follow(&recipe, name, catalog))
                .map(|found| checks.extend(found))
        };
        follow("sample", catalog)?;
        if FAST.contains(&recipe.name) {
            follow(DIFFICULT, &difficult)?;
        }
    }
    Ok(checks)
}

/// The installed generators.
struct Workshop<'a> {
    python: Environment,
    node: Environment,
    logs: &'a Path,
}

impl Workshop<'_> {
    /// Builds the site of a recipe, and checks it.
    fn follow(
        &self,
        recipe: &Recipe<'_>,
        name: &str,
        catalog: &Catalog,
    ) -> anyhow::Result<Vec<Check>> {
        // Next to the installed packages, since Node looks for them in the folders above.
        let work = self.node.place.join("work").join(name).join(recipe.name);
        if work.exists() {
            fs::remove_dir_all(&work)?;
        }
        write(recipe, catalog, &work)?;
        let built = self.build(recipe, &work)?;
        let is_built = built.is_none();
        let subject = format!("{GUIDE}, with the pages of the {name} catalog");
        let mut checks = vec![Check::new(recipe.name, subject, built)];
        if is_built {
            let site = format!("the site of {}", recipe.name);
            let found = self.judge(&work)?.into_iter();
            checks.extend(found.map(|judged| {
                let subject = format!("{name}: {}", judged.subject);
                Check::new(&*site, subject, judged.fault)
            }));
            checks.push(self.planted(recipe, &work)?);
        }
        Ok(checks)
    }

    /// Runs the command of a recipe. The fault is an error or a warning.
    fn build(&self, recipe: &Recipe<'_>, work: &Path) -> anyhow::Result<Option<String>> {
        let path = toolchain::path_with(&self.python.programs())?;
        let mut folders = vec![self.node.programs()];
        folders.extend(std::env::split_paths(&path));
        let mut command = Command::new("bash");
        command
            .args(["-e", "-o", "pipefail", "-c", recipe.command])
            .current_dir(work)
            .env("PATH", std::env::join_paths(folders)?)
            .env("CI", "true")
            .env("NO_UPDATE_NOTIFIER", "1")
            // The version of Node is not that of the recipe.
            .env("NODE_NO_WARNINGS", "1");
        let log = format!("site-{}", recipe.name);
        let ended = toolchain::run(command, TIMEOUT, self.logs, &log)?;
        let lines = ended.out.lines().chain(ended.err.lines());
        let warnings = lines
            .filter(|line| line.contains("WARN") || line.to_ascii_lowercase().contains("warning:"));
        let warnings: Vec<&str> = warnings.collect();
        let is_clean = ended.success && warnings.is_empty();
        Ok((!is_clean).then(|| {
            let out = ended.last_of_out();
            format!("{}\n{out}\n{}", warnings.join("\n"), ended.err)
        }))
    }

    fn judge(&self, work: &Path) -> anyhow::Result<Vec<Judged>> {
        let mut command = self.python.driver("check_site.py");
        command.arg(work.join(SITE)).arg(work.join("errors.json"));
        Ok(driver::run(command, self.logs, "check-site")?.lines)
    }

    /// Checks that a broken link, a link to a missing id and a repeated id, in one page, are found.
    fn planted(&self, recipe: &Recipe<'_>, work: &Path) -> anyhow::Result<Check> {
        let page = work.join(SITE).join("errors/planted.html");
        let faults = [
            ("nowhere.html", "leads to no page"),
            ("#nowhere", "leads to no id"),
        ];
        let links = faults.map(|(address, _)| format!("<a href=\"{address}\" id=\"twice\">x</a>"));
        fs::write(&page, links.concat())?;
        let found = self.judge(work)?.into_iter();
        fs::remove_file(&page)?;
        let found: Vec<String> = found.filter_map(|judged| judged.fault).collect();
        let [expected] = &found[..] else {
            let fault = format!("reported: {found:?}");
            return Ok(Check::new("planted faults", recipe.name, Some(fault)));
        };
        let mut wanted = faults.map(|(_, fault)| fault).to_vec();
        wanted.push("occur twice: twice");
        let missing = wanted.iter().find(|fault| !expected.contains(**fault));
        let fault = missing.map(|fault| format!("not found: {fault}"));
        Ok(Check::new("planted faults", recipe.name, fault))
    }
}

/// Writes the files of a recipe, the pages and the export.
fn write(recipe: &Recipe<'_>, catalog: &Catalog, work: &Path) -> anyhow::Result<()> {
    let plan = codegen::plan(catalog);
    let pages = plan.artifacts.iter().filter_map(|artifact| {
        let place = match artifact.path.as_str() {
            "generated/errors.json" => PathBuf::from("errors.json"),
            path if path.starts_with("docs/") => PathBuf::from(path),
            _ => return None,
        };
        Some((place, artifact.contents.as_str()))
    });
    let files = recipe.files.iter();
    let files = files.map(|(path, contents)| (PathBuf::from(path), contents.as_str()));
    // Every project of Node has this file.
    let project = [(PathBuf::from("package.json"), "{ \"private\": true }\n")];
    for (place, contents) in pages.chain(project).chain(files) {
        let path = work.join(place);
        fs::create_dir_all(path.parent().unwrap_or(work))?;
        fs::write(path, contents)?;
    }
    Ok(())
}
