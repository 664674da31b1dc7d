//! Every bound of the library. What exceeds one is reported, never cut off silently.

/// The limits that an author of a catalog can meet, each with its unit, as `docs/catalog-format.md` lists
/// them.
pub(crate) const OF_CATALOG: [(&str, usize, &str); 29] = [
    ("All files of a catalog together", MAX_SOURCE_BYTES, "bytes"),
    ("Files of a catalog", MAX_FILES, ""),
    ("The path of an included file", MAX_PATH_BYTES, "bytes"),
    ("A string", MAX_TEXT_BYTES, "bytes"),
    ("Nested mappings and lists", MAX_DEPTH, "levels"),
    (
        "What all codes inherit by `like`",
        MAX_TAKEN_OVER_BYTES,
        "bytes",
    ),
    ("The name of a type or code", MAX_NAME_BYTES, "bytes"),
    (
        "The name of a page that `slug` or `aliases` states",
        MAX_PAGE_BYTES,
        "bytes",
    ),
    (
        "The name of an argument, a shape or a member of a body",
        MAX_TERM_BYTES,
        "bytes",
    ),
    ("The name of the crate", MAX_CRATE_NAME_BYTES, "bytes"),
    ("The prefix of a group", MAX_PREFIX_BYTES, "bytes"),
    ("Nested groups", MAX_GROUP_DEPTH, "levels"),
    ("Shapes of an envelope", MAX_SHAPES, ""),
    ("Entries of `envelope.choose`", MAX_STYLE_CHOICES, ""),
    ("The headers of a code", MAX_HEADERS, ""),
    ("The ids of a code", MAX_HEADERS, ""),
    (
        "The name of a header, or of the system of an id",
        MAX_TOKEN_BYTES,
        "bytes",
    ),
    (
        "Nested lists, quotes and styles of a description",
        MAX_DESCRIPTION_DEPTH,
        "levels",
    ),
    ("The language of a code block", MAX_FENCE_INFO, "characters"),
    ("Entries of `upstream`", MAX_UPSTREAM, ""),
    ("Entries of `outputs`", MAX_OUTPUTS, ""),
    ("Templates in the folders of `outputs`", MAX_FILES, ""),
    ("All these templates together", MAX_TEMPLATE_BYTES, "bytes"),
    ("Files from templates", MAX_RENDERED_FILES, ""),
    ("All these files together", MAX_RENDERED_BYTES, "bytes"),
    ("Custom rules", MAX_HOUSE_RULES, ""),
    ("The name of a custom rule", MAX_HOUSE_NAME_BYTES, "bytes"),
    ("Words that all custom rules ban", MAX_BANNED, ""),
    ("Keys that one custom rule requires", MAX_REQUIRED, ""),
];

/// All files of a catalog together, in bytes.
pub const MAX_SOURCE_BYTES: usize = 64 * 1024 * 1024;
/// The files that one catalog includes.
pub const MAX_FILES: usize = 1000;
/// The path of an included file, in bytes.
pub(crate) const MAX_PATH_BYTES: usize = 1024;
/// Nested mappings and lists.
pub(crate) const MAX_DEPTH: usize = 16;
/// One string, in bytes.
pub(crate) const MAX_TEXT_BYTES: usize = 16 * 1024;
/// A key without the mark `?` before it, in characters (YAML 1.2.2, section 7.4.2).
pub(crate) const MAX_SIMPLE_KEY: usize = 1000;
/// What all codes inherit by `like`, in bytes: thousands of short entries could repeat a long text.
pub(crate) const MAX_TAKEN_OVER_BYTES: usize = 8 * 1024 * 1024;

/// The name of a type or code, in bytes.
pub(crate) const MAX_NAME_BYTES: usize = 200;
/// The name of a page that the catalog states, and the slug of a long name, in bytes: with the names of a shape and an
/// extension it is a file name on every file system.
pub(crate) const MAX_PAGE_BYTES: usize = 120;
/// The name of an argument, a shape, a member of a body, or a registry, in bytes.
pub(crate) const MAX_TERM_BYTES: usize = 100;
/// The name of the crate, in bytes.
pub(crate) const MAX_CRATE_NAME_BYTES: usize = 64;
/// The prefix of a group, in bytes.
pub(crate) const MAX_PREFIX_BYTES: usize = 50;
/// Nested groups: Markdown has as many kinds of headings below that of the section.
pub(crate) const MAX_GROUP_DEPTH: usize = 4;
/// The largest number that every reader of JSON keeps exactly (RFC 8259, section 6). The smallest is as far from zero.
pub(crate) const MAX_INTEGER_CODE: i64 = (1 << 53) - 1;

/// The shapes of an envelope: the crate has tables for each, and a body of every code.
pub(crate) const MAX_SHAPES: usize = 20;
/// Entries of `envelope.choose`: each request is compared with all of them.
pub(crate) const MAX_STYLE_CHOICES: usize = 50;
/// The headers of a code, and its ids.
pub(crate) const MAX_HEADERS: usize = 16;
/// The name of a header or of the system of an id, in bytes.
pub(crate) const MAX_TOKEN_BYTES: usize = 64;
/// Nested lists, quotes and styles of a description.
pub(crate) const MAX_DESCRIPTION_DEPTH: usize = 8;
/// The first number of a list, so that all its numbers have the nine digits that Markdown knows.
pub(crate) const MAX_LIST_START: u64 = 999_000_000;
/// The language of a code block, in characters.
pub(crate) const MAX_FENCE_INFO: usize = 20;
/// The nesting of a custom key's value: what [`MAX_DEPTH`] leaves within an argument, with room.
#[cfg(feature = "import")]
pub(crate) const MAX_CUSTOM_DEPTH: usize = 8;

