//! The recipes of a guide: the files that a section prints, and its command.

use std::path::{Component, Path};

use anyhow::{Context as _, ensure};

/// A section of the guide.
pub(super) struct Recipe<'a> {
    /// The heading.
    pub(super) name: &'a str,
    /// The files, by their paths. A path is the line above a block.
    pub(super) files: Vec<(&'a str, String)>,
    /// The block of shell code.
    pub(super) command: &'a str,
}

/// The recipes with these names, in their order.
pub(super) fn of_guide<'a>(guide: &'a str, names: &[&'a str]) -> anyhow::Result<Vec<Recipe<'a>>> {
    let recipes = names.iter().map(|name| {
        let mut sections = guide.split("\n## ").skip(1);
        let text = sections.find_map(|section| section.strip_prefix(name)?.strip_prefix('\n'));
        let text = text.with_context(|| format!("the guide has no section {name}"))?;
        of_section(name, text)
    });
    recipes.collect()
}

fn of_section<'a>(name: &'a str, text: &'a str) -> anyhow::Result<Recipe<'a>> {
    let mut files = Vec::new();
    let mut command = None;
    let mut above = "";
    let mut rest = text;
    while let Some((line, after)) = rest.split_once('\n') {
        rest = after;
        let info = line.trim_start_matches('`');
        let fence = &line[..line.len() - info.len()];
        if fence.len() < 3 {
            if !line.is_empty() {
                above = line;
            }
            continue;
        }
        let end = format!("\n{fence}\n");
        let (block, after) = rest
            .split_once(&end)
            .with_context(|| format!("a block of {name} has no end"))?;
        rest = after;
        let path = above
            .strip_prefix('`')
            .and_then(|path| path.strip_suffix('`'));
        match path {
            Some(path) => {
                let mut parts = Path::new(path).components();
                let is_inside = parts.all(|part| matches!(part, Component::Normal(_)));
                ensure!(is_inside, "{path} of {name} is not inside the site");
                files.push((path, format!("{block}\n")));
            }
            None if info == "sh" => {
                ensure!(command.is_none(), "{name} has two commands");
                command = Some(block);
            }
            None => {}
        }
        above = "";
    }
    let command = command.with_context(|| format!("{name} has no command"))?;
    Ok(Recipe {
        name,
        files,
        command,
    })
}

#[cfg(test)]
mod tests {
    use super::of_guide;

    #[test]
    fn a_recipe_has_files_and_a_command() {
        let guide = "# Title\n\n## One\n\nText `a`.\n\n`a/b.md`\n\n````markdown\n# B\n```{c}\n```\n````\n\n```yaml\nno: file\n```\n\n\
                     ```sh\nbuild a\n```\n\n## Two\n\n`../up`\n\n```sh\nx\n```\n";
        let one = &of_guide(guide, &["One"]).expect("a recipe")[0];
        assert_eq!(one.files, [("a/b.md", "# B\n```{c}\n```\n".to_owned())]);
        assert_eq!(one.command, "build a");
        let fault = |name| of_guide(guide, &[name]).map(drop).unwrap_err().to_string();
        assert_eq!(fault("Two"), "../up of Two is not inside the site");
        assert_eq!(fault("Three"), "the guide has no section Three");
    }
}
