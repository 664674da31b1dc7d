//! Texts that give codes and types their meaning: the entry of each text, and how far a text changed.

use crate::record::{Entry, Kind};
use crate::unord_map::UnordMap;

/// The texts that state the meaning of an entry, the most important first.
pub(super) const TEXTS: [&str; 4] = ["meaning", "message", "fix", "description"];

/// The entry of each text of a catalog.
#[derive(Default)]
pub(super) struct Owners<'a>(UnordMap<(Kind, &'static str, String), Owner<'a>>);

#[derive(Clone, Copy)]
enum Owner<'a> {
    Only(&'a str),
    Several,
}

impl<'a> Owners<'a> {
    pub(super) fn new(entries: &[&'a Entry]) -> Self {
        let mut owners = Self::default();
        for entry in entries {
            for field in TEXTS {
                let key = (entry.kind, field, normalized(entry.text(field)));
                if key.2.is_empty() {
                    continue;
                }
                let owner = match owners.0.get(&key) {
                    None => Owner::Only(entry.name.as_str()),
                    Some(_) => Owner::Several,
                };
                owners.0.insert(key, owner);
            }
        }
        owners
    }

    /// The name of the only entry with this text.
    pub(super) fn only(&self, kind: Kind, field: &'static str, text: &str) -> Option<&'a str> {
        match self.0.get(&(kind, field, normalized(text))) {
            Some(Owner::Only(name)) => Some(name),
            Some(Owner::Several) | None => None,
        }
    }
}

/// The words of a text in lower case. Without words, the text itself.
fn normalized(text: &str) -> String {
    let words: Vec<String> = words(text).collect();
    if words.is_empty() {
        text.trim().to_owned()
    } else {
        words.join(" ")
    }
}

fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// The longest texts whose characters are compared. Of longer ones, only the words are.
const LONGEST: usize = 200;
/// The similarity from which a change is small, where 1 is equality.
const SIMILAR: f64 = 0.75;

/// Whether a text got only a small edit, such as a corrected typo or an additional phrase.
pub(super) fn is_small_edit(old: &str, new: &str) -> bool {
    let (old, new) = (normalized(old), normalized(new));
    if old == new {
        return true;
    }
    let is_short = |text: &str| text.len() <= LONGEST;
    if is_short(&old) && is_short(&new) && strsim::normalized_levenshtein(&old, &new) >= SIMILAR {
        return true;
    }
    let (mut before, mut now): (Vec<&str>, Vec<&str>) =
        (old.split(' ').collect(), new.split(' ').collect());
    before.sort_unstable();
    now.sort_unstable();
    let common = common(&before, &now);
    // All words of the shorter text, or most words of both.
    let fewer = before.len().min(now.len());
    let is_extended = common == fewer;
    let twice = u32::try_from(2 * common).unwrap_or(u32::MAX);
    let both = u32::try_from(before.len() + now.len()).unwrap_or(u32::MAX);
    is_extended || f64::from(twice) >= SIMILAR * f64::from(both)
}

/// The number of words that two sorted lists have in common.
fn common(left: &[&str], right: &[&str]) -> usize {
    let (mut left, mut right) = (left.iter().peekable(), right.iter().peekable());
    let mut count = 0;
    while let (Some(one), Some(other)) = (left.peek(), right.peek()) {
        match one.cmp(other) {
            std::cmp::Ordering::Less => drop(left.next()),
            std::cmp::Ordering::Greater => drop(right.next()),
            std::cmp::Ordering::Equal => {
                count += 1;
                left.next();
                right.next();
            }
        }
    }
    count
}

/// Whether a wire name is a number, perhaps with a prefix: `1001`, `40-17`, `E1001`, `ERR_1001`. Such a name does not
/// describe its error.
pub(super) fn is_number(name: &str) -> bool {
    let name = name.strip_prefix('-').unwrap_or(name);
    let number = name.trim_start_matches(|c: char| c.is_alphabetic());
    let has_prefix = number.len() < name.len();
    let separators = ['_', '-', '.'];
    let number = if has_prefix {
        number.trim_start_matches(separators)
    } else {
        number
    };
    let parts = number.split(separators);
    let are_digits = parts
        .clone()
        .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    // `http2` and `utf8` are words.
    let digits = parts.map(str::len).sum::<usize>();
    are_digits && (!has_prefix || digits >= 2)
}

#[cfg(test)]
mod tests {
    use super::{is_number, is_small_edit};

    #[test]
    fn names_of_digits_are_numbers() {
        for name in ["1", "1001", "-1", "E1001", "ERR_1001", "a.40-17"] {
            assert!(is_number(name), "{name}");
        }
        for name in [
            "busy",
            "http2",
            "not_found_404",
            "E",
            "sha256_mismatch",
            "4xx_error",
            "_",
        ] {
            assert!(!is_number(name), "{name}");
        }
    }

    #[test]
    fn a_typo_or_a_phrase_more_is_a_small_edit() {
        for (old, new) in [
            ("The ticket is lockd", "The ticket is locked."),
            ("Wait", "Wait for the other request"),
            ("Send a smaller file, please", "Send a smaller file"),
            ("Send it with many Grüße", "Send it with many Grusse"),
        ] {
            assert!(is_small_edit(old, new), "{old}");
        }
        for (old, new) in [
            ("The photo is too large", "The photo was not found"),
            ("Wait", "Check the id"),
            ("Send a smaller file", "Rotate the key"),
        ] {
            assert!(!is_small_edit(old, new), "{old}");
        }
    }
}