/// The longest delay between two tries: a day, in milliseconds.
pub(crate) const MAX_DELAY_MS: u64 = 24 * 60 * 60 * 1000;
/// The longest delay that a response may ask for: a day, in seconds.
pub(crate) const MAX_RETRY_AFTER: u64 = 24 * 60 * 60;
/// The factor between two delays.
pub(crate) const MAX_FACTOR: u64 = 100;
/// The tries after the first.
pub(crate) const MAX_RETRIES: u64 = 100;

/// The characters of a message where the catalog sets no `max_message`.
pub(crate) const MAX_MESSAGE: u64 = 200;
/// Custom rules, since each looks at every code.
pub(crate) const MAX_HOUSE_RULES: usize = 50;
/// Entries of `upstream`: the crate compares each error of a provider with all of them.
pub(crate) const MAX_UPSTREAM: usize = 1000;
/// Entries of `outputs`: each reads the whole catalog.
pub(crate) const MAX_OUTPUTS: usize = 50;
/// The templates in the folders of all outputs, in bytes.
pub(crate) const MAX_TEMPLATE_BYTES: usize = 8 * 1024 * 1024;
/// The files that all templates make.
pub(crate) const MAX_RENDERED_FILES: usize = 20_000;
/// The files that all templates make, in bytes.
pub(crate) const MAX_RENDERED_BYTES: usize = 64 * 1024 * 1024;
/// The work of one output for an empty catalog. A unit is about one instruction, or 64 bytes.
pub(crate) const TEMPLATE_FUEL: u64 = 2_000_000;
/// The work that each type, code and operation of a catalog adds.
pub(crate) const TEMPLATE_FUEL_PER_ENTRY: u64 = 2_000;
/// The items of lists and mappings that a template can read for each unit of its work. What it does with an item costs
/// at least one unit, unless the engine does it by itself.
pub(crate) const TEMPLATE_ITEMS_PER_FUEL: u64 = 2;
/// Operators in one statement of a template.
pub(crate) const TEMPLATE_OPERATORS: usize = 400;
/// Branches of nested conditions of a template.
pub(crate) const TEMPLATE_BRANCHES: usize = 200;
/// Nested macros, blocks and templates that a template can enter, in units of minijinja.
pub(crate) const TEMPLATE_DEPTH: usize = 150;
/// The name of a custom rule, in bytes.
pub(crate) const MAX_HOUSE_NAME_BYTES: usize = 60;
/// The words that all custom rules ban.
pub(crate) const MAX_BANNED: usize = 500;
/// The keys of a mapping in which a change gets a place of its own, since each change looks at all of them.
pub(crate) const MAX_LOCATED_KEYS: usize = 1000;
/// The keys that one custom rule requires.
pub(crate) const MAX_REQUIRED: usize = 30;
/// A compiled pattern, in bytes, since it looks at every name.
pub(crate) const MAX_PATTERN_BYTES: usize = 16 * 1024;
/// Nested groups of a pattern.
pub(crate) const MAX_PATTERN_DEPTH: u32 = 20;

/// The findings about one message.
pub(crate) const MAX_FOUND_IN_MESSAGE: usize = 50;
/// The broken links that get a suggestion, since each looks at every code.
pub(crate) const MAX_LINKS_COMPARED: usize = 50;
/// The word that gets a suggestion, in characters.
pub(crate) const MAX_COMPARED_CHARS: usize = 100;
/// The known words that one suggestion looks at.
pub(crate) const MAX_CANDIDATES: usize = 10_000;
/// The known words of about the right length that one suggestion compares.
pub(crate) const MAX_COMPARED: usize = 300;
/// The quoted part of a name in a message, in characters.
pub(crate) const MAX_QUOTED: usize = 60;
/// A line of the catalog that a report shows, in bytes.
pub(crate) const MAX_SHOWN_LINE: usize = 16 * 1024;

/// The findings of one kind that a terminal shows.
pub(crate) const MAX_REPEATED: usize = 10;

/// The columns of a plain table that an import reads.
#[cfg(feature = "import")]
pub(crate) const MAX_COLUMNS: usize = 8;
/// The references of an OpenAPI document that lead to one value.
#[cfg(feature = "import")]
pub(crate) const MAX_HOPS: usize = 16;
/// Nested choices of a schema of an OpenAPI document.
#[cfg(feature = "import")]
pub(crate) const MAX_CHOICES: usize = 8;
/// The schemas of an OpenAPI document that describe one body, since schemas can refer to each other.
#[cfg(feature = "import")]
pub(crate) const MAX_BODY_SCHEMAS: usize = 1000;
/// How often an import compiles its draft: an allowance can fail twice, and removing codes can
/// uncover more.
#[cfg(feature = "import")]
pub(crate) const MAX_ROUNDS: usize = 8;
