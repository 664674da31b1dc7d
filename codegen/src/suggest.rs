//! Did you mean: the nearest of some known words.

/// The longest word that is compared, so that the work stays small however long a wrong word is.
const LONGEST_COMPARED: usize = 100;
/// How many words one question looks at.
const MOST_LOOKED_AT: usize = 10_000;
/// How many words of about the right length one question is compared with, so that a large
/// catalog full of mistakes is still answered in a blink.
const MOST_COMPARED: usize = 300;

/// The word of `known` that is closest to `word`, if one is close enough to be meant.
#[must_use]
pub fn closest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    if length > LONGEST_COMPARED {
        return None;
    }
    let limit = (length / 3).max(1);
    known
        .into_iter()
        .take(MOST_LOOKED_AT)
        // In bytes a word is up to four times as long as in characters.
        .filter(|candidate| candidate.len() <= (length + limit) * 4)
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= limit)
        .take(MOST_COMPARED)
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
