//! The texts of the measured catalogs and lists.

/// The catalog in the folder of a job.
pub(super) const CATALOG: &str = "catalog.yaml";
/// The list that `import` reads.
pub(super) const LIST: &str = "list";

/// The former version of the list.
pub(super) const OLD_LIST: &str = "old-list";

/// The beginning of a name, and what an edit turns it into.
pub(super) const BEFORE: &str = "before_";
pub(super) const AFTER: &str = "after_";

/// The name of a file and its text.
pub(super) type File = (String, String);

/// A catalog in one file.
pub(super) fn one(text: String) -> Vec<File> {
    vec![(CATALOG.to_owned(), text)]
}

/// A list to import.
pub(super) fn list_of(text: String) -> Vec<File> {
    vec![(LIST.to_owned(), text)]
}

/// The sections before the types.
pub(super) fn head() -> String {
    "version: 1\napi: { title: Large, docs_url: \"https://docs.example.com/errors\", crate: large-errors }\n".to_owned()
}

/// The only type of most catalogs.
pub(super) const TYPES: &str =
    "types:\n  request_error: { status: [400, 404], meaning: The request is wrong }\n";

/// A catalog of these codes, and the sections after them.
pub(super) fn catalog(codes: &str, after: &str) -> Vec<File> {
    one(format!("{}{TYPES}codes:\n{codes}{after}", head()))
}

/// A catalog whose bodies contain arguments.
pub(super) fn catalog_with_details(codes: &str) -> Vec<File> {
    one(format!(
        "{}envelope: {{ details: true }}\n{TYPES}codes:\n{codes}",
        head()
    ))
}

/// A code with further keys.
pub(super) fn code(number: usize, further: &str) -> String {
    format!(
        "  code_{number}:\n    type: request_error\n    status: 404\n    meaning: Rule {number} does not allow this\n    \
         fix: Look at rule {number}\n{further}"
    )
}

/// Codes with further keys.
pub(super) fn codes(count: usize, further: impl Fn(usize) -> String) -> String {
    lines(count, |number| code(number, &further(number)))
}

/// Codes without further keys.
pub(super) fn plain(count: usize) -> String {
    codes(count, |_| String::new())
}

/// The text of `count` entries, one after the other.
pub(super) fn lines(count: usize, entry: impl Fn(usize) -> String) -> String {
    (0..count).map(entry).collect()
}

/// The text of `count` entries, with commas between them.
pub(super) fn list(count: usize, entry: impl Fn(usize) -> String) -> String {
    let entries: Vec<String> = (0..count).map(entry).collect();
    entries.join(", ")
}
