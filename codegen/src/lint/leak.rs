//! Detects internals of a server in a message.

use core::net::IpAddr;
use std::cell::LazyCell;
use std::ops::Range;

use super::text::{without_code, words};

/// The kind of a leak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leak {
    /// A path of a file.
    Path,
    /// SQL, or an error of a database.
    Sql,
    /// How programs print an unset value.
    Nothing,
    /// A place in source code, or the beginning of a stack trace.
    Trace,
    /// The name of an exception or of an errno.
    Exception,
    /// An address in a private network.
    Host,
    /// A key or token that gives access.
    Key,
}

impl Leak {
    /// The noun in a diagnostic.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Path => "a file path of the server",
            Self::Sql => "an error of the database",
            Self::Nothing => "an unset value of the code",
            Self::Trace => "a stack trace",
            Self::Exception => "the name of an exception",
            Self::Host => "an internal address",
            Self::Key => "a key or token",
        }
    }

    /// The help in a diagnostic.
    pub(crate) const fn help(self) -> &'static str {
        match self {
            Self::Nothing => "name what is missing; put a value that clients send in backticks",
            _ => "describe the problem in terms of the API, and write the details to the log",
        }
    }
}

/// Folders that contain a server's files.
const FOLDERS: [&str; 11] = [
    "/etc/", "/home/", "/mnt/", "/opt/", "/proc/", "/root/", "/srv/", "/tmp/", "/usr/", "/var/",
    "/Users/",
];
/// Extensions of source files in stack traces.
const CODE_FILES: [&str; 14] = [
    ".c", ".cc", ".cpp", ".cs", ".go", ".java", ".js", ".kt", ".php", ".py", ".rb", ".rs",
    ".swift", ".ts",
];
/// Domain suffixes of private networks.
const INSIDE: &str = ".corp .internal .intranet .lan .local .localdomain";
/// The `errno` names of common system errors.
const ERRNO: &str = "EACCES ECONNREFUSED ECONNRESET EHOSTUNREACH ENOENT ENOSPC EPIPE ETIMEDOUT";
/// The first and the last word of a fragment of SQL.
const SQL: [(&str, &str); 9] = [
    ("SELECT", "FROM"),
    ("INSERT", "INTO"),
    ("DELETE", "FROM"),
    ("UPDATE", "SET"),
    ("ALTER", "TABLE"),
    ("CREATE", "TABLE"),
    ("DROP", "TABLE"),
    ("violates", "constraint"),
    ("duplicate", "constraint"),
];
/// The beginnings of keys and tokens.
const KEYS: [&str; 15] = [
    "AIza",
    "AKIA",
    "eyJ",
    "ghp_",
    "github_pat_",
    "gho_",
    "glpat-",
    "hf_",
    "npm_",
    "rk_live_",
    "sk-",
    "sk_live_",
    "sk_test_",
    "xoxb-",
    "xoxp-",
];
/// Words before a `null` that is mentioned, not printed.
const MENTIONS: [&str; 8] = ["as", "be", "non", "nor", "not", "or", "to", "with"];

/// The first leak of a message, with its range.
///
/// ```
/// use error_catalog_codegen::{Leak, leak};
///
/// let (range, kind) = leak("Cannot open /var/lib/app.db.").expect("a path of the server");
/// assert_eq!((range, kind), (12..27, Leak::Path));
/// assert_eq!(leak("The name is taken."), None);
/// ```
#[must_use]
pub fn leak(text: &str) -> Option<(Range<usize>, Leak)> {
    let prose = LazyCell::new(|| without_code(text));
    let mut before = "";
    // The first occurrences of the first words of SQL.
    let mut begun: [Option<usize>; SQL.len()] = [None; SQL.len()];
    for (place, word) in words(text) {
        // Most words have no punctuation around them.
        let is_ordinary = |word| is_ordinary(word, before);
        if is_ordinary(word) || is_ordinary(trimmed(word)) {
            before = word;
            continue;
        }
        let inner = trimmed(word);
        let is_bare = inner.len() == word.len();
        let before_it = if is_bare { Some(0) } else { word.find(inner) };
        let start = place.start + before_it.unwrap_or(0);
        let part = start..start + inner.len();
        let in_code = || prose[part.clone()].trim().is_empty();
        for ((opening, closing), begun) in SQL.iter().zip(&mut begun) {
            if let (true, Some(start)) = (inner == *closing, *begun) {
                return Some((start..part.end, Leak::Sql));
            }
            if begun.is_none() && inner == *opening {
                *begun = Some(part.start);
            }
        }
        let found = if is_path(inner) {
            Some(Leak::Path)
        } else if is_key(inner) {
            Some(Leak::Key)
        } else if inner.starts_with("SQLSTATE") || is_oracle(inner) {
            Some(Leak::Sql)
        } else if is_trace(inner, before) {
            Some(Leak::Trace)
        } else if inner.contains(['.', ':']) && is_inside(inner) {
            Some(Leak::Host)
        } else if in_code() {
            None
        } else if is_exception(inner) {
            Some(Leak::Exception)
        } else {
            // A quoted word is mentioned, not printed.
            let bare = word.starts_with(inner) || word.starts_with('[');
            (bare && is_nothing(inner, before)).then_some(Leak::Nothing)
        };
        if let Some(found) = found {
            return Some((part, found));
        }
        before = word;
    }
    None
}

