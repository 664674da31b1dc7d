//! `like`: each code with the fields it takes over.

use super::Findings;
use crate::ast::{
    ArgumentAst, AudienceAst, CodeAst, CodeName, Entries, ExtensionValue, GroupPath, IdText,
    LinkAst, RetryRuleAst, RowAst, Spanned, StatusAst, TypeName,
};
use crate::diagnostic::{Diagnostic, quoted};
use crate::limits::MAX_TAKEN_OVER_BYTES;
use crate::rule::Rule;
use crate::span::Span;
use crate::suggest::closest;
use crate::unord_map::UnordMap;

/// A code as it is after `like`: every field from the nearest code of the chain that states it.
#[derive(Clone, Copy)]
pub(crate) struct Effective<'a> {
    pub(crate) wire: &'a str,
    pub(crate) key: Span,
    /// The fields the code states itself; missing if its value is no mapping.
    pub(crate) own: Option<&'a CodeAst>,
    /// The position of the code it is like.
    pub(crate) base: Option<usize>,
    /// Whether all fields are known: false if the code or one it is like was reported.
    pub(crate) complete: bool,
    pub(crate) error_type: Option<&'a Spanned<TypeName>>,
    pub(crate) status: Option<&'a Spanned<StatusAst>>,
    pub(crate) message: Option<&'a Spanned<String>>,
    pub(crate) args: Option<&'a Spanned<Entries<ArgumentAst>>>,
    pub(crate) param: Option<&'a Spanned<String>>,
    pub(crate) meaning: Option<&'a Spanned<String>>,
    pub(crate) fix: Option<&'a Spanned<String>>,
    pub(crate) retry: Option<&'a Spanned<RetryRuleAst>>,
    pub(crate) description: Option<&'a Spanned<String>>,
    pub(crate) causes: Option<&'a Spanned<Vec<Spanned<String>>>>,
    pub(crate) fixes: Option<&'a Spanned<Vec<Spanned<String>>>>,
    pub(crate) audience: Option<&'a Spanned<AudienceAst>>,
    pub(crate) headers: Option<&'a Spanned<Entries<String>>>,
    pub(crate) ids: Option<&'a Spanned<Entries<IdText>>>,
    pub(crate) group: Option<&'a Spanned<GroupPath>>,
    pub(crate) see: Option<&'a Spanned<Vec<Spanned<LinkAst>>>>,
    pub(crate) extensions: Option<&'a Spanned<Entries<ExtensionValue>>>,
}

impl<'a> Effective<'a> {
    fn own(wire: &'a str, ast: &'a Spanned<CodeAst>) -> Self {
        let own = ast.value.as_ref();
        Self {
            wire,
            key: ast.key,
            own,
            base: None,
            complete: own.is_some(),
            error_type: own.and_then(|code| code.error_type.as_ref()),
            status: own.and_then(|code| code.status.as_ref()),
            message: own.and_then(|code| code.message.as_ref()),
            args: own.and_then(|code| code.args.as_ref()),
            param: own.and_then(|code| code.param.as_ref()),
            meaning: own.and_then(|code| code.meaning.as_ref()),
            fix: own.and_then(|code| code.fix.as_ref()),
            retry: own.and_then(|code| code.retry.as_ref()),
            description: own.and_then(|code| code.description.as_ref()),
            causes: own.and_then(|code| code.causes.as_ref()),
            fixes: own.and_then(|code| code.fixes.as_ref()),
            audience: own.and_then(|code| code.audience.as_ref()),
            headers: own.and_then(|code| code.headers.as_ref()),
            ids: own.and_then(|code| code.ids.as_ref()),
            group: own.and_then(|code| code.group.as_ref()),
            see: own.and_then(|code| code.see.as_ref()),
            extensions: own.and_then(|code| code.extensions.as_ref()),
        }
    }

    /// Takes over what this code does not state. A message and its arguments belong together, and
    /// so do a type and its status: who states the first does not get the second from elsewhere.
    fn inherit(&mut self, base: &Self) {
        self.complete &= base.complete;
        if self.message.is_none() && self.args.is_none() {
            self.message = base.message;
        }
        if self.message.map(|m| m.span) == base.message.map(|m| m.span) {
            self.args = self.args.or(base.args);
        }
        if self.error_type.is_none() {
            self.error_type = base.error_type;
            self.status = self.status.or(base.status);
        }
        self.param = self.param.or(base.param);
        self.meaning = self.meaning.or(base.meaning);
        self.fix = self.fix.or(base.fix);
        self.retry = self.retry.or(base.retry);
        self.description = self.description.or(base.description);
        self.causes = self.causes.or(base.causes);
        self.fixes = self.fixes.or(base.fixes);
        self.audience = self.audience.or(base.audience);
        self.headers = self.headers.or(base.headers);
        self.ids = self.ids.or(base.ids);
        self.group = self.group.or(base.group);
        self.see = self.see.or(base.see);
        self.extensions = self.extensions.or(base.extensions);
    }

