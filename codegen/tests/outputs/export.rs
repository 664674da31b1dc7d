//! The export for programs: the resolved catalog as JSON.

use codegen::Catalog;
use codegen::catalog::{
    Argument, Audience, Code, CodeId, Deprecation, ErrorType, Id, Lists, Operation, RetryRule,
};
use codegen::emit::openapi::{OpenApiVersion, Overlay};
use serde_json::{Value, json};

use crate::fixtures::{artifact, catalog, names, plan_of};
use crate::lifecycle::assert_events;

fn read(name: &str, file: &str) -> Value {
    serde_json::from_str(artifact(&plan_of(name), &format!("generated/{file}"))).unwrap()
}

#[test]
fn the_export_is_valid_for_its_schema() {
    for name in names() {
        let export = read(name, "errors.json");
        assert_eq!(export["$schema"], "errors.schema.json");
        let schema = read(name, "errors.schema.json");
        let validator = jsonschema::validator_for(&schema).unwrap();
        if let Err(error) = validator.validate(&export) {
            panic!("{name}: {error} at {}", error.instance_path());
        }
        let mut wrong = export.clone();
        wrong["codes"][0]["status"] = "404".into();
        assert!(!validator.is_valid(&wrong), "{name}");
        let mut wrong = export.clone();
        wrong["format"] = 2.into();
        assert!(!validator.is_valid(&wrong), "{name}");
        let mut wrong = export;
        wrong.as_object_mut().unwrap().remove("format");
        assert!(!validator.is_valid(&wrong), "{name}");
    }
}

fn wires<'a>(catalog: &'a Catalog, ids: &[CodeId]) -> Vec<&'a str> {
    let names = ids.iter().map(|id| catalog[*id].names.wire.as_str());
    names.collect()
}

/// The entries of a list of the export, which has as many as that of the catalog.
fn entries(export: &Value, list: &str, count: usize) -> Vec<Value> {
    let entries = export[list].as_array().unwrap();
    assert_eq!(entries.len(), count, "{list}");
    entries.clone()
}

/// Here and below, a field that the catalog is given does not compile until the export has it.
#[test]
fn the_export_has_the_types_of_the_catalog() {
    for name in names() {
        let catalog = catalog(name);
        let export = read(name, "errors.json");
        let said = entries(&export, "types", catalog.types.len());
        for (entry, said) in catalog.types.iter().zip(said) {
            let ErrorType {
                names,
                statuses,
                listed,
                meaning,
                message,
                retry,
                codes,
            } = entry;
            let listed: Vec<u16> = listed.iter().map(|status| status.get()).collect();
            let mut expected = json!({
                "name": names.wire, "rust": names.variant, "status": statuses.to_string(),
                "statuses": listed, "meaning": meaning, "message": message,
                "retry": retry.map(RetryRule::as_str), "codes": wires(&catalog, codes),
            });
            if !names.former_variants.is_empty() {
                expected["rust_aliases"] = json!(names.former_variants);
            }
            if !names.in_shapes.is_empty() {
                let names = names.in_shapes.iter().cloned();
                expected["names"] = names
                    .collect::<std::collections::BTreeMap<_, _>>()
                    .into_iter()
                    .collect();
            }
            assert_eq!(said, expected);
        }
    }
}

/// The arguments of a code, key by key.
fn assert_arguments(arguments: &[Argument], said: &Value) {
    for (position, argument) in arguments.iter().enumerate() {
        let Argument {
            name,
            field,
            meaning,
            example: _,
            sensitive,
            absent,
            extensions,
        } = argument;
        let mut expected = json!({
            "name": name, "kind": argument.kind().as_str(),
            "example": argument.shown(), "sensitive": sensitive,
            "nullable": absent.is_some(), "rust": field,
        });
        if let Some(text) = absent {
            expected["absent"] = text.as_str().into();
        }
        if !meaning.is_empty() {
            expected["meaning"] = meaning.as_str().into();
        }
        let said = &said["args"][position];
        for (key, _) in extensions {
            expected[key] = said[key].clone();
            assert!(!said[key].is_null(), "{name} {key}");
        }
        assert_eq!(*said, expected);
    }
    assert_eq!(said["args"].as_array().unwrap().len(), arguments.len());
}

/// The meaning, or the message in its place, and the fix, if there is one.
fn compare_texts(code: &Code, said: &Value) {
    assert_eq!(said["meaning"], &*code.summary());
    let fix = (!code.fix.is_empty()).then_some(code.fix.as_str());
    assert_eq!(said.get("fix").and_then(Value::as_str), fix);
}

/// The code that replaces it, and its parent.
fn compare_relations(catalog: &Catalog, code: &Code, said: &Value) {
    assert_eq!(
        said["deprecated"],
        code.deprecated.as_ref().map_or(Value::Null, |deprecation| {
            let Deprecation {
                since,
                successor,
                note,
            } = deprecation;
            let successor = successor.map(|id| &catalog[id].names.wire);
            json!({ "since": since, "use": successor, "note": note })
        })
    );
    let parent = code.parent.map(|id| catalog[id].names.wire.as_str());
    assert_eq!(said["like"].as_str(), parent);
}

