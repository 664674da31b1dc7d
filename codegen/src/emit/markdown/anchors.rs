//! The anchors of headings.
//!
//! Every engine gives a heading an id. If all engines give it the id that links use, an explicit anchor would only repeat
//! that id on the page.

use std::collections::BTreeSet;

use crate::catalog::{Catalog, derive_slug};

/// An id on a page.
pub(super) struct Anchor {
    /// The id, which no other heading or anchor of the page has.
    pub(super) name: String,
    /// Whether the page states it, because engines give the heading another id.
    pub(super) is_explicit: bool,
}

/// The anchors of headings that are names in code spans, under a title.
pub(super) fn of_headings<'a>(
    title: &str,
    names: impl Iterator<Item = &'a str> + Clone,
) -> Vec<Anchor> {
    let ids: BTreeSet<String> = names.clone().map(heading_id).collect();
    let mut taken = BTreeSet::from([heading_id(title)]);
    let mut anchors = Vec::new();
    for name in names {
        let own = heading_id(name);
        let slug = derive_slug(name);
        let mut anchor = slug.clone();
        let mut times = 1;
        while taken.contains(&anchor) || (anchor != own && ids.contains(&anchor)) {
            times += 1;
            anchor = format!("{slug}--{times}");
        }
        anchors.push(Anchor {
            is_explicit: anchor != own || !is_universal(name),
            name: anchor.clone(),
        });
        taken.extend([own, anchor]);
    }
    anchors
}

/// The anchors of the operations, which the pages of codes link to.
pub(super) fn of_operations(catalog: &Catalog) -> Vec<Anchor> {
    let operations = catalog.operations.iter();
    of_headings(
        &operations_title(&catalog.api.title),
        operations.map(|operation| operation.id.as_str()),
    )
}

/// The title of the page of the operations.
pub(super) fn operations_title(api: &str) -> String {
    format!("{api} operations")
}

/// The id that GitHub gives to the first heading with this text; most engines do the same.
pub(super) fn heading_id(text: &str) -> String {
    let text = text.trim().to_lowercase();
    let kept = text.chars().filter_map(|c| match c {
        ' ' => Some('-'),
        '_' | '-' => Some(c),
        c => c.is_alphanumeric().then_some(c),
    });
    kept.collect()
}

/// Whether all engines make the same id of this text: some remove accents and leading digits, or join hyphens.
fn is_universal(text: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(is_plain)
        && !text.contains("--")
        && !text.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::{heading_id, of_headings};

    fn found(title: &str, names: &[&str]) -> Vec<(String, bool)> {
        let anchors = of_headings(title, names.iter().copied());
        let anchors = anchors.into_iter();
        anchors
            .map(|anchor| (anchor.name, anchor.is_explicit))
            .collect()
    }

    #[test]
    fn an_id_that_engines_give_alike_is_not_repeated() {
        let names = [
            "auth_error",
            "listPets",
            "a-b",
            "1st",
            "a--b",
            "Größe",
            "a.b",
        ];
        let explicit = [false, false, false, true, true, true, true];
        let anchors = found("Pet API errors by type", &names);
        assert_eq!(
            anchors.iter().map(|(_, is)| *is).collect::<Vec<_>>(),
            explicit
        );
        assert_eq!(anchors[1].0, "listpets");
        assert_eq!(anchors[6].0, "a-b--2");
    }

    #[test]
    fn anchors_are_unique_on_their_page() {
        for names in [
            &["auth", "Auth", "AUTH"][..],
            &["a.b", "a:b", "ab", "a-b"],
            &["by-type", "BY-TYPE"],
        ] {
            let mut ids: Vec<String> = vec![heading_id("by type")];
            for name in names {
                let id = heading_id(name);
                let numbered = (1..=names.len()).map(|times| format!("{id}-{times}"));
                let mut free = [id.clone()].into_iter().chain(numbered);
                ids.extend(free.find(|id| !ids.contains(id)));
            }
            let anchors = found("by type", names);
            ids.extend(
                anchors
                    .into_iter()
                    .filter(|(_, is)| *is)
                    .map(|(name, _)| name),
            );
            let count = ids.len();
            ids.sort();
            ids.dedup();
            assert_eq!(ids.len(), count, "{names:?}: {ids:?}");
        }
    }
}
