//! Texts that move between codes and types, and codes whose texts all change.

use codegen::compat::Kind;

use super::{Edit, Mutations};

/// The texts of an entry.
const TEXTS: [&str; 4] = ["meaning", "message", "fix", "description"];

/// A code or type: its own texts, but for some.
fn entry(start: &str, name: &str, texts: &[(&str, &str)]) -> &'static str {
    let members = TEXTS.iter().filter_map(|field| {
        if start.starts_with("status") && !matches!(*field, "meaning" | "message") {
            return None;
        }
        let mut other = texts.iter().filter(|(own, _)| own == field);
        let text = match other.next() {
            Some((_, "")) => return None,
            Some((_, text)) => (*text).to_owned(),
            None => format!("{field} of {name}"),
        };
        Some(format!(", {field}: {text}"))
    });
    let members: String = members.collect();
    format!("{{ {start}{members} }}").leak()
}

pub(super) fn all(all: &mut Mutations) {
    let code = "type: server_error";
    for (names, when) in [
        (["north", "south"], "from or to another code"),
        (
            ["E1001", "E1002"],
            "from or to another code, and the name is a number",
        ),
    ] {
        for field in TEXTS {
            moved(all, (Kind::Code, "codes", code), field, names).when(when);
        }
    }
    for field in ["meaning", "message"] {
        let kind = (Kind::Type, "types", "status: 400");
        moved(all, kind, field, ["north", "south"]).when("from or to another type");
    }
    for (name, when) in [
        ("north", "together with all other texts"),
        (
            "E1001",
            "together with all other texts, and the name is a number",
        ),
    ] {
        for (without, also) in [
            ("", &["text-changed", "text-changed"][..]),
            ("meaning", &["text-changed"]),
        ] {
            let path = path("codes", name);
            let texts = |texts: [&'static str; 3]| -> Edit {
                let fields = ["meaning", "message", "fix"].into_iter().zip(texts);
                let fields =
                    fields.map(|(field, text)| (field, if field == without { "" } else { text }));
                (path, "null", entry(code, name, &fields.collect::<Vec<_>>()))
            };
            let old = texts(["It snows", "Snow fell on it", "Wait for spring"]);
            let new = texts(["Deleted", "An owner removed this", "Restore from backup"]);
            let field = if without.is_empty() {
                "meaning"
            } else {
                "message"
            };
            let row = (Kind::Code, field);
            all.add(row, "changed", [&[old], &[new]])
                .when(when)
                .also(also);
        }
    }
}

fn path(section: &str, name: &str) -> &'static str {
    format!("{section}.{name}").leak()
}

/// Two entries swap a text.
fn moved<'a>(
    all: &'a mut Mutations,
    (kind, section, start): (Kind, &str, &str),
    field: &'static str,
    names: [&'static str; 2],
) -> &'a mut super::Mutation {
    let texts = ["It is frozen", "A key was rotated"];
    let edits = |texts: [&str; 2]| {
        let pairs = [(names[0], texts[0]), (names[1], texts[1])];
        pairs.map(|(name, text)| -> Edit {
            let entry = entry(start, name, &[(field, text)]);
            (path(section, name), "null", entry)
        })
    };
    let old = edits(texts);
    let new = edits([texts[1], texts[0]]);
    all.add((kind, field), "changed", [&old, &new])
        .also(&["meaning-changed"])
}
