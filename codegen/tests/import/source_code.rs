//! Enums of Rust and of Protocol Buffers: formats of messages, arms for several variants, and values that are no errors.

use codegen::import::{Format, Import, Input};
use serde_json::{Value, json};

use crate::{drafted, text};

fn rust(code: &str) -> Import {
    drafted(Input::Text(Format::Rust, code))
}

/// The codes of a draft, with these keys of each.
fn codes(draft: &Import, keys: &[&str]) -> Vec<Value> {
    let catalog: Value = serde_yaml::from_str(text(draft)).unwrap();
    let codes = catalog["codes"].as_object().unwrap().iter();
    let codes = codes.map(|(name, code)| {
        let values = keys.iter().map(|key| code[*key].clone());
        std::iter::once(name.as_str().into())
            .chain(values)
            .collect()
    });
    codes.collect()
}

/// The statuses of the codes, by their types if they have none.
fn statuses(draft: &Import) -> Vec<(String, u64)> {
    let catalog: Value = serde_yaml::from_str(text(draft)).unwrap();
    let codes = catalog["codes"].as_object().unwrap().iter();
    let codes = codes.map(|(name, code)| {
        let of_type = &catalog["types"][code["type"].as_str().unwrap()]["status"];
        let status = code["status"].as_u64().or_else(|| of_type.as_u64());
        (name.clone(), status.or(of_type[0].as_u64()).unwrap())
    });
    codes.collect()
}

fn messages(draft: &Import) -> Vec<&str> {
    let undecided = draft.undecided.iter();
    undecided.map(|found| found.message.as_str()).collect()
}

fn lost(draft: &Import) -> Vec<&str> {
    draft
        .lost
        .iter()
        .map(|lost| lost.message.as_str())
        .collect()
}

#[test]
fn doubled_braces_of_a_format_are_text_and_name_no_argument() {
    let draft = rust(
        r#"enum PetError {
    #[error("literal {{id}}")]
    Literal,
    #[error("no {{x}} in {name}")]
    Mixed { name: String },
    #[error("json {{\"a\": {v}}} }}{{ {{0}} {{}} 100%d <b> ${{c}}")]
    Json { v: u32 },
}"#,
    );
    let arg = |kind: &str| json!({ "kind": kind });
    assert_eq!(
        codes(&draft, &["message", "args"]),
        [
            json!(["literal", "literal {{id}}", null]),
            json!(["mixed", "no {{x}} in {name}", { "name": arg("string") }]),
            json!([
                "json",
                "json {{\"a\": {v}}} }}{{ {{0}} {{}} 100%d <b> ${{c}}",
                { "v": arg("u64") }
            ]),
        ]
    );
}

#[test]
fn values_behind_a_format_give_names_and_kinds() {
    let draft = rust(
        r#"enum PetError {
    #[error("{0}% of {max:>5}", max = .1)]
    Quota(f32, u32),
    #[error("{}", .msg)]
    Message { msg: String },
    #[error("{} of {}: {0:?}", .1, .names.len())]
    Several(u8, bool),
    #[error("at {}", .path.display(),)]
    Path { path: PathBuf },
    #[error("no {r#type}, no {id:#x}")]
    Raw { r#type: &'static str, id: i64 },
    #[error("{} and {count}", self.sum(), count = .0.len())]
    Computed(Vec<String>),
}"#,
    );
    let arg = |kind: &str| json!({ "kind": kind });
    let found = codes(&draft, &["message", "args"]);
    assert_eq!(
        found[..3],
        [
            json!(["quota", "{value0}% of {max}", { "value0": arg("f64"), "max": arg("u64") }]),
            json!(["message", "{msg}", { "msg": arg("string") }]),
            json!([
                "several",
                "{value1} of {value2}: {value1}",
                { "value1": arg("bool"), "value2": arg("string") }
            ]),
        ]
    );
    assert_eq!(
        found[3],
        json!(["path", "at {path}", { "path": arg("string") }])
    );
    assert_eq!(found[4][1], "no {type}, no {id}");
    assert_eq!(found[4][2]["type"]["kind"], "string");
    assert_eq!(found[4][2]["id"]["kind"], "i64");
    assert_eq!(found[5][1], "{value1} and {count}");
    let undeclared = messages(&draft);
    let undeclared = undeclared
        .iter()
        .filter(|said| said.contains("which is not declared"));
    assert_eq!(undeclared.count(), 3);
}

#[test]
fn an_arm_for_all_others_is_about_the_variants_that_no_arm_names() {
    let draft = rust(
        r"enum PetError { NoSuchPet, Taken, Slow, Inner(Other), Asleep(u8) }
impl PetError {
    fn status(&self) -> u16 {
        match *self {
            Self::NoSuchPet => 404,
            Self::Inner(ref other) => other.status(),
            PetError::Taken if cfg!(test) => 409,
            _ if cfg!(test) => 418,
            _ => 503,
        }
    }
    fn exit_code(&self) -> i32 { match self { Self::Taken => 2, _ => 1 } }
}",
    );
    let expected = [
        ("no_such_pet", 404),
        ("taken", 409),
        ("slow", 503),
        ("inner", 400),
        ("asleep", 503),
    ];
    let expected = expected.map(|(name, status)| (name.to_owned(), status));
    assert_eq!(statuses(&draft), expected);
    let draft = rust(
        r"enum FaultKind { A, B, C }
impl FaultKind {
    fn status(&self) -> StatusCode {
        use FaultKind::*;
        match (&self) { A => StatusCode::NOT_FOUND, other => StatusCode::SERVICE_UNAVAILABLE }
    }
    fn retries(&self, status: u16) -> StatusCode { match status { _ => StatusCode::CONFLICT } }
}",
    );
    let expected = [("a", 404), ("b", 503), ("c", 503)];
    let expected = expected.map(|(name, status)| (name.to_owned(), status));
    assert_eq!(statuses(&draft), expected);
}

