//! `like`: each code with its inherited fields.

use std::rc::Rc;

use super::suffix::{self, Base, Extended};
use super::{Findings, Reported, optional};
use crate::ast::{
    ArgumentAst, AudienceAst, CodeAst, CodeName, EXTENSIONS, Entries, Keyed, Mapping, RowAst,
    Spanned, StatusAst,
};
use crate::catalog::Audience;
use crate::diagnostic::{Diagnostic, quoted};
use crate::limits::MAX_TAKEN_OVER_BYTES;
use crate::rule::Rule;
use crate::span::Span;
use crate::suggest::closest;
use crate::unord_map::UnordMap;

/// The keys of a code that are not inherited.
const NOT_TAKEN_OVER: [&str; 12] = [
    "message_suffix",
    "names",
    "internal",
    "like",
    "row",
    "type_row",
    "since",
    "deprecated",
    "rust",
    "rust_aliases",
    "slug",
    "aliases",
];

/// Whether a code inherits a key from the code that it is like.
pub(crate) fn is_taken_over(key: &str) -> bool {
    !NOT_TAKEN_OVER.contains(&key)
}

/// A code after `like`: each field comes from the nearest code of the chain that states it.
#[derive(Clone)]
pub(crate) struct Effective<'a> {
    pub(crate) wire: &'a str,
    pub(crate) key: Span,
    /// The fields the code states itself; missing if its value is not a mapping.
    pub(crate) own: Option<&'a Keyed<CodeAst>>,
    /// The position of the code it is like.
    pub(crate) base: Option<usize>,
    /// Whether all fields are known: false if the code or one it is like was reported.
    pub(crate) complete: bool,
    /// The codes of the chain that give the code a field, the nearest first: at most as many as a code has keys.
    givers: Vec<&'a Keyed<CodeAst>>,
    /// Its message and arguments, if the nearest code that states some has a suffix.
    pub(crate) extended: Option<Rc<Extended>>,
}

impl<'a> Effective<'a> {
    /// A field that is inherited on its own.
    pub(crate) fn field<T>(
        &self,
        field: impl Fn(&CodeAst) -> &Option<Spanned<T>>,
    ) -> Option<&'a Spanned<T>> {
        self.givers.iter().find_map(|code| field(code).as_ref())
    }

    /// The message. A code that states the message or its arguments inherits neither, unless it has a suffix.
    pub(crate) fn message(&self) -> Option<&Spanned<String>> {
        match &self.extended {
            Some(extended) => Some(&extended.message),
            None => self.giver_of_message()?.message.as_ref(),
        }
    }

    /// The arguments of the message.
    pub(crate) fn args(&self) -> Option<&Spanned<Entries<ArgumentAst>>> {
        match &self.extended {
            Some(extended) => extended.args.as_ref(),
            None => self.giver_of_message()?.args.as_ref(),
        }
    }

    /// The message and the arguments by a suffix, its own or one of the code that it is like.
    fn extended(
        &self,
        base: &Self,
        findings: &mut Findings<'_>,
    ) -> Result<Option<Rc<Extended>>, Reported> {
        let Some(own) = self.own else {
            return Ok(None);
        };
        let base = Base {
            is_complete: base.complete,
            message: base.message(),
            meaning: base.field(|own| &own.meaning),
            args: base.args(),
            extended: base.extended.as_ref(),
        };
        suffix::of(own, &base, findings)
    }

    /// The position of the code whose message its own extends.
    pub(crate) fn parent(&self) -> Option<usize> {
        self.base.filter(|_| self.states("message_suffix"))
    }

    /// Whether the code itself states a key.
    pub(crate) fn states(&self, key: &str) -> bool {
        self.own.is_some_and(|own| own.states(key))
    }

    fn giver_of_message(&self) -> Option<&'a Keyed<CodeAst>> {
        let mut givers = self.givers.iter().copied();
        givers.find(|code| code.message.is_some() || code.args.is_some())
    }

    /// The status. A code that states a type does not inherit the status.
    pub(crate) fn status(&self) -> Option<&'a Spanned<StatusAst>> {
        let mut givers = self.givers.iter();
        let nearest = givers.find(|code| code.status.is_some() || code.error_type.is_some());
        nearest?.status.as_ref()
    }

    /// The audience: public by default.
    pub(crate) fn audience(&self) -> Audience {
        audience_of(self.field(|code| &code.audience))
    }

    /// Whether the code has a key, its own or inherited.
    pub(crate) fn has(&self, key: &str) -> bool {
        match key {
            "message" => self.message().is_some(),
            "args" => self.args().is_some(),
            "status" => self.status().is_some(),
            _ if key.starts_with("x-") => {
                let custom = optional(self.field(|code| &code.extensions));
                custom.is_some_and(|keys| keys.0.iter().any(|(name, _)| name == key))
            }
            _ if is_taken_over(key) => self.givers.iter().any(|code| code.states(key)),
            _ => self.states(key),
        }
    }

    /// Whether the documentation shows the code in the row of the one it is like.
    pub(crate) fn shares_row(&self) -> bool {
        let row = self.own.and_then(|code| code.row.as_ref());
        row.and_then(|row| row.value) == Some(RowAst::Shared)
    }
}

/// An audience as a catalog states it.
pub(crate) fn audience_of(field: Option<&Spanned<AudienceAst>>) -> Audience {
    match optional(field) {
        Some(AudienceAst::Internal) => Audience::Internal,
        Some(AudienceAst::Public) | None => Audience::Public,
    }
}

