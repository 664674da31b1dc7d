//! Statements that nest without brackets, for which the parser of the engine has no limit.

use minijinja::machinery::{Span, Token, tokenize};
use minijinja::syntax::SyntaxConfig;

use super::{Refused, range};
use crate::limits::{TEMPLATE_BRANCHES, TEMPLATE_OPERATORS};

/// Refuses statements that nest too deep.
pub(super) fn check(name: &str, text: &str, syntax: &SyntaxConfig) -> Result<(), Refused> {
    let refused = |span: Span, message, help| Refused {
        template: name.to_owned(),
        range: range(span),
        message,
        help,
    };
    let mut operators = 0;
    // The branches of each condition that is open.
    let mut branches: Vec<usize> = Vec::new();
    let mut starts = false;
    for token in tokenize(text, false, syntax.clone()) {
        // The parser reports the same error.
        let Ok((token, span)) = token else {
            return Ok(());
        };
        match &token {
            Token::VariableStart | Token::BlockStart => operators = 0,
            Token::Ident("if") if starts => branches.push(0),
            Token::Ident("elif") if starts => {
                if let Some(last) = branches.last_mut() {
                    *last += 1;
                }
                if branches.iter().sum::<usize>() > TEMPLATE_BRANCHES {
                    let help = "look the value up in a mapping instead";
                    return Err(refused(span, "a condition has too many branches", help));
                }
            }
            Token::Ident("endif") if starts => {
                branches.pop();
            }
            token if is_operator(token) => operators += 1,
            _ => {}
        }
        if operators > TEMPLATE_OPERATORS {
            let help = "put its parts into variables, with `{% set name = … %}`";
            return Err(refused(span, "a statement has too many operators", help));
        }
        starts = matches!(token, Token::BlockStart);
    }
    Ok(())
}

/// Whether an expression can grow by a token without brackets around it.
fn is_operator(token: &Token<'_>) -> bool {
    !matches!(
        token,
        Token::TemplateData(_)
            | Token::VariableEnd
            | Token::BlockEnd
            | Token::Str(_)
            | Token::String(_)
            | Token::Int(_)
            | Token::Int128(_)
            | Token::Float(_)
            | Token::Comma
            | Token::Colon
            | Token::Assign
            | Token::BracketClose
            | Token::ParenClose
            | Token::BraceOpen
            | Token::BraceClose
    ) && !matches!(token, Token::Ident(word)
        if !["and", "or", "not", "is", "if", "else", "in"].contains(word))
}
