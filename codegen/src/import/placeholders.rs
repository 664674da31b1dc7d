//! Placeholders of other languages in messages, which become those of the catalog.

mod scan;

use super::model::{Argument, Braces, Extracted, Finding, Place, Row};
use scan::{Found, next};

/// How the messages of a list mark their variable parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placeholders {
    /// `{name}`, as in the catalog.
    Braces,
    /// `%s`, `%5.2f`, `%1$s`: the verb tells the kind.
    Printf,
    /// `%(name)s` of Python and `%{name}` of Ruby.
    Percent,
    /// `${name}`.
    Dollar,
    /// `{0}` and `{}`.
    Numbers,
    /// `{{name}}`.
    Mustache,
    /// `<name>`.
    Angles,
    /// `{name, plural, one {# pet} other {# pets}}`, and `{name, number}`.
    Icu,
    /// None: all signs are text.
    None,
}

impl Placeholders {
    /// Those of other languages.
    const FOREIGN: [Self; 7] = [
        Self::Printf,
        Self::Percent,
        Self::Dollar,
        Self::Numbers,
        Self::Mustache,
        Self::Angles,
        Self::Icu,
    ];

    const fn noun(self) -> &'static str {
        match self {
            Self::Braces => "`{name}`",
            Self::Printf => "printf, such as `%s`",
            Self::Percent => "`%(name)s` or `%{name}`",
            Self::Dollar => "`${name}`",
            Self::Numbers => "`{0}`",
            Self::Mustache => "`{{name}}`",
            Self::Angles => "`<name>`",
            Self::Icu => "ICU, such as `{name, plural, …}`",
            Self::None => "none",
        }
    }
}

/// Turns the placeholders of all messages into those of the catalog, and reports each style once. Without `stated`, the
/// list tells which styles it has.
pub(super) fn turn(extracted: &mut Extracted, stated: Option<Placeholders>) {
    match stated {
        Some(Placeholders::Braces) => return,
        Some(Placeholders::None) => {
            for row in &mut extracted.rows {
                if row.braces == Braces::Placeholders {
                    row.braces = Braces::Text;
                }
            }
            return;
        }
        _ => {}
    }
    let is_read = |row: &&mut Row| row.braces == Braces::Placeholders && row.message.is_some();
    let mut styles: Vec<Placeholders> = match stated {
        Some(style) => vec![style],
        None => Placeholders::FOREIGN.to_vec(),
    };
    let messages = || {
        extracted
            .rows
            .iter()
            .filter(|row| row.braces == Braces::Placeholders)
    };
    // Doubled braces are also literal braces, so a list with single ones has no others.
    let has_single =
        messages().any(|row| row.message.as_deref().is_some_and(scan::has_single_braces));
    if stated.is_none() && has_single {
        styles.retain(|style| *style != Placeholders::Mustache);
    }
    let mut counts: Vec<(Placeholders, usize, Place)> = Vec::new();
    let mut left_out: Vec<Place> = Vec::new();
    for row in extracted.rows.iter_mut().filter(is_read) {
        let Some(turned) = of_message(row, &styles) else {
            continue;
        };
        for style in turned.styles {
            match counts.iter_mut().find(|(known, _, _)| *known == style) {
                Some((_, count, _)) => *count += 1,
                None => counts.push((style, 1, row.place.clone())),
            }
        }
        if turned.is_shorter {
            left_out.push(row.place.clone());
        }
    }
    let is_printf = |(style, _, _): &(Placeholders, usize, Place)| *style == Placeholders::Printf;
    if counts.iter().any(is_printf) || stated == Some(Placeholders::Printf) {
        finish_printf(extracted);
    }
    if stated.is_none() && has_single {
        let what = "texts have `{{name}}`, and other messages `{name}`: the doubled braces are text; `--placeholders mustache` makes arguments of them";
        tell_once(extracted, what, scan::has_double_braces);
    }
    for (style, count, first) in counts {
        let what = format!(
            "messages have placeholders as in {}, {count} in all, the first at {first}: they are arguments now, of the kind `string` where nothing tells another; `--placeholders none` keeps them as texts",
            style.noun()
        );
        extracted.undecided.push(Finding::new(&Place::Source, what));
    }
    let what = "the message chooses between texts, or formats a value: see `x-source-message`";
    let left_out = left_out.iter().map(|place| Finding::new(place, what));
    extracted.undecided.extend(left_out);
}

/// Takes `%%` for a percent sign in all messages of a list with printf, and reports the verbs that are not known.
fn finish_printf(extracted: &mut Extracted) {
    let what = "messages have verbs of printf that are not known, such as `%T`: they are text";
    tell_once(extracted, what, scan::has_unknown_verb);
    let rows = extracted.rows.iter_mut();
    for row in rows.filter(|row| row.braces == Braces::Placeholders && row.args.is_empty()) {
        row.message = row.message.take().map(|message| message.replace("%%", "%"));
    }
}

/// Reports in one line all messages for which something is true: their number, and the place of the first.
fn tell_once(extracted: &mut Extracted, what: &str, is_so: fn(&str) -> bool) {
    let rows = extracted.rows.iter();
    let mut such = rows.filter(|row| {
        row.braces == Braces::Placeholders && row.message.as_deref().is_some_and(is_so)
    });
    let Some(first) = such.next() else {
        return;
    };
    let what = format!(
        "{what} ({} in all, the first at {})",
        such.count() + 1,
        first.place
    );
    extracted.undecided.push(Finding::new(&Place::Source, what));
}