/// Whether a word is an ordinary one, as most are: a letter or digit, then small letters and digits. All that leaks and is
/// spelled like this is excepted.
fn is_ordinary(word: &str, before: &str) -> bool {
    let Some((first, rest)) = word.as_bytes().split_first() else {
        return false;
    };
    let is_plain = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    first.is_ascii_alphanumeric()
        && rest.iter().all(is_plain)
        && !matches!(word, "null" | "undefined" | "None" | "Object")
        && !matches!(word, "violates" | "duplicate" | "constraint")
        && !matches!((before, word), ("Traceback", "most") | ("panicked", "at"))
        && before != "goroutine"
}

/// A word without the punctuation and quotes around it.
fn trimmed(word: &str) -> &str {
    let is_bare = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    if is_bare(word.as_bytes().first()) && is_bare(word.as_bytes().last()) {
        return word;
    }
    let around = |c: char| "\"'`“”‘’«»(){}<>[],;:!?".contains(c);
    let inner = word.trim_matches(around);
    inner.trim_end_matches(|c: char| c == '.' || around(c))
}

fn is_path(word: &str) -> bool {
    let drive = |word: &str| {
        let bytes = word.as_bytes();
        bytes.len() > 3 && bytes[0].is_ascii_alphabetic() && bytes[1..3] == *b":\\"
    };
    FOLDERS
        .iter()
        .any(|folder| word.len() > folder.len() && word.starts_with(folder))
        || drive(word)
        || word.starts_with("file://")
        || (word.starts_with("\\\\") && word.trim_start_matches('\\').contains('\\'))
}

/// Whether a word is a key or token: it begins as those of a well-known service do, and has characters that look random.
fn is_key(word: &str) -> bool {
    let known = KEYS.iter().find_map(|start| word.strip_prefix(start));
    known.is_some_and(|rest| {
        let is_part = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
        rest.len() >= 12 && rest.bytes().all(is_part) && rest.bytes().any(|b| b.is_ascii_digit())
    })
}

fn is_oracle(word: &str) -> bool {
    let digits = word.strip_prefix("ORA-");
    digits.is_some_and(|digits| digits.len() == 5 && digits.bytes().all(|b| b.is_ascii_digit()))
}

/// Whether a word is a location in source code (`Main.java:12`), or begins a stack trace.
fn is_trace(word: &str, before: &str) -> bool {
    let places = word.split('(').any(|piece| {
        let Some((file, line)) = piece.split_once(':') else {
            return false;
        };
        let number = line.starts_with(|c: char| c.is_ascii_digit());
        number && CODE_FILES.iter().any(|ending| file.ends_with(ending))
    });
    places
        || matches!((before, word), ("Traceback", "most") | ("panicked", "at"))
        || (before == "goroutine" && word.bytes().all(|b| b.is_ascii_digit()))
        || (before == "File" && CODE_FILES.iter().any(|ending| word.ends_with(ending)))
}

/// Whether a word is an address in a private network.
fn is_inside(word: &str) -> bool {
    let (scheme, rest) = match word.split_once("://") {
        Some((scheme, rest)) => (Some(scheme), rest),
        None => (None, word),
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if let Ok(address) = host.parse::<IpAddr>() {
        return is_private(address);
    }
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()) => {
            (name, true)
        }
        _ => (host, false),
    };
    if let Ok(address) = name.trim_matches(['[', ']']).parse::<IpAddr>() {
        return is_private(address);
    }
    let is_name = name.len() > 1
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.'));
    let local = name == "localhost" && (port || scheme.is_some());
    // A suffix alone, such as `.local`, is only mentioned.
    local || (is_name && !name.starts_with('.') && INSIDE.split(' ').any(|end| name.ends_with(end)))
}

fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => v4.is_private() || v4.is_loopback() || v4.is_link_local(),
        IpAddr::V6(v6) => v6.is_loopback() || v6.is_unique_local() || v6.is_unicast_link_local(),
    }
}

