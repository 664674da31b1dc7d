//! Lint rules for valid catalogs.
//!
//! Each file below has the rules of one theme. The policy applies the levels and allowances of the catalog.

mod allow;
mod fix;
mod house;
mod leak;
mod levels;
mod links;
mod message;
mod policy;
mod required_texts;
mod retry;
mod sensitive;
mod style;
mod text;
mod todo;
mod verbs;

use jiff::civil::Date;

use crate::ast::{CatalogAst, LintAst};
use crate::diagnostic::Diagnostic;
use crate::resolve::{Effective, Facts, Resolution, optional};
use crate::rule::Rule;
use crate::source::Source;
use house::HouseRules;
use policy::Policy;
use text::{Places, Text};

/// The rules that need to know what every code came to.
const BY_FACTS: [Rule; 4] = [
    Rule::RetryClientError,
    Rule::SeeBroken,
    Rule::TooManyWithoutRetry,
    Rule::UnpromisedRetryAfter,
];

/// Runs the lint rules, weighs their findings by the `lint` section, and checks that section. After
/// the `until` of an allowance it no longer counts; without a `day` all of them do.
pub(crate) fn lint(
    ast: &CatalogAst,
    resolution: &Resolution<'_>,
    sources: &[Source],
    day: Option<Date>,
) -> Vec<Diagnostic> {
    let settings = optional(ast.lint.as_ref());
    let codes = &resolution.codes[..];
    // What is still to be written is judged when it is.
    let (unwritten, texts) = text::collect(ast, codes)
        .into_iter()
        .partition(|text| todo::is_left(text.words));
    let subject = Subject {
        ast,
        settings,
        codes,
        facts: &resolution.facts,
        docs_url: resolution.docs_url.as_ref(),
        texts,
        unwritten,
        places: Places(sources),
    };
    let mut diagnostics = Vec::new();
    let house = HouseRules::new(settings, &mut diagnostics);
    let mut policy = Policy::new(settings, &house, codes, day, &mut diagnostics);
    let mut findings = Vec::new();
    required_texts::check(&subject, &mut findings);
    todo::check(&subject, &mut findings);
    fix::check(&subject, &mut findings);
    message::check(&subject, &mut findings);
    sensitive::check(&subject, &mut findings);
    style::check(&subject, &mut findings);
    retry::check(&subject, &mut findings);
    links::check(&subject, &mut findings);
    house.check(&subject, &mut findings);
    for finding in findings {
        policy.report(finding, &mut diagnostics);
    }
    let is_known = subject.docs_url.is_some() && subject.facts.iter().all(Option::is_some);
    let unjudged = if is_known { &[][..] } else { &BY_FACTS };
    policy.report_stale(unjudged, &mut diagnostics);
    diagnostics
}

/// What the rules look at.
struct Subject<'a> {
    ast: &'a CatalogAst,
    settings: Option<&'a LintAst>,
    /// All codes with the fields they take over.
    codes: &'a [Effective<'a>],
    /// What is known of each code; missing where one was reported.
    facts: &'a [Option<Facts>],
    /// The address of a code's page, as the text before and after its slug.
    docs_url: Option<&'a (String, String)>,
    texts: Vec<Text<'a>>,
    /// Texts that say that they are still to be written.
    unwritten: Vec<Text<'a>>,
    places: Places<'a>,
}

/// What a rule found, before the catalog's levels and allowances.
struct Finding {
    /// The position of the code that it is about, if it is about one.
    code: Option<usize>,
    /// The position of the house rule that was broken, where the rule is `house-rule`.
    house: Option<usize>,
    diagnostic: Diagnostic,
}

impl Finding {
    fn about(code: Option<usize>, diagnostic: Diagnostic) -> Self {
        Self {
            code,
            house: None,
            diagnostic,
        }
    }
}
