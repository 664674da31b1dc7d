//! What an update says: what it changed, what it did not change, and sums.

use std::path::Path;

use codegen::import::{Conflict, Import, Update, Why};
use codegen::{Inputs, report};

use super::report::{allowed, sums};
use crate::terminal;

/// The longest value that is shown whole, in characters.
const MAX_SHOWN: usize = 200;

/// Reports what a person must look at.
pub(super) fn problems(list: &Path, inputs: &Inputs, update: &Update) -> anyhow::Result<()> {
    for conflict in &update.conflicts {
        let place = report::position(inputs, conflict.place);
        terminal::error(format_args!("{place}: {}", message(conflict)));
    }
    let shown = list.display();
    for name in &update.deprecated {
        terminal::warn(format_args!(
            "{shown}: `{name}` is not in the list anymore: it is deprecated now, say in `note` what to do instead"
        ))?;
    }
    for name in &update.unreleased {
        terminal::warn(format_args!(
            "{shown}: `{name}` is not in the list anymore, and was never released: remove it, or keep it as your own"
        ))?;
    }
    for note in &update.notes {
        terminal::warn(format_args!("{shown}: {note}"))?;
    }
    for (rule, codes) in &update.allowed {
        allowed(list, *rule, Some(*codes))?;
    }
    Ok(())
}

/// A conflict with its three values.
fn message(conflict: &Conflict) -> String {
    let [base, theirs, ours] =
        [&conflict.base, &conflict.theirs, &conflict.ours].map(|value| shown(value.as_deref()));
    let (entry, key) = match &conflict.path[..] {
        [_, entry, key @ ..] => (entry.as_str(), key.join(".")),
        other => ("", other.join(".")),
    };
    let key = if key.is_empty() {
        String::new()
    } else {
        format!("`{key}` of ")
    };
    let values =
        format!("the last import had {base}, the list has {theirs}, and the catalog has {ours}");
    match conflict.why {
        Why::BothChanged => format!("conflict about {key}`{entry}`: {values}, which stays"),
        Why::Removed => format!(
            "conflict about `{entry}`: the list changed it, and it was removed from the catalog: add it with `cargo xtask new`, or leave it"
        ),
        Why::Retired => {
            format!("conflict about `{entry}`: the list has it again, and it is retired")
        }
        Why::Returned => format!(
            "conflict about `{entry}`: the list has it again, and the catalog deprecates it: remove `deprecated`, or leave it"
        ),
        Why::Name => format!(
            "conflict about {key}`{entry}`: {values}, which stays, because clients use the name"
        ),
        Why::Comment => format!(
            "conflict about {key}`{entry}`: {values}, which stays, because a comment would be lost: change it by hand"
        ),
    }
}

fn shown(value: Option<&str>) -> String {
    let Some(value) = value else {
        return "nothing".to_owned();
    };
    match value.char_indices().nth(MAX_SHOWN) {
        Some((end, _)) => format!("{}…", &value[..end]),
        None => value.to_owned(),
    }
}

/// Prints the changed codes, and the sums.
pub(super) fn summary(draft: &Import, update: &Update, is_dry: bool) -> anyhow::Result<()> {
    for (name, keys) in &update.changed {
        terminal::print(format_args!("changed {name}: {}\n", keys.join(", ")))?;
    }
    for name in &update.added {
        terminal::print(format_args!("added {name}\n"))?;
    }
    terminal::progress(format_args!("{}", sums(draft)))?;
    let is_deprecation = |name: &String| update.deprecated.contains(name);
    let changed = update
        .changed
        .iter()
        .filter(|(name, keys)| keys.len() > 1 || !is_deprecation(name));
    let vanished = update.deprecated.len() + update.unreleased.len();
    terminal::progress(format_args!(
        "{}: {} changed, {} added, {vanished} vanished ({} deprecated); {} kept by hand, {}",
        if is_dry { "would update" } else { "updated" },
        terminal::plural(changed.count(), "code"),
        update.added.len(),
        update.deprecated.len(),
        terminal::plural(update.kept, "value"),
        terminal::plural(update.conflicts.len(), "conflict"),
    ))?;
    if is_dry {
        terminal::print("nothing was written\n")?;
    }
    Ok(())
}
