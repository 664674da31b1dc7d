//! What becomes of a code: whether it is on its way out or gone, and what the releases changed.

use std::fmt::Write as _;

use codegen::catalog::{Audience, Catalog, ChangeLevel, Code, CodeId, Event, Retired};

/// What is said of the end of a code that is still sent.
pub(super) fn deprecation(catalog: &Catalog, code: &Code, out: &mut String) -> std::fmt::Result {
    let Some(end) = &code.deprecated else {
        return Ok(());
    };
    state("deprecated", end.since.as_deref(), out)?;
    successor(catalog, end.successor, out)?;
    if let Some(note) = &end.note {
        writeln!(out, "note     {note}")?;
    }
    Ok(())
}

/// All about a code that is sent no more.
pub(super) fn retired(catalog: &Catalog, code: &Retired, out: &mut String) -> std::fmt::Result {
    if !out.is_empty() {
        out.push('\n');
    }
    writeln!(out, "code     {}", code.wire)?;
    state("retired", code.since.as_deref(), out)?;
    successor(catalog, code.successor, out)?;
    writeln!(out, "reason   {}", code.reason)?;
    if code.audience == Audience::Internal {
        writeln!(out, "audience internal")?;
    }
    history(&code.history, out)?;
    aliases(&code.aliases, out)?;
    writeln!(out, "docs     {}", catalog.api.doc_url(&code.slug))
}

fn state(word: &str, since: Option<&str>, out: &mut String) -> std::fmt::Result {
    match since {
        Some(version) => writeln!(out, "state    {word} since {version}"),
        None => writeln!(out, "state    {word}, not released yet"),
    }
}

fn successor(catalog: &Catalog, code: Option<CodeId>, out: &mut String) -> std::fmt::Result {
    match code {
        Some(code) => writeln!(out, "use      {}", catalog[code].names.wire),
        None => Ok(()),
    }
}

/// What the releases changed, from the first on.
pub(super) fn history(events: &[Event], out: &mut String) -> std::fmt::Result {
    for (position, event) in events.iter().enumerate() {
        let label = if position == 0 { "history" } else { "" };
        write!(out, "{label:9}{}: {}", event.version, event.text)?;
        match (event.level, &event.reason) {
            (ChangeLevel::Safe, None) => writeln!(out)?,
            (level, None) => writeln!(out, " ({})", level.as_str())?,
            (level, Some(reason)) => writeln!(out, " ({}: {reason})", level.as_str())?,
        }
    }
    Ok(())
}

/// The former names of a page.
pub(super) fn aliases(aliases: &[String], out: &mut String) -> std::fmt::Result {
    if aliases.is_empty() {
        return Ok(());
    }
    writeln!(out, "aliases  {}", aliases.join(", "))
}

#[cfg(test)]
mod tests {
    use codegen::catalog::{ChangeLevel, Event};

    #[test]
    fn a_history_weighs_what_is_not_safe() {
        let event = |version: &str, level, text: &str, reason: Option<&str>| Event {
            version: version.to_owned(),
            rule: "status-changed",
            level,
            text: text.to_owned(),
            reason: reason.map(str::to_owned),
        };
        let events = [
            event("1.0.0", ChangeLevel::Safe, "added", None),
            event("1.1.0", ChangeLevel::Risky, "message changed", None),
            event(
                "2.0.0",
                ChangeLevel::Breaking,
                "status changed from `400` to `403`",
                Some("it was wrong"),
            ),
        ];
        let mut out = String::new();
        super::history(&events, &mut out).expect("a string takes all");
        let expected = "\
history  1.0.0: added
         1.1.0: message changed (risky)
         2.0.0: status changed from `400` to `403` (breaking: it was wrong)
";
        assert_eq!(out, expected);
    }
}