#[test]
fn the_export_has_the_codes_of_the_catalog() {
    for name in names() {
        let catalog = catalog(name);
        let export = read(name, "errors.json");
        let document = read(name, "openapi.json");
        let said = entries(&export, "codes", catalog.codes.len());
        for (code, said) in catalog.codes.iter().zip(said) {
            let Code {
                names,
                error_type,
                status,
                message,
                plain_message: _,
                example_message,
                arguments,
                param,
                meaning: _,
                type_row,
                fix: _,
                description,
                lists: Lists { causes, fixes },
                audience,
                headers,
                ids,
                group,
                retry,
                since,
                deprecated: _,
                history,
                aliases,
                see,
                doc_url,
                parent: _,
                children: _,
                operations,
                extensions,
            } = code;
            let expected = json!({
                "name": names.wire, "rust": names.variant, "slug": names.slug,
                "type": catalog[*error_type].names.wire, "status": status.own().map(codegen::catalog::Status::get),
                "message": message.encode(|position| &arguments[position].name),
                "param": param, "retry": retry.as_str(),
                "since": since, "docs": doc_url, "audience": audience.as_str(),
            });
            for (member, value) in expected.as_object().unwrap() {
                assert_eq!(&said[member], value, "{name} {} {member}", names.wire);
            }
            compare_texts(code, &said);
            compare_relations(&catalog, code, &said);
            assert_events(history, &said);
            assert_eq!(said["type_row"].as_str(), type_row.as_deref());
            let source = description.as_ref().map(|text| text.source.as_str());
            assert_eq!(said["description"].as_str(), source);
            let titles = group.iter().map(|group| group.title.clone()).collect();
            for (member, texts) in [
                ("causes", causes),
                ("fixes", fixes),
                ("group", &titles),
                ("aliases", aliases),
            ] {
                let expected = (!texts.is_empty()).then(|| json!(texts));
                assert_eq!(said.get(member), expected.as_ref(), "{name} {member}");
            }
            for header in headers {
                assert_eq!(said["headers"][&header.name], code.header_text(header));
            }
            for (system, id) in ids {
                let shown = match id {
                    Id::Number(number) => json!(number),
                    Id::Word(word) => json!(word),
                };
                assert_eq!(said["ids"][system], shown);
            }
            assert!(
                said["example"]
                    .to_string()
                    .contains(&json!(example_message).to_string())
            );
            assert_arguments(arguments, &said);
            let see = see
                .iter()
                .map(|link| json!({ "text": link.text, "url": link.url }));
            assert_eq!(said["see"], see.collect::<Value>());
            let ids = operations.iter();
            let ids: Vec<&str> = ids.map(|at| catalog.operations[*at].id.as_str()).collect();
            assert_eq!(said["operations"], json!(ids));
            // The document has the same keys, by another way.
            let details = &document["components"]["schemas"]["ErrorCode"]["x-codes"];
            for (key, _) in extensions {
                assert!(said.get(key).is_some(), "{name}: {key}");
                assert_eq!(said[key], details[&names.wire][key], "{name}: {key}");
            }
        }
    }
}

#[test]
fn the_export_has_the_operations_of_the_catalog() {
    for name in names() {
        let catalog = catalog(name);
        let export = read(name, "errors.json");
        let said = entries(&export, "operations", catalog.operations.len());
        for (operation, said) in catalog.operations.iter().zip(said) {
            let Operation {
                id,
                error,
                method,
                path,
                path_params: _,
                when,
                summary,
                codes,
                own,
                statuses,
            } = operation;
            let own = own.iter().map(|own| {
                let mut stated = json!({
                    "code": catalog[own.code].names.wire,
                    "audience": catalog[own.code].audience.as_str(),
                    "status": own.status.get(),
                    "retry": own.retry.as_str(),
                });
                for (key, text) in [("meaning", &own.meaning), ("fix", &own.fix)] {
                    if let Some(text) = text {
                        stated[key] = text.as_str().into();
                    }
                }
                stated
            });
            let own: Vec<Value> = own.collect();
            let own = (!own.is_empty()).then(|| json!(own));
            assert_eq!(said.get("own"), own.as_ref(), "{name} {id}");
            let statuses: Vec<u16> = statuses.iter().map(|group| group.status.get()).collect();
            assert_eq!(said["summary"].as_str(), summary.as_deref());
            assert_eq!(said["when"].as_str(), when.as_deref());
            let expected = json!({
                "id": id, "rust": error, "method": method.as_str(), "path": path,
                "codes": wires(&catalog, codes), "statuses": statuses,
            });
            for (member, value) in expected.as_object().unwrap() {
                assert_eq!(&said[member], value, "{name} {id} {member}");
            }
        }
    }
}

