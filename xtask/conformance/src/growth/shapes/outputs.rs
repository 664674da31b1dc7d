//! Catalogs with files from templates.

use super::super::texts::{File, catalog, lines, plain};

/// In the modules of the ready templates.
pub(super) fn ready(count: usize) -> Vec<File> {
    let outputs = "outputs:\n  - { template: typescript, to: errors.ts }\n  - { template: python, to: errors.py }\n";
    catalog(&plain(count), outputs)
}

/// Each with a file of its own.
pub(super) fn files(count: usize) -> Vec<File> {
    let outputs = "outputs:\n  - { template: page.md.j2, to: \"help/{code}.md\", per: code }\n";
    let template = "# {{ code.name }}\n\n{{ code.meaning | markdown }}\n\n{% for type in types if type.name == code.type %}\n{{ type.meaning | markdown }}\n{% endfor %}\n";
    with_template(catalog(&plain(count), outputs), "page.md.j2", template)
}

/// In one file, by a template whose values are counted.
pub(super) fn one_file(count: usize) -> Vec<File> {
    let outputs = "outputs:\n  - { template: table.md.j2, to: help.md }\n";
    let template = "{% for group in codes | groupby(\"type\") %}\n{% for code in group.list | sort(attribute=\"name\") %}\n| {{ [code.name, code.meaning] | map(\"markdown_cell\") | join(\" | \") }} |\n{% endfor %}\n{% endfor %}\n";
    with_template(catalog(&plain(count), outputs), "table.md.j2", template)
}

/// Many outputs of one template.
pub(super) fn many(count: usize) -> Vec<File> {
    let outputs = lines(count, |i| {
        format!("  - {{ template: names.txt.j2, to: names_{i}.txt }}\n")
    });
    let outputs = format!("outputs:\n{outputs}");
    let template = "{% for code in codes %}\n{{ code.name }}\n{% endfor %}\n";
    with_template(catalog(&plain(50), &outputs), "names.txt.j2", template)
}

fn with_template(mut files: Vec<File>, name: &str, text: &str) -> Vec<File> {
    files.push((name.to_owned(), text.to_owned()));
    files
}
