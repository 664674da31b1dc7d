//! The marked part of the book's table of contents.

use codegen::artifact::Region;

use crate::project::{FILE_LIST, Project};

const SUMMARY: &str = "docs/SUMMARY.md";

fn marked(between: &str) -> String {
    let (start, end) = (Region::START, Region::END);
    format!("# Mine\n\n- [Mine](mine.md)\n\n{start}\n{between}{end}\n\n- [Last](last.md)\n")
}

#[test]
fn a_region_is_written_between_its_marks_and_nothing_else_is_changed() {
    let project = Project::generated();
    project.write(SUMMARY, marked("old\n"));
    let run = project.run("gen --check").exits_with(1);
    run.prints("stale    docs/SUMMARY.md\n");
    project.run("gen").exits_with(0);
    let text = project.read(SUMMARY);
    let (before, rest) = text.split_once(Region::START).expect("the first mark");
    let (region, after) = rest.split_once(Region::END).expect("the last mark");
    assert_eq!(before, "# Mine\n\n- [Mine](mine.md)\n\n");
    assert_eq!(after, "\n\n- [Last](last.md)\n");
    assert!(region.contains("  - [`mime_mismatch`](errors/mime_mismatch.md)\n"));
    for line in region.lines().filter(|line| !line.is_empty()) {
        let (_, address) = line.split_once("](").expect("a link");
        let page = address.strip_suffix(')').expect("the end of a link");
        assert!(project.exists(&format!("docs/{page}")), "{page}");
    }
    let snapshot = project.snapshot();
    project.run("gen").exits_with(0);
    assert_eq!(project.snapshot(), snapshot);
    project.run("gen --check").exits_with(0);
}

#[test]
fn a_file_without_marks_or_that_is_not_there_is_left_alone() {
    let project = Project::generated();
    assert!(!project.exists(SUMMARY));
    for text in [&b"# Mine\n"[..], b"\xff\n"] {
        project.write(SUMMARY, text);
        project.run("gen").exits_with(0);
        let kept = std::fs::read(project.path(SUMMARY)).expect("the file");
        assert_eq!(kept, text);
        project.run("gen --check").exits_with(0);
    }
}

#[test]
fn marks_that_are_not_a_pair_are_a_fault_and_nothing_is_written() {
    let (start, end) = (Region::START, Region::END);
    for text in [
        format!("{start}\n"),
        format!("{end}\n"),
        format!("{end}\n{start}\n"),
        format!("{start}\nold\nmine\n{start}\nold\n{end}\n"),
        format!("{start}\n{end}\n{end}\n"),
    ] {
        let project = Project::sample();
        project.write(SUMMARY, &text);
        for verb in ["gen", "gen --check"] {
            let run = project.run(verb).exits_with(1);
            run.says("docs/SUMMARY.md must contain `")
                .prints("nothing was written");
        }
        assert_eq!(project.read(SUMMARY), text);
        assert!(!project.exists(FILE_LIST));
    }
    let project = Project::sample();
    let text = [marked("old\n").as_bytes(), b"\xff\n"].concat();
    project.write(SUMMARY, text);
    let run = project.run("gen").exits_with(1);
    run.says("docs/SUMMARY.md is not UTF-8");
}

#[test]
fn line_endings_spaces_after_marks_and_permissions_stay() {
    let project = Project::generated();
    let text = marked("old\n").replace(Region::END, &format!("{}  ", Region::END));
    project.write(SUMMARY, text.replace('\n', "\r\n"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::Permissions::from_mode(0o600);
        std::fs::set_permissions(project.path(SUMMARY), mode).expect("a mode");
    }
    project.run("gen").exits_with(0);
    let text = project.read(SUMMARY);
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    assert!(text.contains("mime_mismatch") && text.contains(&format!("{}  \r\n", Region::END)));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let metadata = std::fs::metadata(project.path(SUMMARY)).expect("the file");
        assert_eq!(metadata.permissions().mode() & 0o777, 0o600);
    }
    project.run("gen --check").exits_with(0);
}

#[cfg(unix)]
#[test]
fn a_link_to_a_file_of_some_other_place_is_not_written_through() {
    let project = Project::generated();
    project.write("elsewhere.md", marked("old\n"));
    let link = project.path(SUMMARY);
    std::os::unix::fs::symlink(project.path("elsewhere.md"), link).expect("a link");
    project.run("gen").exits_with(0);
    assert_eq!(project.read("elsewhere.md"), marked("old\n"));
}

#[test]
fn a_file_may_have_several_regions_each_by_its_name() {
    let project = Project::generated();
    let page = "docs/catalog-format.md";
    let marked = |name: &str| {
        let start = Region::START.replace(". ", &format!(": {name} "));
        format!("{start}\nstale\n{}\n", Region::END)
    };
    let (api, limits) = (marked("the keys of api"), marked("limits"));
    project.write(page, format!("# Mine\n{api}between\n{limits}"));
    project.run("gen").exits_with(0);
    let text = project.read(page);
    let (before, after) = text.split_once("between\n").expect("the text between");
    assert!(before.starts_with("# Mine\n") && before.contains("| `api.title` | string |"));
    assert!(after.contains("| A string | 16 KiB |") && !text.contains("stale"));
    project.run("gen --check").exits_with(0);
    project.write(page, format!("{api}{api}"));
    let run = project.run("gen").exits_with(1);
    run.says("docs/catalog-format.md must contain `");
}
