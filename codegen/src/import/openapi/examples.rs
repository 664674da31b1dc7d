//! Examples of bodies: the errors that they show.

use serde_json::Value;

use super::super::model::{Braces, Place};
use super::super::text::text;
use super::Facts;
use super::document::{Example, Response};
use super::rows::{admit, code_of, keep_type, name_in};
use super::styles::Styles;
use super::values::{self, Values};
use crate::catalog::{self, Status};

impl Facts<'_> {
    /// Takes the errors of an example, and returns their codes.
    pub(super) fn bodies(
        &mut self,
        response: &Response<'_>,
        example: &Example<'_>,
        found: &[usize],
        styles: &Styles<'_>,
    ) -> Vec<String> {
        let bodies = values::bodies(example.body, self.is_own);
        let alone = Example {
            // The summary of several errors is that of none of them.
            summary: example.summary.filter(|_| bodies.len() == 1),
            path: example.path.clone(),
            ..*example
        };
        let mut wires = Vec::new();
        for body in &bodies {
            let style = styles.of_example(found, body);
            let mut values = match style {
                Some(style) => self.values_in(style, styles.shape(style), body),
                None => Values::guess(body),
            };
            if values.code.is_none() && !self.is_own {
                values.code = values::address(body).cloned();
            }
            let style = style.filter(|style| styles.is_built_in(*style));
            self.extracted.api.null_param |=
                style.is_some_and(|style| values::has_null_param(&styles.shape(style).body, body));
            wires.extend(self.example(response.status, &alone, &values));
        }
        wires
    }

    /// Takes the facts of an example about its code, and returns the code.
    fn example(
        &mut self,
        status: Option<Status>,
        example: &Example<'_>,
        values: &Values<'_>,
    ) -> Option<String> {
        let place = || Place::Path(example.path.clone());
        let code = code_of(values.code.as_ref()?);
        let number = code.as_u64().and_then(Status::new);
        if !self.is_own && number.is_some() && number == status {
            self.repeats_status = true;
            return None;
        }
        let row = self.row(&code, place)?;
        admit(row, status.or(values.status));
        if let (true, Some(address)) = (code.is_string(), &values.code)
            && code != *address
        {
            keep_type(row, address);
        }
        if row.error_type.is_none() {
            let name = values.error_type.and_then(Value::as_str);
            row.error_type = name.filter(|name| !name.contains("//")).map(str::to_owned);
        }
        if row.message.is_none() {
            row.message = values
                .message
                .and_then(|value| text(value, "message", &mut row.undecided));
            row.braces = Braces::Text;
        }
        let param = values.param.and_then(Value::as_str);
        if let (false, Some(param)) = (row.stated.contains_key("param"), param) {
            row.stated.insert("param".to_owned(), param.into());
        }
        if row.meaning.is_none() {
            let summary = example
                .summary
                .filter(|summary| *summary != row.code.wire());
            row.meaning =
                summary.and_then(|summary| text(&summary.into(), "summary", &mut row.undecided));
        }
        Some(row.code.wire())
    }

    /// The values in a body of a style. A code is the one with this name in the style, if there is one.
    fn values_in<'a>(
        &mut self,
        style: usize,
        shape: &catalog::Shape,
        body: &'a Value,
    ) -> Values<'a> {
        let rows = &self.extracted.rows;
        if self.of_styles.get(&style).is_none() {
            let codes = rows
                .iter()
                .map(|row| (name_in(row, shape), row.code.value()));
            self.of_styles.insert(style, codes.collect());
        }
        let mut values = Values::of_slots(shape, body);
        if let (Some(code), Some(codes)) = (&mut values.code, self.of_styles.get(&style)) {
            let name = code
                .as_str()
                .map_or_else(|| code.to_string(), str::to_owned);
            if let Some(known) = codes.get(&name) {
                code.clone_from(known);
            }
        }
        values
    }
}