/// Whether a word is the name of an exception (`TypeError`, `java.io.IOException`) or of an errno.
fn is_exception(word: &str) -> bool {
    let last = word.rsplit(['.', ':']).next().unwrap_or_default();
    let stem = last
        .strip_suffix("Exception")
        .or_else(|| last.strip_suffix("Error"));
    let class = stem.is_some_and(|stem| {
        stem.len() > 1
            && stem.starts_with(|c: char| c.is_ascii_uppercase())
            && stem.bytes().all(|b| b.is_ascii_alphanumeric())
    });
    class || ERRNO.split(' ').any(|name| name == word)
}

/// Whether a word is how programs print an unset value.
fn is_nothing(word: &str, before: &str) -> bool {
    let mention = MENTIONS.contains(&trimmed(before).to_ascii_lowercase().as_str());
    let begins = before.is_empty() || before.ends_with(['.', ':', '!', '?']);
    match word {
        "null" | "undefined" | "NaN" => !mention,
        // At the start of a sentence, it is an English word.
        "None" => !mention && !begins,
        "Object" => before == "[object",
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{Leak, leak};

    #[test]
    fn leaks_are_found() {
        for (text, part, what) in [
            (
                "Cannot open /var/lib/app/db.",
                "/var/lib/app/db",
                Leak::Path,
            ),
            (r"No file C:\data\x.txt here.", r"C:\data\x.txt", Leak::Path),
            (r"No share \\files\x.", r"\\files\x", Leak::Path),
            ("SELECT id FROM users failed.", "SELECT id FROM", Leak::Sql),
            ("Bad INSERT INTO users.", "INSERT INTO", Leak::Sql),
            ("SQLSTATE[23000] came back.", "SQLSTATE[23000", Leak::Sql),
            (
                "The row violates unique constraint k.",
                "violates unique constraint",
                Leak::Sql,
            ),
            ("The user null is unknown.", "null", Leak::Nothing),
            ("Expected a text, got None.", "None", Leak::Nothing),
            ("undefined is not a function", "undefined", Leak::Nothing),
            ("The size is NaN.", "NaN", Leak::Nothing),
            ("It was [object Object].", "Object", Leak::Nothing),
            (
                "at com.foo.Bar.baz(Bar.java:12)",
                "com.foo.Bar.baz(Bar.java:12",
                Leak::Trace,
            ),
            (
                "Failed in src/main.rs:10:5.",
                "src/main.rs:10:5",
                Leak::Trace,
            ),
            ("Traceback (most recent call last)", "most", Leak::Trace),
            (
                "NullPointerException was thrown.",
                "NullPointerException",
                Leak::Exception,
            ),
            (
                "java.io.IOException: closed",
                "java.io.IOException",
                Leak::Exception,
            ),
            (
                "Connection failed: ECONNREFUSED",
                "ECONNREFUSED",
                Leak::Exception,
            ),
            ("No answer from 10.0.3.7:5432.", "10.0.3.7:5432", Leak::Host),
            (
                "No answer from `db.prod.internal`.",
                "db.prod.internal",
                Leak::Host,
            ),
            (
                "The key sk-live-51Hxyz7Qa9 is unknown.",
                "sk-live-51Hxyz7Qa9",
                Leak::Key,
            ),
            ("See http://localhost/x.", "http://localhost/x", Leak::Host),
            ("No answer from [fd00::1]:80.", "fd00::1]:80", Leak::Host),
        ] {
            let found = leak(text).map(|(range, found)| (&text[range], found));
            assert_eq!(found, Some((part, what)), "{text}");
        }
    }

    #[test]
    fn good_messages_leak_nothing() {
        for text in [
            "",
            "`",
            "The request could not be read.",
            "Please select a model from the list.",
            "SELECT one of the models.",
            "None of the models takes audio.",
            "The name must not be null.",
            "Send the name, or `null`.",
            "The field \"null\" is reserved.",
            "The path `/v1/home/files` is unknown.",
            "See https://docs.example.com/var/errors.",
            "The address 8.8.8.8 is blocked.",
            "A redirect must not lead to localhost.",
            "An Error happened.",
            "The type is `RateLimitError`.",
            "Use a host that does not end in `.local`.",
            "It is open until 12:30.",
            "The file main.rs is too large.",
            "Limit: 10.",
            "{name} is taken.",
            "Keys begin with sk-live-.",
            "The key sk-your-own-key-here is an example.",
        ] {
            assert_eq!(leak(text), None, "{text}");
        }
    }
}
