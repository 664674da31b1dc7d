//! Enums of Protocol Buffers: each value is an error, with its comment and the options that give a status.

use heck::{ToShoutySnakeCase, ToUpperCamelCase};
use prost_types::EnumValueDescriptorProto;
use protox_parse::parse;
use serde_json::{Map, Value, json};

use super::list::{self, List};
use super::model::{Extracted, Finding, Part, Place, status};
use super::record::{CodeIn, Record};
use super::table::says_errors;

/// The members of descriptors on the way to an enum and its values, as `descriptor.proto` numbers them.
const ENUM_OF_FILE: i32 = 5;
const MESSAGE_OF_FILE: i32 = 4;
const ENUM_OF_MESSAGE: i32 = 4;
const MESSAGE_OF_MESSAGE: i32 = 3;
const VALUE_OF_ENUM: i32 = 2;

/// Reads the enums of errors; if none says that it is one, all enums.
pub(super) fn read(text: &str) -> Extracted {
    let mut extracted = Extracted::default();
    let lines = super::tree::Lines::of(text);
    if depth(text) > MAX_DEPTH {
        let what = "it nests too deep to be read";
        extracted
            .lost
            .push(Finding::new(&Place::Line(1), what).of(Part::Line));
        return extracted;
    }
    let file = match parse("list.proto", text) {
        Ok(file) => file,
        Err(error) => {
            let at = error.span().map_or(0, |span| span.start);
            let place = Place::Line(lines.number(at));
            let what = format!("it is not valid as Protocol Buffers: {error}");
            extracted
                .lost
                .push(Finding::new(&place, what).of(Part::Line));
            return extracted;
        }
    };
    let mut comments = Comments::default();
    for location in file.source_code_info.iter().flat_map(|info| &info.location) {
        let parts = [
            location.leading_comments.as_deref(),
            location.trailing_comments.as_deref(),
        ];
        let parts: Vec<&str> = parts.into_iter().flatten().collect();
        let line = location
            .span
            .first()
            .map_or(0, |line| usize::try_from(*line).unwrap_or(0));
        comments.insert(location.path.clone(), (line + 1, parts.join("\n")));
    }
    let mut enums = Vec::new();
    for (at, found) in file.enum_type.iter().enumerate() {
        enums.push((path(&[], ENUM_OF_FILE, at), found));
    }
    for (at, message) in file.message_type.iter().enumerate() {
        of_message(message, &path(&[], MESSAGE_OF_FILE, at), &mut enums);
    }
    let is_of_errors = |name: &str| {
        says_errors(name)
            || ["Code", "Reason", "Status"]
                .iter()
                .any(|end| name.contains(end))
    };
    let some = enums.iter().any(|(_, found)| is_of_errors(found.name()));
    for (path, found) in &enums {
        if some && !is_of_errors(found.name()) {
            let line = comments.get(path).map_or(1, |(line, _)| *line);
            let what = format!(
                "the enum `{}` is not read: its name does not speak of errors",
                found.name()
            );
            extracted
                .lost
                .push(Finding::new(&Place::Line(line), what).of(Part::Enum));
            continue;
        }
        extracted.no_errors += found.value.iter().filter(|value| is_none(value)).count();
        let list = of_enum(path, found, &comments);
        let names = list.names();
        list::take_by(&list, &names, &CodeIn::Key, &mut extracted);
    }
    extracted
}

/// Brackets within brackets that are read: the parser is recursive.
const MAX_DEPTH: usize = 100;

