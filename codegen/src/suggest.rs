//! Suggestions: the known word that is closest to an unknown one.

use crate::limits::{MAX_CANDIDATES, MAX_COMPARED, MAX_COMPARED_CHARS};

/// The word of `known` that is closest to `word`, if one is close enough to be meant.
#[must_use]
pub fn closest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    if length > MAX_COMPARED_CHARS {
        return None;
    }
    let limit = (length / 3).max(1);
    known
        .into_iter()
        .take(MAX_CANDIDATES)
        // In bytes a word is up to four times as long as in characters.
        .filter(|candidate| candidate.len() <= (length + limit) * 4)
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= limit)
        .take(MAX_COMPARED)
        .map(|candidate| (strsim::osa_distance(word, candidate), candidate))
        .filter(|(distance, _)| *distance <= limit && *distance < length)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn a_slip_of_the_fingers_is_understood() {
        let known = ["status", "message", "meaning", "fix"];
        assert_eq!(closest("stauts", known), Some("status"));
        assert_eq!(closest("mesage", known), Some("message"));
        assert_eq!(closest("fixes", known), None);
        assert_eq!(closest("colour", known), None);
    }
}