    /// How many bytes of the file a code that is like this one takes over, at most.
    fn weight(&self) -> usize {
        let spans = [
            self.message.map(|field| field.span),
            self.args.map(|field| field.span),
            self.param.map(|field| field.span),
            self.meaning.map(|field| field.span),
            self.fix.map(|field| field.span),
            self.description.map(|field| field.span),
            self.causes.map(|field| field.span),
            self.fixes.map(|field| field.span),
            self.headers.map(|field| field.span),
            self.ids.map(|field| field.span),
            self.group.map(|field| field.span),
            self.see.map(|field| field.span),
            self.extensions.map(|field| field.span),
        ];
        spans.iter().flatten().map(|span| span.range().len()).sum()
    }

    /// Whether the documentation shows the code in the row of the one it is like.
    pub(crate) fn shares_row(&self) -> bool {
        let row = self.own.and_then(|code| code.row.as_ref());
        row.and_then(|row| row.value) == Some(RowAst::Shared)
    }
}

/// Resolves every chain of `like`. The result has the codes in the order of the file.
pub(crate) fn resolve<'a>(
    asts: &'a [(String, Spanned<CodeAst>)],
    findings: &mut Findings<'_>,
) -> Vec<Effective<'a>> {
    let mut codes: Vec<Effective<'a>> = asts
        .iter()
        .map(|(wire, ast)| Effective::own(wire, ast))
        .collect();
    let positions: UnordMap<&str, usize> = asts
        .iter()
        .enumerate()
        .map(|(position, (wire, _))| (wire.as_str(), position))
        .collect();
    for code in &mut codes {
        if let Some(like) = code.own.and_then(|own| own.like.as_ref()) {
            code.base = find(like, &positions, asts, findings);
            code.complete &= code.base.is_some();
        }
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
            if let Some(base) = codes[position].base {
                let base = codes[base];
                let before = taken_over;
                taken_over += base.weight();
                if taken_over <= MAX_TAKEN_OVER_BYTES {
                    codes[position].inherit(&base);
                } else {
                    codes[position].complete = false;
                    if before <= MAX_TAKEN_OVER_BYTES {
                        findings.push(too_much(like_of(&codes[position])));
                    }
                }
            }
            done[position] = true;
        }
    }
    codes
}

fn find(
    like: &Spanned<CodeName>,
    positions: &UnordMap<&str, usize>,
    asts: &[(String, Spanned<CodeAst>)],
    findings: &mut Findings<'_>,
) -> Option<usize> {
    let CodeName(name) = like.value.as_ref()?;
    let found = positions.get(name.as_str()).copied();
    if found.is_none() {
        let known = asts.iter().map(|(wire, _)| wire.as_str());
        findings.push(unknown_code(like.span, name, known));
    }
    found
}

/// The diagnostic for a name that is no code.
pub(crate) fn unknown_code<'a>(
    span: Span,
    name: &str,
    known: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        Rule::UnknownCode,
        span,
        format!("{} is no code of this catalog", quoted(name)),
    );
    diagnostic.did_you_mean(
        span,
        closest(name, known),
        "declare it under `codes`, or name one that is",
    )
}

/// The place where a code says which one it is like.
fn like_of(code: &Effective<'_>) -> Span {
    let like = code.own.and_then(|own| own.like.as_ref());
    like.map_or(code.key, |like| like.span)
}

fn too_much(like: Span) -> Diagnostic {
    Diagnostic::new(
        Rule::TooLarge,
        like,
        format!("the codes take over more than {MAX_TAKEN_OVER_BYTES} bytes from each other"),
    )
    .help("shorten the texts of the codes that many others are like")
}

fn report_cycle(members: &[usize], codes: &[Effective<'_>], findings: &mut Findings<'_>) {
    let like_of = |position: usize| like_of(&codes[position]);
    let Some((first, rest)) = members.split_first() else {
        return;
    };
    let message = if rest.is_empty() {
        format!("{} is like itself", quoted(codes[*first].wire))
    } else {
        format!(
            "{} is like itself, through other codes",
            quoted(codes[*first].wire)
        )
    };
    let mut diagnostic = Diagnostic::new(Rule::CyclicLike, like_of(*first), message);
    // A cycle of thousands is explained by its first steps.
    for position in rest.iter().take(4) {
        diagnostic = diagnostic.related(like_of(*position), "which is like this one");
    }
    findings.push(diagnostic.help(if rest.is_empty() {
        "name another code, or state the fields here"
    } else {
        "let one of them state its fields itself"
    }));
}
