//! The rows of a list as errors: rows that share a code are one, or have namespaces, or are refused.

use super::OptionsError;
use super::model::{Extracted, Finding, Place};
use super::namespaces::{self, Division, Namespaces};
use super::united::United;

/// What became of the rows of a list.
pub(super) struct Sifted {
    /// How many rows say the same as another one.
    pub(super) merged: usize,
    /// The field whose values are namespaces.
    pub(super) division: Option<Division>,
}

/// Removes the rows whose name is invalid or that of another row. Equal rows are merged, and so are those that differ in
/// what an operation can state. The values of a field become namespaces if the caller wants it. If the caller wants
/// nothing, and more than one in twenty rows is refused, the field is chosen from the list.
pub(super) fn sift(
    extracted: &mut Extracted,
    wanted: Option<Namespaces<'_>>,
) -> Result<Sifted, OptionsError> {
    let rows = std::mem::take(&mut extracted.rows).into_iter();
    let mut rows: Vec<_> = rows.enumerate().collect();
    let mut division = match wanted {
        Some(Namespaces::Field(name)) => Some(namespaces::named(&rows, name)?),
        Some(Namespaces::None) | None => None,
    };
    if let Some(field) = &division {
        extracted.lost.extend(namespaces::divide(&mut rows, field));
    }
    let mut united = United::of(rows);
    let found = wanted
        .is_none()
        .then(|| namespaces::choose(&united.kept, &united.refused));
    if let Some(field) = found.flatten() {
        let name = field.name();
        let is_needed = united.refused.len() * 20 > united.kept.len() + united.refused.len();
        let said = if is_needed {
            format!(
                "rows that share a code differ in `{name}`: its values are namespaces, and with `--namespace none` these rows are refused"
            )
        } else {
            format!(
                "rows that share a code differ in `{name}`: with `--namespace {name}` its values are namespaces"
            )
        };
        extracted.undecided.push(Finding::new(&Place::Source, said));
        if is_needed {
            let merged = united.merged;
            extracted.lost.append(&mut united.lost);
            let mut rows = united.rows();
            extracted.lost.extend(namespaces::divide(&mut rows, &field));
            united = United::of(rows);
            united.merged += merged;
            division = Some(field);
        }
    }
    extracted.lost.append(&mut united.lost);
    let refused = united.refused.iter();
    let refused = refused.map(|refused| Finding::new(&refused.row.place, &*refused.message));
    extracted.lost.extend(refused);
    extracted.rows = united.kept.into_iter().map(|(_, row)| row).collect();
    Ok(Sifted {
        merged: united.merged,
        division,
    })
}
