//! The parts that could not run, with the reasons. The others run.

use anyhow::bail;

use crate::cli::Part;
use crate::terminal;

/// The parts that could not run, and why.
#[derive(Debug, Default)]
pub(crate) struct Stopped(Vec<(Part, String)>);

impl Stopped {
    /// Remembers why parts could not run, and shows it.
    pub(crate) fn add(&mut self, parts: impl IntoIterator<Item = Part>, why: &anyhow::Error) {
        let why = format!("{why:#}");
        for part in parts {
            terminal::error(format_args!("{} does not run: {why}", part.name()));
            self.0.push((part, why.clone()));
        }
    }

    /// The parts that miss nothing.
    pub(crate) fn without(
        &mut self,
        mut parts: Vec<Part>,
        missing: impl Fn(Part) -> Vec<anyhow::Error>,
    ) -> Vec<Part> {
        parts.retain(|part| {
            let missing = missing(*part);
            for why in &missing {
                self.add([*part], why);
            }
            missing.is_empty()
        });
        parts
    }

    /// What a part found, or nothing if it could not run to its end.
    pub(crate) fn keep<T: Default>(&mut self, part: Part, result: anyhow::Result<T>) -> T {
        self.keep_of(&[part], result)
    }

    /// The same of several parts that one thing needs.
    pub(crate) fn keep_of<T: Default>(&mut self, parts: &[Part], result: anyhow::Result<T>) -> T {
        result.unwrap_or_else(|why| {
            self.add(parts.iter().copied(), &why);
            T::default()
        })
    }

    /// Remembers what could not run elsewhere, and was shown there.
    pub(crate) fn append(&mut self, mut other: Self) {
        self.0.append(&mut other.0);
    }

    /// Fails if a part could not run. Each reason is named once.
    pub(crate) fn end(self) -> anyhow::Result<()> {
        let mut reasons: Vec<(Vec<String>, String)> = Vec::new();
        for (part, why) in self.0 {
            match reasons.iter_mut().find(|(_, known)| *known == why) {
                Some((parts, _)) if parts.contains(&part.name()) => {}
                Some((parts, _)) => parts.push(part.name()),
                None => reasons.push((vec![part.name()], why)),
            }
        }
        if reasons.is_empty() {
            return Ok(());
        }
        let lines = reasons.into_iter();
        let lines = lines.map(|(parts, why)| format!("\n  {}: {why}", parts.join(", ")));
        bail!("these parts did not run:{}", lines.collect::<String>())
    }
}

#[cfg(test)]
mod tests {
    use anyhow::anyhow;

    use super::*;

    #[test]
    fn parts_without_their_tools_are_named_and_the_others_run() {
        let mut stopped = Stopped::default();
        let missing = |part| match part {
            Part::Yaml => vec![anyhow!("java is not installed")],
            Part::Generators => vec![
                anyhow!("node is not installed"),
                anyhow!("java is not installed"),
            ],
            Part::Growth => vec![anyhow!("valgrind is not installed")],
            _ => Vec::new(),
        };
        let wanted = vec![Part::Curl, Part::Generators, Part::Growth, Part::Yaml];
        let mut parts = stopped.without(wanted, missing);
        assert_eq!(parts, [Part::Curl]);
        parts.push(Part::Load);

        let mut ran = Vec::new();
        for part in parts {
            let result = match part {
                Part::Load => Err(anyhow!("a client hangs").context("testing the server failed")),
                _ => Ok(vec![part]),
            };
            ran.extend(stopped.keep(part, result));
        }
        assert_eq!(ran, [Part::Curl]);
        assert_eq!(
            stopped.end().unwrap_err().to_string(),
            "these parts did not run:\n  generators: node is not installed\n  \
             generators, yaml: java is not installed\n  growth: valgrind is not installed\n  load: testing the server failed: a client hangs"
        );
    }

    #[test]
    fn if_all_parts_run_nothing_fails() {
        let mut stopped = Stopped::default();
        let parts = stopped.without(vec![Part::Curl], |_| Vec::new());
        assert_eq!(stopped.keep(parts[0], Ok(7)), 7);
        stopped.end().unwrap();
    }
}
