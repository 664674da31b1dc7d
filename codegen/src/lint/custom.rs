//! Custom rules (`lint: house:`), which a catalog defines. They are reported under one lint rule.

mod banned;
mod required;

use regex_lite::{Regex, RegexBuilder};

use super::levels::resolve_level;
use super::{Finding, Subject};
use crate::ast::{HouseAst, LintAst, Spanned};
use crate::diagnostic::{Diagnostic, quoted};
use crate::limits::{MAX_HOUSE_NAME_BYTES, MAX_HOUSE_RULES, MAX_PATTERN_BYTES, MAX_PATTERN_DEPTH};
use crate::resolve::optional;
use crate::rule::{Level, Rule};
use crate::span::Span;
use crate::suggest::closest;
use crate::unord_map::UnordMap;
use banned::Banned;
use required::Required;

/// The custom rules of a catalog.
pub(super) struct CustomRules<'a> {
    rules: Vec<CustomRule<'a>>,
    positions: UnordMap<&'a str, usize>,
    banned: Banned,
    /// Whether all were read without errors: otherwise allowances cannot be checked.
    pub(super) is_complete: bool,
}

struct CustomRule<'a> {
    name: &'a str,
    level: Option<Level>,
    reason: Option<&'a str>,
    instead: Option<&'a str>,
    check: Check<'a>,
}