/// How deep brackets nest at most; those in texts count too.
fn depth(text: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for b in text.bytes() {
        match b {
            b'{' | b'[' | b'<' | b'(' => depth += 1,
            b'}' | b']' | b'>' | b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

type Path = Vec<i32>;
type Comments = std::collections::BTreeMap<Path, (usize, String)>;
type Enums<'a> = Vec<(Path, &'a prost_types::EnumDescriptorProto)>;

fn path(start: &[i32], member: i32, at: usize) -> Path {
    let mut path = start.to_vec();
    path.extend([member, i32::try_from(at).unwrap_or(i32::MAX)]);
    path
}

fn of_message<'a>(message: &'a prost_types::DescriptorProto, own: &[i32], enums: &mut Enums<'a>) {
    for (at, found) in message.enum_type.iter().enumerate() {
        enums.push((path(own, ENUM_OF_MESSAGE, at), found));
    }
    for (at, nested) in message.nested_type.iter().enumerate() {
        of_message(nested, &path(own, MESSAGE_OF_MESSAGE, at), enums);
    }
}

/// The values of an enum, by their names.
fn of_enum(own: &Path, found: &prost_types::EnumDescriptorProto, comments: &Comments) -> List {
    let prefix = format!("{}_", found.name().to_shouty_snake_case());
    let by_default = found
        .options
        .iter()
        .flat_map(|options| &options.uninterpreted_option);
    let by_default = by_default
        .filter_map(of_option)
        .find_map(|(_, value)| status(&value).map(|_| value));
    let mut records = Vec::new();
    for (at, value) in found.value.iter().enumerate() {
        if is_none(value) {
            continue;
        }
        let (line, comment) = comments
            .get(&path(own, VALUE_OF_ENUM, at))
            .map_or((1, ""), |(line, comment)| (*line, comment.as_str()));
        let mut fields = Map::new();
        let (meaning, mapped) = meaning(comment);
        fields.insert("meaning".to_owned(), meaning.into());
        let bare = value.name().strip_prefix(&prefix).unwrap_or(value.name());
        fields.insert("rust".to_owned(), bare.to_upper_camel_case().into());
        let number = u64::try_from(value.number())
            .map_or_else(|_| value.number().to_string().into(), Value::from);
        fields.insert("ids".to_owned(), json!({ "number": number }));
        let options = value.options.iter();
        if options
            .clone()
            .any(prost_types::EnumValueOptions::deprecated)
        {
            fields.insert("deprecated".to_owned(), true.into());
        }
        for (name, option) in options
            .flat_map(|options| &options.uninterpreted_option)
            .filter_map(of_option)
        {
            let is_status = status(&option).is_some() && !fields.contains_key("status");
            fields.insert(if is_status { "status".to_owned() } else { name }, option);
        }
        let known = mapped.or_else(|| by_default.clone());
        if let (false, Some(known)) = (fields.contains_key("status"), known) {
            fields.insert("status".to_owned(), known);
        }
        records.push(Record {
            key: Some(value.name().to_owned()),
            ..Record::new(Place::Line(line), fields)
        });
    }
    List {
        records,
        has_marks: false,
        is_of_errors: true,
    }
}

/// Whether a value stands for no error.
fn is_none(value: &EnumValueDescriptorProto) -> bool {
    let name = value.name();
    let ends = |end: &str| {
        let start = name.strip_suffix(end);
        start.is_some_and(|start| start.is_empty() || start.ends_with('_'))
    };
    ends("OK")
        || ends("UNSPECIFIED")
        || value.number() == 0 && ["SUCCESS", "NONE", "NO_ERROR"].into_iter().any(ends)
}

/// The name and the value of an option.
fn of_option(option: &prost_types::UninterpretedOption) -> Option<(String, Value)> {
    let parts = option.name.iter().map(|part| part.name_part.as_str());
    let name = parts.collect::<Vec<_>>().join(".");
    let texts = option.string_value.as_ref();
    let value = option
        .positive_int_value
        .map(Value::from)
        .or_else(|| option.negative_int_value.map(Value::from))
        .or_else(|| option.double_value.map(Value::from))
        .or_else(|| texts.map(|text| String::from_utf8_lossy(text).into_owned().into()))
        .or_else(|| option.identifier_value.as_deref().map(Value::from))
        .or_else(|| option.aggregate_value.as_deref().map(Value::from))?;
    Some((name, value))
}

/// A comment as a text, and the status that a line such as `HTTP Mapping: 404 Not Found` gives.
fn meaning(comment: &str) -> (String, Option<Value>) {
    const OF_STATUS: [&str; 5] = [
        "http mapping:",
        "http status:",
        "http status code:",
        "@status",
        "@http",
    ];
    let mut mapped = None;
    let mut lines = Vec::new();
    for (at, line) in comment.lines().enumerate() {
        // What is left of `///`, and of the start of `/**`.
        let line = line.strip_prefix('/').unwrap_or(line);
        let line = match line.strip_prefix('*') {
            Some(rest) if at == 0 => rest,
            _ => line,
        };
        let line = line.trim();
        let lower = line.to_ascii_lowercase();
        // A line such as `// 404` groups the values below it.
        let is_bare = line.len() == 3 && line.bytes().all(|b| b.is_ascii_digit());
        let mut numbers = OF_STATUS
            .iter()
            .filter_map(|start| lower.strip_prefix(start))
            .chain(is_bare.then_some(line));
        match numbers.find_map(|text| status(&text.trim().into())) {
            Some(found) => mapped = Some(found.get().into()),
            None => lines.push(line),
        }
    }
    (lines.join("\n").trim().to_owned(), mapped)
}
