//! The styles of the bodies of a document.

use serde_json::{Map, Value};

use super::super::minimal;
use super::super::model::{Finding, Place};
use super::super::writer::Item;
use super::document::{Content, Document};
use super::places::{Places, ShapePlaces};
use crate::catalog::Shape;
use crate::diagnostic::quoted;
use crate::limits::{MAX_BODY_SCHEMAS, MAX_REPEATED, MAX_SHAPES};
use crate::resolve::shapes::built_in;
use crate::unord_map::UnordMap;

/// The media type of bodies of any style.
const JSON: &str = "application/json";

/// The styles that bodies can have, and those that they have.
pub(super) struct Styles<'a> {
    document: &'a Document<'a>,
    known: Vec<Style>,
    /// The styles of the bodies, in the order of the document, as positions.
    used: Vec<usize>,
    /// The styles of the schemas so far, by media type.
    seen: UnordMap<(&'a str, *const Value), Vec<usize>>,
    /// The bodies that were reported.
    reported: UnordMap<(String, String), ()>,
    pub(super) undecided: Vec<Finding>,
}

/// A style that bodies can have.
struct Style {
    shape: Shape,
    places: ShapePlaces,
    /// The shape as the document states it, unless it is a built-in one.
    stated: Option<Value>,
}

impl<'a> Styles<'a> {
    /// The built-in styles, and those whose shape the document contains, as documents of this tool do.
    pub(super) fn new(document: &'a Document<'a>) -> Self {
        let mut known: Vec<Style> = built_in()
            .into_iter()
            .map(|shape| style(shape, None))
            .collect();
        let mut stated = Map::new();
        let schemas = document.at("/components/schemas").as_object();
        for (_, schema) in schemas.into_iter().flatten() {
            let Some(Value::Object(own)) = schema.get("x-shape") else {
                continue;
            };
            let mut own = own.clone();
            let Some(Value::String(name)) = own.shift_remove("name") else {
                continue;
            };
            if stated.len() == MAX_SHAPES || stated.contains_key(&name) {
                continue;
            }
            stated.insert(name.clone(), own.into());
            match shape(&name, &stated) {
                Some(shape) => known.push(style(shape, stated.get(&name).cloned())),
                None => drop(stated.shift_remove(&name)),
            }
        }
        Self {
            document,
            known,
            used: Vec::new(),
            seen: UnordMap::default(),
            reported: UnordMap::default(),
            undecided: Vec::new(),
        }
    }

    /// The styles of the bodies of a response, as positions.
    pub(super) fn of_response(&mut self, path: &str, response: &'a Value) -> Vec<usize> {
        let contents = response["content"].as_object();
        let mut found = Vec::new();
        for (media_type, content) in contents.into_iter().flatten() {
            let content = self.document.content(path, media_type, content);
            let new = self.of(path, &content);
            let new = new.into_iter().filter(|style| !found.contains(style));
            found.extend(new.collect::<Vec<_>>());
        }
        found
    }

    /// Makes these the first of the used styles.
    pub(super) fn put_first(&mut self, styles: &[usize]) {
        let place = |style: &usize| styles.iter().position(|first| first == style);
        self.used
            .sort_by_key(|style| place(style).unwrap_or(styles.len()));
    }

    /// Whether no other one of these styles has the media type of a style.
    pub(super) fn is_alone(&self, style: usize, styles: &[usize]) -> bool {
        let media_type = &self.shape(style).content_type;
        let mut others = styles.iter().filter(|other| **other != style);
        others.all(|other| self.shape(*other).content_type != *media_type)
    }

    /// The shapes of the bodies of a response with one media type, as positions. Reports bodies that have no style.
    pub(super) fn of(&mut self, path: &str, content: &Content<'a>) -> Vec<usize> {
        let schema = self.document.resolve(content.schema);
        let key = (content.media_type, std::ptr::from_ref(schema));
        if let Some(found) = self.seen.get(&key).filter(|_| !schema.is_null()) {
            return found.clone();
        }
        let schemas = alternatives_of(self.document, schema).into_iter();
        let mut bodies: Vec<(Option<usize>, Places)> = schemas
            .map(|schema| {
                let places = Places::of_schema(self.document, schema);
                (self.stated(schema), places)
            })
            .collect();
        let is_described =
            |(stated, places): &(Option<usize>, Places)| stated.is_some() || !places.is_empty();
        if !bodies.iter().any(is_described) {
            let examples = content.examples.iter().map(|example| example.body);
            let examples = examples.filter(|body| !body.is_null()).map(Places::of_body);
            let examples: Vec<_> = examples.map(|places| (None, places)).collect();
            if !examples.is_empty() {
                bodies = examples;
            }
        }
        let mut found = Vec::new();
        for (stated, places) in bodies {
            let style = stated.or_else(|| self.style(path, content.media_type, &places));
            found.extend(style.filter(|style| !found.contains(style)));
        }
        for style in &found {
            if !self.used.contains(style) {
                self.used.push(*style);
            }
        }
        self.seen.insert(key, found.clone());
        found
    }

    /// The style of an example: the one whose places it has, else the first.
    pub(super) fn of_example(&self, styles: &[usize], body: &Value) -> Option<usize> {
        let places = Places::of_body(body);
        let mut fitting = styles.iter().copied();
        let fitting = fitting.find(|style| self.known[*style].places.fit(&places));
        fitting.or_else(|| styles.first().copied())
    }

