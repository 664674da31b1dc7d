//! What becomes of codes, in every output that tells of it.

use codegen::Catalog;
use codegen::catalog::{ChangeLevel, Event, Release, Released, Retired};
use serde_json::{Value, json};

use crate::doc_comments::docs_of;
use crate::fixtures::{artifact, catalog, deprecated, example_name, names, plan_of, public};
use crate::rendered_text::{bare, page};

fn entries(list: &Value, count: usize) -> &[Value] {
    let entries = list.as_array().unwrap();
    assert_eq!(entries.len(), count);
    entries
}

/// What releases did to an entry.
pub(crate) fn assert_events(history: &[Event], said: &Value) {
    let events = history.iter().map(event);
    let events: Vec<Value> = events.collect();
    let expected = (!events.is_empty()).then(|| json!(events));
    assert_eq!(said.get("history"), expected.as_ref());
}

fn event(event: &Event) -> Value {
    let Event {
        version,
        rule,
        level,
        text,
        reason,
    } = event;
    let mut expected =
        json!({ "version": version, "rule": rule, "level": level.as_str(), "text": text });
    if let Some(reason) = reason {
        expected["reason"] = reason.as_str().into();
    }
    expected
}

/// A catalog whose codes were released: the lock file is what tells so, and no fixture has one.
fn released() -> Catalog {
    let mut catalog = catalog("lifecycle");
    let event = |rule, level, text: &str, reason: Option<&str>| Event {
        version: "3.0.0".to_owned(),
        rule,
        level,
        text: text.to_owned(),
        reason: reason.map(str::to_owned),
    };
    let added = event("code-added", ChangeLevel::Safe, "added", None);
    let text = "status changed from `400` to `404`";
    let changed = event(
        "status-changed",
        ChangeLevel::Breaking,
        text,
        Some("A slip"),
    );
    catalog.codes[0].history = vec![added.clone(), changed.clone()];
    catalog.retired[0].history = vec![added.clone()];
    let released = |subject: &str, slug: Option<&str>, event: Event| Released {
        subject: subject.to_owned(),
        slug: slug.map(str::to_owned),
        event,
    };
    catalog.releases = vec![Release {
        version: "3.0.0".to_owned(),
        date: "2026-11-24".to_owned(),
        changes: vec![
            released("code `ticket_not_found`", Some("ticket_not_found"), changed),
            released("type `ticket_error`", None, added),
        ],
    }];
    catalog
}

#[test]
fn the_export_has_retired_codes_and_releases() {
    for catalog in names().map(catalog).chain([released()]) {
        let plan = codegen::plan(&catalog);
        let read = |file| serde_json::from_str(artifact(&plan, file)).unwrap();
        let export: Value = read("generated/errors.json");
        let schema: Value = read("generated/errors.schema.json");
        assert!(jsonschema::is_valid(&schema, &export));
        for (code, said) in catalog
            .codes
            .iter()
            .zip(export["codes"].as_array().unwrap())
        {
            assert_events(&code.history, said);
        }
        let retired = entries(&export["retired"], catalog.retired.len());
        for (code, said) in catalog.retired.iter().zip(retired) {
            let Retired {
                wire,
                slug,
                aliases,
                audience,
                since,
                successor,
                reason,
                history,
            } = code;
            let successor = successor.map(|id| &catalog[id].names.wire);
            let expected = json!({
                "name": wire, "slug": slug, "audience": audience.as_str(), "since": since,
                "use": successor, "reason": reason, "docs": catalog.api.doc_url(slug),
            });
            for (member, value) in expected.as_object().unwrap() {
                assert_eq!(&said[member], value, "{wire} {member}");
            }
            let expected = (!aliases.is_empty()).then(|| json!(aliases));
            assert_eq!(said.get("aliases"), expected.as_ref(), "{wire}");
            assert_events(history, said);
        }
        let releases = entries(&export["releases"], catalog.releases.len());
        for (release, said) in catalog.releases.iter().zip(releases) {
            let Release {
                version,
                date,
                changes,
            } = release;
            let changes = changes.iter().map(|released| {
                let Released {
                    subject,
                    slug,
                    event: what,
                } = released;
                let mut change = event(what);
                change["subject"] = subject.as_str().into();
                if let Some(slug) = slug {
                    change["slug"] = slug.as_str().into();
                }
                change
            });
            let changes: Vec<Value> = changes.collect();
            let expected = json!({ "version": version, "date": date, "changes": changes });
            assert_eq!(*said, expected);
        }
    }
}