/// A message that was turned.
struct Turned {
    styles: Vec<Placeholders>,
    /// Whether the catalog cannot say something of it.
    is_shorter: bool,
}

fn of_message(row: &mut Row, styles: &[Placeholders]) -> Option<Turned> {
    let message = row.message.clone()?;
    let mut out = String::with_capacity(message.len());
    let mut turned = Turned {
        styles: Vec::new(),
        is_shorter: false,
    };
    let mut found: Vec<Found> = Vec::new();
    let mut rest = message.as_str();
    while let Some((before, one, behind)) = next(rest, styles) {
        out.push_str(before);
        rest = behind;
        if let Found::Text(text) = &one {
            out.push_str(text);
            continue;
        }
        let marker = found.len();
        out.push('\u{E000}');
        out.push_str(&marker.to_string());
        out.push('\u{E001}');
        found.push(one);
    }
    if found.is_empty() {
        return None;
    }
    out.push_str(rest);
    let declared: Vec<String> = row.args.iter().map(|arg| arg.name.clone()).collect();
    let mut order = 0;
    let count = found
        .iter()
        .filter(|one| matches!(one, Found::Position { .. }))
        .count();
    for (marker, one) in found.into_iter().enumerate() {
        let (style, name, kind, is_shorter) = match one {
            Found::Named {
                style,
                name,
                kind,
                is_shorter,
            } => (style, name, kind, is_shorter),
            Found::Position {
                style,
                at,
                kind,
                is_shorter,
            } => {
                let at = at.unwrap_or(order);
                order += 1;
                let name = match declared.get(at) {
                    Some(name) if declared.len() >= count => name.clone(),
                    _ => format!("value{at}"),
                };
                (style, name, kind, is_shorter)
            }
            Found::Text(_) => continue,
        };
        if !turned.styles.contains(&style) {
            turned.styles.push(style);
        }
        turned.is_shorter |= is_shorter;
        out = out.replace(&format!("\u{E000}{marker}\u{E001}"), &format!("{{{name}}}"));
        if !row.args.iter().any(|arg| arg.name == name) {
            row.args.push(Argument::of_kind(&name, kind));
        }
    }
    if turned.is_shorter {
        row.keep("x-source-message", &message.into());
    }
    row.message = Some(out);
    Some(turned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::model::Code;

    fn turned(
        message: &str,
        stated: Option<Placeholders>,
    ) -> (String, Vec<(String, &'static str)>) {
        let mut row = Row::new(Place::Line(1), Code::Number(1));
        row.message = Some(message.to_owned());
        let mut extracted = Extracted::default();
        extracted.rows.push(row);
        turn(&mut extracted, stated);
        let row = extracted.rows.remove(0);
        let args = row.args.into_iter().map(|arg| (arg.name, arg.kind));
        (row.message.unwrap_or_default(), args.collect())
    }

    #[test]
    fn placeholders_of_other_languages_become_arguments() {
        for (message, expected, args) in [
            (
                "no %s, %d of %5.1f",
                "no {value0}, {value1} of {value2}",
                &[("value0", "string"), ("value1", "i64"), ("value2", "f64")][..],
            ),
            (
                "%2$s before %1$u",
                "{value1} before {value0}",
                &[("value1", "string"), ("value0", "u64")],
            ),
            (
                "100% sure, 5%% of %q",
                "100% sure, 5% of {value0}",
                &[("value0", "string")],
            ),
            (
                "%(name)s is %(age)d",
                "{name} is {age}",
                &[("name", "string"), ("age", "i64")],
            ),
            (
                "%{name} and ${other}",
                "{name} and {other}",
                &[("name", "string"), ("other", "string")],
            ),
            (
                "{0} of {1}, {0}",
                "{value0} of {value1}, {value0}",
                &[("value0", "string"), ("value1", "string")],
            ),
            (
                "{{name}} and {{ user.id }}",
                "{name} and {user_id}",
                &[("name", "string"), ("user_id", "string")],
            ),
            (
                "no <pet-id> here",
                "no {pet_id} here",
                &[("pet_id", "string")],
            ),
            (
                "{n, plural, one {# pet} other {# pets}} left",
                "{n} left",
                &[("n", "i64")],
            ),
            ("at {when, date}", "at {when}", &[("when", "string")]),
        ] {
            let (message_now, args_now) = turned(message, None);
            assert_eq!(message_now, expected, "{message}");
            let args: Vec<_> = args
                .iter()
                .map(|(name, kind)| ((*name).to_owned(), *kind))
                .collect();
            assert_eq!(args_now, args, "{message}");
        }
    }

    #[test]
    fn what_is_no_placeholder_stays() {
        for message in [
            "{name} and {{text}}",
            "100% done",
            "a < b > c",
            "50%off",
            "",
            "%",
            "${",
            "{a, b",
        ] {
            assert_eq!(turned(message, None).0, message);
        }
        assert_eq!(turned("no %s", Some(Placeholders::None)).0, "no %s");
        assert_eq!(
            turned("no %s {0}", Some(Placeholders::Numbers)).0,
            "no %s {value0}"
        );
    }
}
