//! Which requests get which style, from the styles of the paths of a document.

use serde_json::{Map, Value, json};

use super::super::model::{ApiFacts, Finding, Place};
use super::document::Document;
use super::styles::Styles;
use crate::catalog::{Condition, base_path};
use crate::limits::MAX_STYLE_CHOICES;
use crate::resolve::shapes::DEFAULT_STYLE;
use crate::unord_map::UnordMap;

/// The longest beginning of a path that a choice names, in segments.
const LONGEST: usize = 32;

/// The styles of the error responses of a path, as positions in ascending order.
type Set = Vec<usize>;

/// A path of the document, after that of the server.
struct Path {
    segments: Vec<String>,
    styles: Set,
}

/// Adds `envelope.choose` to the facts, and brings the default style to the front.
pub(super) fn restore<'a>(document: &Document<'a>, styles: &mut Styles<'a>, facts: &mut ApiFacts) {
    let of_paths = of_paths(document, styles);
    let Some(mut usual) = usual(document, styles, &of_paths) else {
        return;
    };
    let in_order = usual.clone();
    usual.sort_unstable();
    let paths: Vec<Path> = bases(facts)
        .iter()
        .flat_map(|base| {
            of_paths.iter().map(move |(path, styles)| Path {
                segments: segments(&format!("{base}{path}")),
                styles: styles.clone(),
            })
        })
        .collect();
    if paths.iter().all(|path| path.styles == usual) {
        return;
    }
    styles.put_first(&in_order);
    let (choices, is_complete) = choices(&paths, &usual, styles);
    facts.choices = choices;
    if !is_complete {
        let what = "the document does not contain what chooses between the styles of some paths: complete `envelope.choose`";
        styles.undecided.push(Finding::new(&Place::Source, what));
    }
}

/// The styles of the paths that have error responses.
fn of_paths<'a>(document: &Document<'a>, styles: &mut Styles<'a>) -> Vec<(String, Set)> {
    let mut known: UnordMap<*const Value, Vec<usize>> = UnordMap::default();
    let mut found = Vec::new();
    for (path, response) in document.responses_by_path() {
        let of_response = match known.get(&std::ptr::from_ref(response)) {
            Some(of_response) => of_response.clone(),
            None => {
                let of_response = styles.of_response(path, response);
                known.insert(response, of_response.clone());
                of_response
            }
        };
        match found.last_mut() {
            Some((last, all)) if last == path => add(all, &of_response),
            _ => found.push((path.to_owned(), of_response)),
        }
    }
    for (_, styles) in &mut found {
        styles.sort_unstable();
    }
    found.retain(|(_, styles)| !styles.is_empty());
    found
}

fn add(all: &mut Set, new: &[usize]) {
    for style in new {
        if !all.contains(style) {
            all.push(*style);
        }
    }
}

/// The styles of paths that no choice names, in the order of a response: those of the responses among the components if
/// they agree, else those of most paths.
fn usual<'a>(
    document: &Document<'a>,
    styles: &mut Styles<'a>,
    of_paths: &[(String, Set)],
) -> Option<Set> {
    let mut shared: Vec<Set> = Vec::new();
    for response in document.shared_responses() {
        let of_response = styles.of_response("components.responses", response);
        if !of_response.is_empty() && !shared.contains(&of_response) {
            shared.push(of_response);
        }
    }
    if let Ok([shared]) = <[Set; 1]>::try_from(shared) {
        return Some(shared);
    }
    let mut counts: Vec<(&Set, usize)> = Vec::new();
    for (_, styles) in of_paths {
        match counts.iter_mut().find(|(known, _)| *known == styles) {
            Some((_, count)) => *count += 1,
            None => counts.push((styles, 1)),
        }
    }
    // The first of several that are as frequent.
    let most = counts.into_iter().rev().max_by_key(|(_, count)| *count);
    most.map(|(styles, _)| styles.clone())
}

/// The paths of the servers, each once.
fn bases(facts: &ApiFacts) -> Vec<String> {
    let servers = facts.sections.iter().find(|(key, _)| *key == "servers");
    let servers = servers.and_then(|(_, servers)| servers.as_array());
    let urls = servers.into_iter().flatten();
    let urls = urls.filter_map(|server| server["url"].as_str());
    let mut bases: Vec<String> = urls.map(|url| base_path(url).to_owned()).collect();
    bases.sort();
    bases.dedup();
    if bases.is_empty() {
        bases.push(String::new());
    }
    bases
}

