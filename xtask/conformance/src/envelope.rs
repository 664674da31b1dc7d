//! Reading of bodies by the shape of a style.

use codegen::catalog::{Choice, Condition, Envelope, Node, Piece, Shape, Slot};
use serde_json::Value;

/// The shape of the errors at a path.
pub(crate) fn shape_at<'a>(envelope: &'a Envelope, path: &str) -> &'a Shape {
    let fits = |choice: &&Choice| {
        matches!(choice.condition, Condition::Path(_)) && choice.condition.may_meet(path)
    };
    let chosen = envelope.choices.iter().find(fits);
    let mut shapes = envelope.shapes.iter();
    let shape = chosen.and_then(|choice| shapes.find(|shape| shape.name == choice.style));
    shape.unwrap_or_else(|| envelope.default_shape())
}

/// The value of a slot in a body.
pub(crate) fn read(body: &Node, json: &Value, slot: Slot) -> Option<String> {
    let value = find(body, json, slot)?;
    let text = value.as_str().map(str::to_owned);
    text.or_else(|| value.as_u64().map(|number| number.to_string()))
}

fn find<'a>(node: &Node, json: &'a Value, slot: Slot) -> Option<&'a Value> {
    match node {
        Node::Object(object) => {
            let mut members = object.members.iter();
            members.find_map(|(name, node)| find(node, json.get(name)?, slot))
        }
        Node::List(nodes) => {
            let elements = json.as_array()?;
            nodes.iter().find_map(|node| {
                let mut elements = elements.iter().filter(|element| is_of(node, element));
                elements.find_map(|element| find(node, element, slot))
            })
        }
        Node::Slot(filled) => (filled.slot == slot).then_some(json),
        Node::Text(pieces) => (pieces[..] == [Piece::Slot(slot)]).then_some(json),
        Node::Constant(_) => None,
    }
}

/// Whether an element of a list has the constant that distinguishes it from others.
fn is_of(node: &Node, element: &Value) -> bool {
    node.sign()
        .is_none_or(|(name, value)| element.get(name).is_some_and(|found| found == value))
}

#[cfg(test)]
mod tests {
    use codegen::{Inputs, Source};
    use serde_json::json;

    use super::*;

    fn envelope() -> Envelope {
        let catalog = "\
version: 1
api: { title: A, docs_url: https://example.com, crate: a-errors }
envelope:
  style: [openai, google]
  choose: [{ header: x-key, style: openai }, { path: /v1/google, style: google }]
types:
  bad_request: { status: 400, meaning: Bad }
codes:
  no_name: { type: bad_request, meaning: There is no name, fix: Choose one }
";
        let source = Source::new("catalog.yaml", catalog.as_bytes().to_vec());
        let catalog = codegen::compile(&Inputs::new(source)).value.unwrap();
        catalog.envelope
    }

    #[test]
    fn a_path_chooses_the_shape() {
        let envelope = envelope();
        for (path, style) in [
            ("/v1/google/models/m:generate", "google"),
            ("/v1/googles", "openai"),
            ("/v1/files", "openai"),
        ] {
            assert_eq!(shape_at(&envelope, path).name, style, "{path}");
        }
    }

    #[test]
    fn slots_are_read_from_members_and_from_the_elements_that_have_them() {
        let envelope = envelope();
        let body = &shape_at(&envelope, "/v1/google").body;
        let info = |name: &str| format!("type.googleapis.com/google.rpc.{name}");
        let json = json!({ "error": {
            "code": 400,
            "message": "m",
            "status": "INVALID_ARGUMENT",
            "details": [
                { "@type": info("RequestInfo"), "requestId": "req_1" },
                { "@type": info("BadRequest"), "fieldViolations": [{ "field": "f" }] },
                { "@type": info("Other"), "reason": "none" },
            ],
        } });
        let read = |slot| read(body, &json, slot);
        let read = [
            Slot::Status,
            Slot::Type,
            Slot::RequestId,
            Slot::Param,
            Slot::Code,
        ]
        .map(read);
        let read = read.each_ref().map(Option::as_deref);
        let expected = [
            Some("400"),
            Some("INVALID_ARGUMENT"),
            Some("req_1"),
            Some("f"),
            None,
        ];
        assert_eq!(read, expected);
    }
}