/// The check of a custom rule.
enum Check<'a> {
    Codes(Regex, &'a str),
    Types(Regex, &'a str),
    /// The words of all rules are searched together.
    Banned,
    Required(Vec<Required<'a>>),
    /// The check is invalid and was reported.
    Unknown,
}

impl<'a> CustomRules<'a> {
    /// Reads the custom rules, and reports their errors.
    pub(super) fn new(ast: Option<&'a LintAst>, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut house = Self {
            rules: Vec::new(),
            positions: UnordMap::default(),
            banned: Banned::default(),
            is_complete: true,
        };
        let sound = diagnostics.len();
        let Some(field) = ast.and_then(|ast| ast.house.as_ref()) else {
            return house;
        };
        let entries = optional(Some(field)).map_or(&[][..], Vec::as_slice);
        if entries.len() > MAX_HOUSE_RULES {
            let message = format!(
                "there are {} custom rules, more than {MAX_HOUSE_RULES}",
                entries.len()
            );
            diagnostics.push(
                Diagnostic::new(Rule::TooLarge, field.key, message)
                    .help("merge those that check the same thing"),
            );
            house.is_complete = false;
            return house;
        }
        let mut places: UnordMap<&str, Span> = UnordMap::default();
        for entry in entries {
            if let Some(own) = entry.value.as_ref() {
                house.read(own, entry.key, &mut places, diagnostics);
            }
        }
        house.is_complete = diagnostics.len() == sound && entries.iter().all(is_read);
        house
    }

    fn read(
        &mut self,
        own: &'a HouseAst,
        entry: Span,
        places: &mut UnordMap<&'a str, Span>,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let name = claim_name(&own.name, entry, places, diagnostics);
        // The words of a rule without a name are checked, but not searched.
        let mut unnamed = Banned::default();
        let banned = match name {
            Some(_) => &mut self.banned,
            None => &mut unnamed,
        };
        let check = read_check(own, entry, banned, self.rules.len(), diagnostics);
        if let (Some(instead), None) = (own.instead.as_ref(), own.banned.as_ref()) {
            let message = "`instead` belongs to banned words";
            diagnostics.push(
                Diagnostic::new(Rule::WrongKind, instead.key, message)
                    .help("remove it, or write the words under `banned:`"),
            );
        }
        let Some(name) = name else {
            return;
        };
        self.positions.insert(name, self.rules.len());
        self.rules.push(CustomRule {
            name,
            level: optional(own.level.as_ref()).map(|level| resolve_level(*level)),
            reason: optional(own.reason.as_ref()).map(String::as_str),
            instead: optional(own.instead.as_ref()).map(String::as_str),
            check,
        });
    }

    /// The level that each rule states, by position.
    pub(super) fn levels(&self) -> Vec<Option<Level>> {
        self.rules.iter().map(|rule| rule.level).collect()
    }

    /// The position of the rule with this name.
    pub(super) fn position(&self, name: &str) -> Option<usize> {
        self.positions.get(name).copied()
    }

    /// The diagnostic for an unknown custom rule.
    pub(super) fn unknown(&self, name: &str, span: Span) -> Diagnostic {
        let message = format!("unknown custom rule {}", quoted(name));
        let meant = closest(name, self.rules.iter().map(|rule| rule.name));
        Diagnostic::new(Rule::UnknownRule, span, message).did_you_mean(
            span,
            meant,
            "declare it under `lint: house:`, or name a declared rule",
        )
    }

    /// Checks the catalog against the rules.
    pub(super) fn check(&self, subject: &Subject<'_>, findings: &mut Vec<Finding>) {
        for (position, rule) in self.rules.iter().enumerate() {
            let mut report = |code, diagnostic| {
                findings.push(Finding {
                    code,
                    house: Some(position),
                    diagnostic,
                });
            };
            match &rule.check {
                Check::Codes(regex, pattern) => {
                    for (position, code) in subject.codes.iter().enumerate() {
                        if !regex.is_match(code.wire) {
                            let found = rule.other_name(code.wire, pattern, code.key);
                            report(Some(position), found);
                        }
                    }
                }
                Check::Types(regex, pattern) => {
                    let types = optional(Some(&subject.ast.types));
                    for (name, entry) in types.map_or(&[][..], |types| &types.0) {
                        if !regex.is_match(name) {
                            report(None, rule.other_name(name, pattern, entry.key));
                        }
                    }
                }
                Check::Required(keys) => {
                    for key in keys {
                        for code in key.missing(subject.codes) {
                            let own = &subject.codes[code];
                            report(Some(code), rule.without(key.name, own.wire, own.key));
                        }
                    }
                }
                Check::Banned | Check::Unknown => {}
            }
        }
        for text in &subject.texts {
            for (position, part) in self.banned.find(text.words) {
                let rule = &self.rules[position];
                let word = &text.words[part.clone()];
                findings.push(Finding {
                    code: text.code,
                    house: Some(position),
                    diagnostic: rule.bans(word, subject.places.of(text, part)),
                });
            }
        }
    }
}

/// The name of a custom rule, which must be unique.
fn claim_name<'a>(
    field: &'a Spanned<String>,
    entry: Span,
    places: &mut UnordMap<&'a str, Span>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<&'a str> {
    let name = read_name(field, entry, diagnostics)?;
    if let Some(first) = places.get(name) {
        let message = format!("duplicate custom rule {}", quoted(name));
        diagnostics.push(
            Diagnostic::new(Rule::DuplicateKey, field.span, message)
                .related(*first, "first here")
                .help("give it another name"),
        );
        return None;
    }
    places.insert(name, field.span);
    Some(name)
}

/// The only check of the custom rule at a position.
fn read_check<'a>(
    own: &'a HouseAst,
    entry: Span,
    banned: &mut Banned,
    position: usize,
    diagnostics: &mut Vec<Diagnostic>,
) -> Check<'a> {
    let stated = [
        own.code_pattern.as_ref().map(|it| it.key),
        own.type_pattern.as_ref().map(|it| it.key),
        own.banned.as_ref().map(|it| it.key),
        own.required.as_ref().map(|it| it.key),
    ];
    let mut stated = stated.into_iter().flatten();
    match (stated.next(), stated.next()) {
        (None, _) => diagnostics.push(
            Diagnostic::new(Rule::MissingField, entry, "the custom rule has no check")
                .help("add `code_pattern:`, `type_pattern:`, `banned:` or `required:`"),
        ),
        (Some(first), Some(second)) => diagnostics.push(
            Diagnostic::new(Rule::WrongKind, second, "a custom rule has one check only")
                .related(first, "the first check")
                .help("write two custom rules, each with its own name"),
        ),
        (Some(_), None) => {
            if let Some(field) = own.code_pattern.as_ref() {
                let pattern = compile(field, diagnostics);
                return pattern.map_or(Check::Unknown, |(regex, text)| Check::Codes(regex, text));
            }
            if let Some(field) = own.type_pattern.as_ref() {
                let pattern = compile(field, diagnostics);
                return pattern.map_or(Check::Unknown, |(regex, text)| Check::Types(regex, text));
            }
            if let Some(field) = own.banned.as_ref() {
                banned.read(field, position, diagnostics);
                return Check::Banned;
            }
            if let Some(field) = own.required.as_ref() {
                return Check::Required(required::read(field, diagnostics));
            }
        }
    }
    Check::Unknown
}