/// The codes of a chain that state a key that no nearer code states, and the size of these values in bytes.
fn givers<'a>(chain: impl Iterator<Item = &'a Keyed<CodeAst>>) -> (Vec<&'a Keyed<CodeAst>>, usize) {
    let mut givers = Vec::new();
    let mut bytes = 0;
    let mut stated: Vec<&str> = Vec::new();
    for code in chain {
        let nearer = stated.len();
        for (key, value) in code.keys.stated() {
            // Custom keys are inherited together.
            let is_custom = key.starts_with("x-");
            let key = if is_custom { EXTENSIONS } else { key };
            if !is_taken_over(key) || stated[..nearer].contains(&key) {
                continue;
            }
            bytes += value.span.range().len();
            if !stated[nearer..].contains(&key) {
                stated.push(key);
            }
        }
        if stated.len() > nearer {
            givers.push(code);
        }
    }
    (givers, bytes)
}

/// Resolves every chain of `like`. The result has the codes in the order of the file.
pub(crate) fn resolve<'a>(
    asts: &'a [(String, Mapping<CodeAst>)],
    findings: &mut Findings<'_>,
) -> Vec<Effective<'a>> {
    let positions: UnordMap<&str, usize> = asts
        .iter()
        .enumerate()
        .map(|(position, (wire, _))| (wire.as_str(), position))
        .collect();
    let mut codes = Vec::with_capacity(asts.len());
    let mut bytes = Vec::with_capacity(asts.len());
    for (wire, ast) in asts {
        let own = ast.value.as_ref();
        let like = own.and_then(|own| own.like.as_ref());
        let name = optional(like).map(|CodeName(name)| name.as_str());
        let base = name.and_then(|name| positions.get(&name).copied());
        if let (Some(like), Some(name), None) = (like, name, base) {
            let known = asts.iter().map(|(wire, _)| wire.as_str());
            findings.push(unknown_code(like.span, name, known));
        }
        let (givers, own_bytes) = givers(own.into_iter());
        bytes.push(own_bytes);
        codes.push(Effective {
            wire,
            key: ast.key,
            own,
            base,
            complete: own.is_some() && (like.is_none() || base.is_some()),
            givers,
            extended: None,
        });
    }

    let mut done = vec![false; codes.len()];
    let mut taken_over = 0;
    for start in 0..codes.len() {
        let mut chain = Vec::new();
        let mut on_chain = UnordMap::default();
        let mut next = Some(start);
        while let Some(position) = next.filter(|position| !done[*position]) {
            if let Some(first) = on_chain.insert(position, chain.len()) {
                report_cycle(&chain[first..], &codes, findings);
                for member in &chain[first..] {
                    codes[*member].complete = false;
                    codes[*member].base = None;
                    done[*member] = true;
                }
                chain.truncate(first);
                break;
            }
            chain.push(position);
            next = codes[position].base;
        }
        for position in chain.into_iter().rev() {
            done[position] = true;
            let Some(base) = codes[position].base else {
                continue;
            };
            let before = taken_over;
            taken_over += bytes[base];
            if taken_over > MAX_TAKEN_OVER_BYTES {
                codes[position].complete = false;
                if before <= MAX_TAKEN_OVER_BYTES {
                    findings.push(too_much(like_of(&codes[position])));
                }
                continue;
            }
            let chain = codes[position].own.into_iter();
            let chain = chain.chain(codes[base].givers.iter().copied());
            let (givers, taken) = givers(chain);
            let extended = codes[position].extended(&codes[base], findings);
            let is_complete = codes[base].complete && extended.is_ok();
            let code = &mut codes[position];
            (code.givers, bytes[position]) = (givers, taken);
            code.extended = extended.unwrap_or_default();
            bytes[position] += code.extended.as_ref().map_or(0, |extended| extended.bytes);
            code.complete &= is_complete;
        }
    }
    codes
}

/// The diagnostic for an unknown code.
pub(crate) fn unknown_code<'a>(
    span: Span,
    name: &str,
    known: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let message = format!("unknown code {}", quoted(name));
    Diagnostic::new(Rule::UnknownCode, span, message).did_you_mean(
        span,
        closest(name, known),
        "declare it under `codes`, or name a declared code",
    )
}

/// The span of the `like` of a code.
fn like_of(code: &Effective<'_>) -> Span {
    let like = code.own.and_then(|own| own.like.as_ref());
    like.map_or(code.key, |like| like.span)
}

fn too_much(like: Span) -> Diagnostic {
    Diagnostic::new(
        Rule::TooLarge,
        like,
        format!("the codes inherit more than {MAX_TAKEN_OVER_BYTES} bytes from each other"),
    )
    .help("shorten the strings of the codes that many others inherit from")
}

fn report_cycle(members: &[usize], codes: &[Effective<'_>], findings: &mut Findings<'_>) {
    let Some((first, rest)) = members.split_first() else {
        return;
    };
    let (way, help) = if rest.is_empty() {
        ("", "name another code, or state the fields here")
    } else {
        let help = "let one of them state its fields itself";
        (", through other codes", help)
    };
    let first = &codes[*first];
    let message = format!("{} is like itself{way}", quoted(first.wire));
    let mut diagnostic = Diagnostic::new(Rule::CyclicLike, like_of(first), message);
    // The first steps are enough to explain a long cycle.
    for position in rest.iter().take(4) {
        diagnostic = diagnostic.related(like_of(&codes[*position]), "which is like this one");
    }
    findings.push(diagnostic.help(help));
}