/// The segments of a path that a choice can name: those before the first that is not one.
fn segments(path: &str) -> Vec<String> {
    let segments = path.trim_start_matches('/').split('/').take(LONGEST);
    let is_sound = |segment: &&str| Condition::path(&format!("/{segment}")).is_some();
    let sound = segments.take_while(|segment| !segment.is_empty() && is_sound(segment));
    sound.map(str::to_owned).collect()
}

/// A beginning of a path, as a key: the names of parts that vary do not count.
fn key(segments: &[String]) -> String {
    let plain = segments.iter().map(|segment| {
        let varies = segment.starts_with('{');
        if varies { "{}" } else { segment.as_str() }
    });
    plain.collect::<Vec<_>>().join("/")
}

/// The entries, and whether they give every path its styles.
fn choices(paths: &[Path], usual: &Set, styles: &Styles<'_>) -> (Vec<Value>, bool) {
    // The styles of all paths with a beginning; none if they differ.
    let mut beginnings: UnordMap<String, Option<&Set>> = UnordMap::default();
    for path in paths {
        for end in 1..=path.segments.len() {
            let key = key(&path.segments[..end]);
            let of_beginning = match beginnings.get(&key) {
                None => Some(&path.styles),
                Some(known) => known.filter(|known| **known == path.styles),
            };
            beginnings.insert(key, of_beginning);
        }
    }
    let mut is_complete = true;
    // The longest beginning that all paths have which share their shortest one with the same styles.
    let mut groups: Vec<(String, &[String], &Set)> = Vec::new();
    let mut positions: UnordMap<String, usize> = UnordMap::default();
    for path in paths.iter().filter(|path| path.styles != *usual) {
        let mut keys = (1..=path.segments.len()).map(|end| key(&path.segments[..end]));
        let Some(shortest) = keys.find(|key| beginnings.get(key).copied().flatten().is_some())
        else {
            is_complete = false;
            continue;
        };
        if let Some((_, common, _)) = positions.get(&shortest).and_then(|at| groups.get_mut(*at)) {
            let same = common.iter().zip(&path.segments);
            let same = same.take_while(|(left, right)| left == right).count();
            *common = &common[..same];
        } else {
            positions.insert(shortest.clone(), groups.len());
            groups.push((shortest, &path.segments, &path.styles));
        }
    }
    // Paths with one style are first: `Accept` changes nothing there.
    let (mut single, mut accepted, mut several) = (Vec::new(), Vec::new(), Vec::new());
    for (shortest, common, set) in groups {
        // Names of parts that vary can differ.
        let path = if common.len() < shortest.split('/').count() {
            shortest.replace("{}", "{name}")
        } else {
            common.join("/")
        };
        let entry =
            |style: usize| json!({ "path": format!("/{path}"), "style": styles.shape(style).name });
        let new: Vec<usize> = set
            .iter()
            .filter(|style| !usual.contains(style))
            .copied()
            .collect();
        let others: Vec<usize> = set
            .iter()
            .filter(|style| usual.contains(style))
            .copied()
            .collect();
        match (&set[..], &new[..]) {
            ([style], _) => single.push(entry(*style)),
            (_, [style]) if others.iter().all(|other| styles.is_alone(*other, usual)) => {
                add(&mut accepted, &others);
                several.push(entry(*style));
            }
            _ => is_complete = false,
        }
    }
    is_complete &= usual.iter().all(|style| styles.is_alone(*style, usual));
    let accepted = accepted.into_iter().map(|style| {
        let shape = styles.shape(style);
        json!({ "accept": shape.content_type, "style": shape.name })
    });
    let mut choices: Vec<Value> = single.into_iter().chain(accepted).chain(several).collect();
    is_complete &= choices.len() <= MAX_STYLE_CHOICES;
    choices.truncate(MAX_STYLE_CHOICES);
    (choices, is_complete)
}

/// The members of `envelope` that the facts give.
pub(in crate::import) fn section(facts: &mut ApiFacts) -> Map<String, Value> {
    let mut envelope = Map::new();
    let mut put = |key: &str, value: Value| drop(envelope.insert(key.to_owned(), value));
    match &facts.styles[..] {
        [] => {}
        [style] if style == DEFAULT_STYLE => {}
        [style] => put("style", style.as_str().into()),
        styles => put("style", styles.into()),
    }
    if !facts.choices.is_empty() {
        put("choose", std::mem::take(&mut facts.choices).into());
    }
    let shapes = std::mem::take(&mut facts.shapes);
    if !shapes.is_empty() {
        put("shapes", shapes.into());
    }
    if facts.null_param {
        put("param", "null".into());
    }
    if let Some(name) = &facts.request_id {
        put("request_id", name.as_str().into());
    }
    envelope
}