impl CustomRule<'_> {
    fn finding(&self, span: Span, message: String, help: &str) -> Diagnostic {
        Diagnostic::new(Rule::HouseRule, span, message).help(match self.reason {
            Some(reason) => format!("{help}: {reason}"),
            None => help.to_owned(),
        })
    }

    fn other_name(&self, name: &str, pattern: &str, span: Span) -> Diagnostic {
        let message = format!(
            "{} does not match {}, as the custom rule {} requires",
            quoted(name),
            quoted(pattern),
            quoted(self.name)
        );
        self.finding(
            span,
            message,
            "give it another name, or allow this one under `lint: allow:`",
        )
    }

    fn without(&self, key: &str, name: &str, span: Span) -> Diagnostic {
        let message = format!(
            "{} has no `{key}`, which the custom rule {} requires",
            quoted(name),
            quoted(self.name)
        );
        self.finding(span, message, &format!("add `{key}:` here"))
    }

    fn bans(&self, word: &str, span: Span) -> Diagnostic {
        let message = format!(
            "the custom rule {} bans {}",
            quoted(self.name),
            quoted(word)
        );
        match self.instead {
            Some(instead) => self.finding(span, message, &format!("write {}", quoted(instead))),
            None => self.finding(span, message, "use other words"),
        }
    }
}

/// Whether an entry was read without an error.
fn is_read(entry: &Spanned<HouseAst>) -> bool {
    let Some(own) = entry.value.as_ref() else {
        return false;
    };
    let pattern = own.code_pattern.as_ref().or(own.type_pattern.as_ref());
    let list = own.banned.as_ref().or(own.required.as_ref());
    let words = list.map(|list| list.value.as_ref());
    pattern.is_none_or(|pattern| pattern.value.is_some())
        && words.is_none_or(|words| {
            words.is_some_and(|words| words.iter().all(|word| word.value.is_some()))
        })
}

/// The name of a custom rule, if it is valid.
fn read_name<'a>(
    field: &'a Spanned<String>,
    entry: Span,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<&'a str> {
    if !field.present {
        diagnostics.push(
            Diagnostic::new(Rule::MissingField, entry, "missing field `name`")
                .help("add `name:` here"),
        );
    }
    let name = field.value.as_deref()?;
    let is_word = |word: &str| {
        !word.is_empty()
            && word
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    };
    let is_name = name.len() <= MAX_HOUSE_NAME_BYTES && name.split('-').all(is_word);
    if !is_name {
        diagnostics.push(
            Diagnostic::new(
                Rule::ImpossibleName,
                field.span,
                format!("{} cannot be the name of a custom rule", quoted(name)),
            )
            .help("use at most 60 lower-case letters and digits, with single `-` between them"),
        );
    }
    is_name.then_some(name)
}

/// Compiles a pattern that matches a whole name.
fn compile<'a>(
    field: &'a Spanned<String>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(Regex, &'a str)> {
    let text = field.value.as_deref()?;
    let build = |pattern: &str| {
        RegexBuilder::new(pattern)
            .size_limit(MAX_PATTERN_BYTES)
            .nest_limit(MAX_PATTERN_DEPTH)
            .build()
    };
    // Parentheses could make an invalid pattern valid, so it is first compiled without them.
    match build(text).and_then(|_| build(&format!("^(?:{text})$"))) {
        Ok(regex) => Some((regex, text)),
        Err(error) => {
            let message = format!("invalid pattern {}: {error}", quoted(text));
            diagnostics.push(
                Diagnostic::new(Rule::WrongKind, field.span, message)
                    .help("write a regular expression for the whole name, such as `[a-z_]+`"),
            );
            None
        }
    }
}