/// The value of a text in an attribute, such as `since = "2.0.0"`.
fn said(attribute: &syn::Attribute, name: &str) -> Option<String> {
    let mut found = None;
    let _ = attribute.parse_nested_meta(|meta| {
        let text: syn::LitStr = meta.value()?.parse()?;
        if meta.path.is_ident(name) {
            found = Some(text.value());
        }
        Ok(())
    });
    found
}

/// The attribute whose text the compiler shows, where an item has one.
fn attribute_of(attributes: &[syn::Attribute]) -> Option<syn::Attribute> {
    attributes.iter().find_map(|attribute| {
        let text = match &attribute.meta {
            syn::Meta::List(list) if list.path.is_ident("cfg_attr") => {
                let text = list.tokens.to_string();
                let (condition, text) = text.split_once(',').unwrap();
                condition.contains("not").then(|| text.to_owned())?
            }
            syn::Meta::List(list) if list.path.is_ident("deprecated") => {
                format!("deprecated({})", list.tokens)
            }
            _ => return None,
        };
        let parser = syn::Attribute::parse_outer;
        let attributes = syn::parse::Parser::parse_str(parser, &format!("#[{text}]"));
        attributes.unwrap().pop()
    })
}

/// The compiler shows the note as it was typed, and rustdoc shows none that would be markup.
#[test]
fn variants_of_deprecated_codes_say_so() {
    for name in names() {
        let catalog = catalog(name);
        let plan = plan_of(name);
        let file = syn::parse_file(artifact(&plan, "generated/src/catalog/codes.rs")).unwrap();
        let variants = file.items.iter().find_map(|item| match item {
            syn::Item::Enum(item) => Some(&item.variants),
            _ => None,
        });
        for (code, variant) in catalog.codes.iter().zip(variants.unwrap()) {
            let attribute = attribute_of(&variant.attrs);
            let Some(deprecation) = &code.deprecated else {
                assert!(attribute.is_none(), "{}", code.names.wire);
                continue;
            };
            let attribute = attribute.unwrap();
            assert_eq!(said(&attribute, "since"), deprecation.since);
            let note = said(&attribute, "note").unwrap();
            let text = bare(&page(&docs_of(&variant.attrs)).text);
            if let Some(successor) = deprecation.successor {
                let successor = &catalog[successor].names.variant;
                assert!(
                    note.starts_with(&format!("use `ErrorCode::{successor}`")),
                    "{note}"
                );
                assert!(text.contains(&format!(": use {successor}.")), "{text}");
            }
            assert!(note.ends_with(deprecation.note.as_deref().unwrap_or_default()));
            assert!(text.contains(&bare(deprecation.note.as_deref().unwrap_or_default())));
            assert!(text.contains("Deprecated"), "{text}");
        }
    }
}

fn document(name: &str, file: &str) -> Value {
    serde_yaml::from_str(artifact(&plan_of(name), &format!("generated/{file}.yaml"))).unwrap()
}

