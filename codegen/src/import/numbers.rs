//! Lists of numbers: a row that is no number does not make texts of the others.

use super::model::{Code, Extracted, Finding, Row};

/// Texts that a list has in the place of a code.
const NO_CODE: [&str; 12] = [
    "*", "?", "any", "default", "n.a.", "n/a", "na", "nil", "none", "null", "other", "tbd",
];

/// Refuses the rows whose codes are texts, if those of nearly all others are numbers. In a list with numbers and texts,
/// all codes become texts.
pub(super) fn sift(extracted: &mut Extracted) {
    let is_number = |row: &&Row| matches!(row.code, Code::Number(_));
    let numbers = extracted.rows.iter().filter(is_number).count();
    let others = extracted.rows.len() - numbers;
    if others == 0 || numbers == 0 {
        return;
    }
    let names = extracted.rows.iter().filter(|row| !stands_for_none(row));
    let texts = names.count() - numbers;
    let are_numbers = texts == 0 || texts * 20 <= numbers || (texts == 1 && numbers >= 3);
    let rows = std::mem::take(&mut extracted.rows);
    for row in rows {
        if !stands_for_none(&row) && (matches!(row.code, Code::Number(_)) || !are_numbers) {
            extracted.rows.push(row);
            continue;
        }
        let message = format!(
            "the code `{}` is not a whole number, as those of the other rows are",
            row.code.wire()
        );
        extracted.lost.push(Finding::new(&row.place, message));
    }
}

fn stands_for_none(row: &Row) -> bool {
    match &row.code {
        Code::Text(text) => NO_CODE.contains(&text.trim().to_ascii_lowercase().as_str()),
        Code::Number(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::model::{Place, row_of};

    fn sifted(names: &[&str]) -> (Vec<String>, usize) {
        let rows = names.iter().map(|name| row_of(&Place::Source, name));
        let mut extracted = Extracted {
            rows: rows.collect(),
            ..Extracted::default()
        };
        sift(&mut extracted);
        let kept = extracted.rows.iter().map(|row| row.code.wire());
        (kept.collect(), extracted.lost.len())
    }

    #[test]
    fn an_odd_row_changes_nothing_for_the_numbers() {
        let numbers = ["1", "-1", "0", "40"].map(str::to_owned).to_vec();
        assert_eq!(sifted(&["1", "-1", "0", "40"]), (numbers.clone(), 0));
        assert_eq!(sifted(&["1", "N/A", "-1", "0", "40"]), (numbers.clone(), 1));
        assert_eq!(sifted(&["1", "-1", "retry", "0", "40"]), (numbers, 1));
        assert_eq!(sifted(&["1", "n/a"]), (vec!["1".to_owned()], 1));
    }

    #[test]
    fn a_list_with_numbers_and_texts_keeps_both() {
        assert_eq!(sifted(&["1", "2", "a", "b"]).1, 0);
        assert_eq!(sifted(&["1", "2", "a"]).1, 0);
        assert_eq!(sifted(&["a", "none"]).1, 0);
        let mut many: Vec<String> = (1..40).map(|number| number.to_string()).collect();
        many.extend(["a", "b"].map(str::to_owned));
        let names: Vec<&str> = many.iter().map(String::as_str).collect();
        assert_eq!(sifted(&names).1, 0);
        many.push("40".to_owned());
        let names: Vec<&str> = many.iter().map(String::as_str).collect();
        assert_eq!(sifted(&names).1, 2);
    }
}