    pub(super) fn shape(&self, style: usize) -> &Shape {
        &self.known[style].shape
    }

    /// Whether a style is a built-in one.
    pub(super) fn is_built_in(&self, style: usize) -> bool {
        self.known[style].stated.is_none()
    }

    /// Whether a catalog that has the used shapes knows a style.
    pub(super) fn is_known(&self, name: &str) -> bool {
        let mut known = self.known.iter().enumerate();
        known.any(|(position, style)| {
            style.shape.name == name && (style.stated.is_none() || self.used.contains(&position))
        })
    }

    /// The names of the used styles, and the shapes of those that are not built-in.
    pub(super) fn sections(&self) -> (Vec<String>, Map<String, Value>) {
        let used = || self.used.iter().map(|style| &self.known[*style]);
        let names = used().map(|style| style.shape.name.clone()).collect();
        let shapes =
            used().filter_map(|style| Some((style.shape.name.clone(), style.stated.clone()?)));
        (names, shapes.collect())
    }

    /// The style that a schema of this tool states.
    fn stated(&self, schema: &Value) -> Option<usize> {
        let name = schema["x-shape"]["name"].as_str()?;
        let mut known = self.known.iter();
        known.position(|style| style.stated.is_some() && style.shape.name == name)
    }

    /// The style of a body with these places.
    fn style(&mut self, path: &str, media_type: &str, places: &Places) -> Option<usize> {
        let media_type = essence(media_type);
        let of_media_type = || {
            let known = self.known.iter().enumerate();
            known.filter(|(_, style)| style.shape.content_type == media_type)
        };
        let mut fitting = of_media_type().filter(|(_, style)| style.places.fit(places));
        if let Some((position, _)) = fitting.next() {
            return Some(position);
        }
        // Other media types determine the form of their bodies.
        let by_media_type = of_media_type().find(|_| media_type != JSON);
        let message = match by_media_type {
            Some((_, style)) => other_members(style, &media_type, places),
            None => Some(no_style(&media_type, places)),
        };
        let style = by_media_type.map(|(position, _)| position);
        if let Some(message) = message {
            let body = (media_type, places.key());
            if self.reported.insert(body, ()).is_none() {
                let place = Place::Path(path.to_owned());
                self.undecided.push(Finding::new(&place, message));
            }
        }
        style
    }
}

/// The report of the members that no body of the style has.
fn other_members(style: &Style, media_type: &str, places: &Places) -> Option<String> {
    let other = style.places.other(places);
    let mut names: Vec<String> = other.iter().map(|name| quoted(name)).collect();
    if names.len() > MAX_REPEATED {
        names.truncate(MAX_REPEATED);
        names.push("…".to_owned());
    }
    let (media_type, names) = (quoted(media_type), names.join(", "));
    (!other.is_empty()).then(|| {
        let style = &style.shape.name;
        format!("the style `{style}` has no {names} in the body of {media_type}: describe the body in `envelope.shapes`")
    })
}

/// The report of a body without a style.
fn no_style(media_type: &str, places: &Places) -> String {
    let shown = quoted(media_type);
    if media_type != JSON && !media_type.ends_with("+json") {
        format!("the draft does not have the body of {shown}, which is not JSON")
    } else if places.is_empty() {
        format!("the document does not describe the body of {shown}: choose the style")
    } else {
        format!(
            "the body of {shown} is not that of a built-in style: describe it in `envelope.shapes`"
        )
    }
}

fn style(shape: Shape, stated: Option<Value>) -> Style {
    Style {
        places: ShapePlaces::new(&shape.body),
        shape,
        stated,
    }
}

/// The shape with this name, if a catalog can have all of these.
fn shape(name: &str, stated: &Map<String, Value>) -> Option<Shape> {
    let envelope = vec![
        Item::member("style", name),
        Item::member("shapes", stated.clone()),
        Item::member("details", true),
    ];
    let envelope = Item::Block("envelope".to_owned(), envelope);
    let catalog = minimal::compile(vec![minimal::api(None), envelope])?;
    catalog.envelope.shapes.into_iter().next()
}

/// A media type in lower case, without parameters. Any type is JSON here, as in the documents of many frameworks.
fn essence(media_type: &str) -> String {
    let name = media_type.split(';').next().unwrap_or_default();
    match name.trim().to_ascii_lowercase().as_str() {
        "*/*" | "application/*" => JSON.to_owned(),
        name => name.to_owned(),
    }
}

/// The schemas of the bodies that a schema admits: its alternatives, or the schema. Each is visited once.
fn alternatives_of<'a>(document: &Document<'a>, schema: &'a Value) -> Vec<&'a Value> {
    let mut found = Vec::new();
    let mut seen: UnordMap<*const Value, ()> = UnordMap::default();
    let mut open = vec![schema];
    while let Some(schema) = open.pop() {
        let schema = document.resolve(schema);
        if found.len() == MAX_BODY_SCHEMAS || seen.insert(schema, ()).is_some() {
            continue;
        }
        let choices = ["anyOf", "oneOf"].map(|key| schema[key].as_array());
        let choices: Vec<&Value> = choices.into_iter().flatten().flatten().collect();
        if choices.is_empty() || schema.get("properties").is_some() {
            found.push(schema);
        } else {
            open.extend(choices.into_iter().rev());
        }
    }
    found
}