#[test]
fn the_documents_mark_deprecated_codes() {
    let mut marked = 0;
    for name in names() {
        let catalog = public(name);
        for file in ["openapi", "openapi-3.0", "openapi-strict"] {
            let document = document(name, file);
            let schemas = &document["components"]["schemas"];
            let codes = &schemas["ErrorCode"];
            let by_name = catalog.codes_by_sent_name();
            let is_deprecated = by_name
                .iter()
                .map(|(_, codes)| codes.iter().all(|code| code.deprecated.is_some()));
            let is_deprecated: Vec<bool> = is_deprecated.collect();
            let expected = is_deprecated.contains(&true).then(|| json!(is_deprecated));
            assert_eq!(codes.get("x-enum-deprecated"), expected.as_ref(), "{name}");
            for code in &catalog.codes {
                let wire = &code.names.wire;
                let words = deprecated(&catalog, code);
                let sent = code.names.sent();
                let mut names = by_name.iter();
                let position = names.position(|(name, _)| *name == sent).unwrap();
                // A name of several codes is described by all of them, each with its wire name.
                let is_shared = by_name[position].1.len() > 1;
                let before = if is_shared {
                    format!("`{wire}`: ")
                } else {
                    String::new()
                };
                for text in [
                    &codes["x-enum-descriptions"][position],
                    &codes["x-enumDescriptions"][sent],
                ] {
                    let text = text.as_str().unwrap();
                    let (start, own) = text.split_once(&before).unwrap();
                    assert!(is_shared || start.is_empty(), "{text}");
                    let is_said = own.starts_with("Deprecated");
                    assert_eq!(is_said, code.deprecated.is_some(), "{wire}");
                    assert!(own.starts_with(words.trim_end()), "{text}");
                }
                let response =
                    &document["components"]["responses"][code.status.sent().identifier()];
                let shapes = catalog.envelope.usual_shapes();
                // A code that has no responses has no example either.
                for shape in shapes.iter().filter(|_| code.status.own().is_some()) {
                    let name = example_name(&shapes, shape, wire);
                    let shown = &response["content"][&shape.content_type]["examples"][&name];
                    let expected = format!("{name}: {words}{}", code.summary());
                    assert_eq!(shown["summary"], expected);
                }
                let of_code = schemas.as_object().unwrap().iter();
                let of_code = of_code.filter(|(schema, _)| {
                    **schema == format!("code.{}", code.names.slug)
                        || **schema == format!("{}Details", code.names.variant)
                });
                for (schema, said) in of_code {
                    let expected = code.deprecated.is_some().then_some(&Value::Bool(true));
                    assert_eq!(said.get("deprecated"), expected, "{schema}");
                    marked += usize::from(expected.is_some());
                }
                let said = &codes["x-codes"][wire]["deprecated"];
                let Some(deprecation) = &code.deprecated else {
                    assert!(said.is_null());
                    continue;
                };
                assert_eq!(said["since"].as_str(), deprecation.since.as_deref());
                assert_eq!(said["note"].as_str(), deprecation.note.as_deref());
                let successor = deprecation.successor.map(|id| &*catalog[id].names.wire);
                assert_eq!(said["use"].as_str(), successor);
            }
        }
    }
    // Of the two deprecated codes of the fixture, one has details in each document; both have strict schemas, as the
    // four of the samples have.
    assert_eq!(marked, 9);
}

#[test]
fn retired_codes_are_in_no_document() {
    let catalog = catalog("lifecycle");
    for file in ["openapi", "openapi-3.0", "openapi-strict"] {
        let text = document("lifecycle", file).to_string();
        for code in &catalog.retired {
            assert!(!text.contains(&code.wire), "{file}: {}", code.wire);
        }
    }
}

/// Examples of the documentation show a code that lasts.
#[test]
fn examples_name_no_deprecated_code() {
    let text =
        std::fs::read_to_string(crate::fixtures::folder().join("good/lifecycle/catalog.yaml"));
    let text = text.unwrap().replacen(
        "    aliases: [no_ticket, not-found]\n",
        "    deprecated: { note: Ask for all of them }\n",
        1,
    );
    let text = text.replace("    use: ticket_not_found\n", "");
    let catalog = crate::fixtures::compile_text("lifecycle", text);
    assert!(catalog.codes[0].deprecated.is_some());
    for artifact in codegen::plan(&catalog).artifacts {
        let in_docs = |line: &&str| line.trim_start().starts_with("//");
        let docs: Vec<&str> = artifact.contents.lines().filter(in_docs).collect();
        if artifact.path.starts_with("generated/src/") {
            let docs = docs.join("\n");
            assert!(
                !docs.contains("ErrorCode::TicketNotFound"),
                "{}",
                artifact.path
            );
        }
    }
}