#[test]
fn variants_that_share_a_code_are_one_error_if_they_say_the_same() {
    let draft = rust(
        r#"enum StoreError {
    #[error("no {name}")] Miss { name: String },
    #[error("It is broken")] Two,
    #[error("It is broken")] Three,
    #[error("It is {0}")] Four(String),
    Five,
}
impl StoreError {
    fn code(&self) -> &'static str {
        match self { StoreError::Miss { .. } => "E_MISS", _ => "E_MANY" }
    }
}"#,
    );
    assert_eq!(
        codes(&draft, &["message", "rust"]),
        [
            json!(["E_MISS", "no {name}", "Miss"]),
            json!(["E_MANY", "It is broken", "Two"])
        ]
    );
    assert_eq!((draft.merged, draft.refused()), (1, 2));
    assert_eq!(
        lost(&draft),
        [
            "duplicate code `E_MANY`: the first is at 3, with another message, list of arguments",
            "duplicate code `E_MANY`: the first is at 3, with another message",
        ]
    );
}

#[test]
fn the_message_of_an_error_inside_is_none_of_the_list() {
    let draft = rust("enum PetError { #[error(transparent)] Io(#[from] std::io::Error) }");
    let why = "`transparent` takes the message of the error inside, which the list does not have: write one";
    assert!(messages(&draft).contains(&why), "{:?}", draft.undecided);
}

#[test]
fn texts_of_methods_and_comments_of_blocks_are_as_they_look() {
    let draft = rust(
        r#"pub enum PetError {
    /** There is no pet.
     *
     * Not even one. */
    NoSuchPet { id: u64 },
    /// * Taken
    Taken,
}
impl PetError {
    fn message(&self) -> &'static str {
        match self { Self::NoSuchPet { .. } => "There is no pet {id}", Self::Taken => "Taken {{now}}" }
    }
}"#,
    );
    assert_eq!(
        codes(&draft, &["message", "meaning", "args"]),
        [
            json!([
                "no_such_pet",
                "There is no pet {id}",
                "There is no pet. Not even one.",
                { "id": { "kind": "u64" } }
            ]),
            json!(["taken", "Taken {{{{now}}}}", "* Taken", null]),
        ]
    );
}

#[test]
fn values_that_stand_for_no_error_are_counted_and_not_missing() {
    let draft = rust("enum PetErrorCode { Ok = 0, NoSuchPet = 5 }");
    assert_eq!((draft.codes, draft.no_errors), (1, 1));
    assert_eq!(draft.lost, []);
    let draft = drafted(Input::Text(
        Format::Proto,
        "syntax = \"proto3\";
enum PetCode { PET_CODE_UNSPECIFIED = 0; NO_SUCH_PET = 1; BOOK = 2; }
enum NameReason { NONE = 0; TAKEN = 1; }
message Pet { enum Fault { SUCCESS = 0; BROKEN = 1; UNSPECIFIED = 2; NAME_NONE = 3; } }
",
    ));
    assert_eq!((draft.codes, draft.no_errors, draft.read()), (5, 4, 5));
    assert_eq!(draft.lost, []);
}

#[test]
fn comments_of_protocol_buffers_lose_their_signs() {
    let draft = drafted(Input::Text(
        Format::Proto,
        "syntax = \"proto3\";
enum Fault {
  /** There is no pet.
   * @status 404 */
  NO_SUCH_PET = 0;
  /**
   * The name is taken.
   */
  NAME_TAKEN = 1;
  /// It is broken.
  /// HTTP status: 503
  BROKEN = 2;
  // * A point
  POINT = 3;
}
",
    ));
    assert_eq!(
        codes(&draft, &["meaning"]),
        [
            json!(["NO_SUCH_PET", "There is no pet."]),
            json!(["NAME_TAKEN", "The name is taken."]),
            json!(["BROKEN", "It is broken."]),
            json!(["POINT", "* A point"]),
        ]
    );
    let found = statuses(&draft);
    assert_eq!((found[0].1, found[2].1), (404, 503));
}

#[test]
fn an_enum_that_is_not_read_is_skipped_as_one() {
    let draft = drafted(Input::Text(
        Format::Proto,
        "syntax = \"proto3\";\nenum Colour { GREY = 0; }\nenum PetFault { NO_SUCH_PET = 0; }\n",
    ));
    assert_eq!((draft.codes, draft.refused()), (1, 0));
    assert_eq!(draft.lost[0].part.noun(), "enum");
    let alone = "syntax = \"proto3\";\nenum Colour { GREY = 0; }\n";
    assert_eq!(drafted(Input::Text(Format::Proto, alone)).codes, 1);
}