#[test]
fn the_export_has_the_rest_of_the_catalog() {
    for name in names() {
        let catalog = catalog(name);
        let export = read(name, "errors.json");
        let document = read(name, "openapi.json");
        let codegen::catalog::Api {
            title,
            crate_name,
            lib_name: _,
            version,
            docs_url: (before, after),
            license: _,
            repository,
            documentation,
            publish,
            contact: _,
            servers: _,
        } = &catalog.api;
        let api = &export["api"];
        assert_eq!(api["title"], title.as_str());
        assert_eq!(api["crate"], crate_name.as_str());
        assert_eq!(api["version"], version.as_str());
        assert_eq!(api["docs_url"], format!("{before}{{slug}}{after}"));
        assert_eq!(api["servers"], document["servers"]);
        assert_eq!(
            api.get("repository"),
            repository.as_ref().map(|url| json!(url)).as_ref()
        );
        assert_eq!(
            api.get("documentation"),
            documentation.as_ref().map(|url| json!(url)).as_ref()
        );
        let publish = Some(json!(publish)).filter(|publish| *publish != false);
        assert_eq!(api.get("publish"), publish.as_ref());
        for member in ["license", "contact"] {
            assert_eq!(api.get(member), document["info"].get(member), "{name}");
        }
        let envelope = &export["envelope"];
        assert_eq!(envelope["request_id"], catalog.envelope.request_id.as_str());
        assert_eq!(envelope["notes"], json!(catalog.envelope.notes));
        assert_eq!(envelope["closed"], catalog.closed);
        let backoff = &catalog.retry.backoff;
        let expected = json!({
            "initial_ms": backoff.initial_ms, "factor": backoff.factor, "max_ms": backoff.max_ms,
            "max_retries": backoff.max_retries, "jitter": backoff.jitter,
        });
        assert_eq!(export["retry"]["backoff"], expected);
        let statuses = entries(&export, "statuses", catalog.statuses.len());
        for (group, said) in catalog.statuses.iter().zip(statuses) {
            assert_eq!(said["status"], group.status.get());
            assert_eq!(said["codes"], json!(wires(&catalog, &group.codes)));
            assert_eq!(said["retryable"], group.retryable);
            assert_eq!(
                said["codeless"].as_array().unwrap().len(),
                group.codeless.len()
            );
        }
        let sections = entries(&export, "sections", catalog.sections.len());
        for (section, said) in catalog.sections.iter().zip(sections) {
            assert_eq!(
                said["title"].as_str(),
                section.path.last().map(String::as_str)
            );
            assert_eq!(said["path"], json!(section.path));
            let rows = section.rows.iter().map(|row| wires(&catalog, &row.codes));
            assert_eq!(said["rows"], json!(rows.collect::<Vec<_>>()));
        }
        let framework = entries(&export, "framework", catalog.framework.len());
        for (error, said) in catalog.framework.iter().zip(framework) {
            assert_eq!(
                said["sent"],
                serde_json::json!(error.sent.map(codegen::catalog::Status::get))
            );
            assert_eq!(said["message"], catalog.framework_message(error));
        }
    }
}

/// The members of a code that a key of the catalog's own could hide have no `x-` in their names.
#[test]
fn a_key_of_the_catalogs_own_hides_no_member() {
    let schema = read("seed", "errors.schema.json");
    let members = schema["$defs"]["Code"]["properties"].as_object().unwrap();
    assert!(members.keys().all(|member| !member.starts_with("x-")));
    assert!(members.len() > 10);
}

/// What is for the authors of a catalog, or for those who work on the server, reaches no reader.
#[test]
fn no_output_shows_internal_codes() {
    assert_internal("extras", &["shard_moved", "files.shard_lost"]);
    assert_internal("lifecycle", &["ticket_store_down", "ticket_shard_moved"]);
}

/// Only the crate, and what is for those who work on the server, tells of what is internal.
fn assert_internal(name: &str, expected: &[&str]) {
    let catalog = catalog(name);
    let plan = plan_of(name);
    let codes = catalog.codes.iter();
    let codes = codes.map(|code| (code.audience, code.names.wire.as_str()));
    let retired = catalog.retired.iter();
    let retired = retired.map(|code| (code.audience, code.wire.as_str()));
    let internal = codes.chain(retired);
    let internal = internal.filter(|(audience, _)| *audience == Audience::Internal);
    let internal: Vec<&str> = internal.map(|(_, wire)| wire).collect();
    assert_eq!(internal, expected);
    for artifact in &plan.artifacts {
        let of_crate = artifact.path.starts_with("generated/src/")
            || artifact.path.starts_with("generated/fixtures/")
            || artifact.path == "generated/.files"
            || artifact.path.starts_with("generated/errors")
            || artifact.path.starts_with("catalog/");
        for code in &internal {
            let tells = artifact.contents.contains(code) || artifact.path.contains(code);
            assert!(of_crate || !tells, "{} tells of {code}", artifact.path);
        }
        let overlay = Overlay::of(&catalog, OpenApiVersion::V3_1).to_yaml();
        assert!(internal.iter().all(|code| !overlay.contains(code)));
        for note in ["ids cannot be guessed", "Also used by the proxy"] {
            assert!(!artifact.contents.contains(note), "{}", artifact.path);
        }
    }
}
