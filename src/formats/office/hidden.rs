//! Text that a document hides from its reader: which styles hide, and how much was left out. Knows no format.

use std::collections::BTreeMap;

use super::super::Diagnostic;

/// The styles of a document, by family and name.
#[derive(Debug, Default)]
pub(super) struct Styles {
    known: BTreeMap<(String, String), Style>,
}

/// What a style says of hiding.
#[derive(Debug, Default)]
pub(super) struct Style {
    /// The style of the same family that it is based on.
    pub parent: Option<String>,
    /// What it says itself; `None` where its parent decides.
    pub is_hidden: Option<bool>,
}

impl Styles {
    pub fn add(&mut self, family: &str, name: &str, style: Style) {
        self.known.insert((family.to_owned(), name.to_owned()), style);
    }

    /// Whether what has that style is hidden; `None` where the style leaves it to what is around.
    pub fn hides(&self, family: &str, name: &str) -> Option<bool> {
        /// Styles based on one another; damaged ones may go round in a circle.
        const MOST_DEEP: usize = 50;
        let mut key = (family.to_owned(), name.to_owned());
        for _ in 0..MOST_DEEP {
            let style = self.known.get(&key)?;
            if style.is_hidden.is_some() {
                return style.is_hidden;
            }
            key.1.clone_from(style.parent.as_ref()?);
        }
        None
    }
}

/// How much hidden text was left out.
#[derive(Debug, Default)]
pub(super) struct Hidden {
    characters: usize,
}

impl Hidden {
    /// Counts what is left out.
    pub fn leave_out(&mut self, text: &str) {
        self.characters += text.chars().filter(|c| !c.is_whitespace()).count();
    }

    pub fn add(&mut self, other: &Self) {
        self.characters += other.characters;
    }

    pub fn told(&self) -> Option<Diagnostic> {
        let message = match self.characters {
            0 => return None,
            1 => "one character of hidden text was left out".to_owned(),
            count => format!("{count} characters of hidden text were left out"),
        };
        let hint =
            "where they belong to the article, show them in the document's own program, and save it anew";
        Some(Diagnostic::info("hidden_text", message).with_hint(hint))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_hides_as_the_one_that_it_is_based_on() {
        let mut styles = Styles::default();
        let mut add = |name: &str, parent: &str, is_hidden| {
            let parent = (!parent.is_empty()).then(|| parent.to_owned());
            styles.add("text", name, Style { parent, is_hidden });
        };
        add("secret", "", Some(true));
        add("child", "secret", None);
        add("shown", "child", Some(false));
        add("round", "circle", None);
        add("circle", "round", None);
        add("orphan", "nowhere", None);
        for (name, hides) in [
            ("secret", Some(true)),
            ("child", Some(true)),
            ("shown", Some(false)),
            ("round", None),
            ("orphan", None),
            ("unknown", None),
        ] {
            assert_eq!(styles.hides("text", name), hides, "{name}");
        }
        assert_eq!(styles.hides("paragraph", "secret"), None);
    }

    #[test]
    fn what_is_left_out_is_counted_without_white_space() {
        let mut hidden = Hidden::default();
        hidden.leave_out(" \n");
        assert_eq!(hidden.told(), None);
        hidden.leave_out("سر ");
        hidden.leave_out("x");
        assert!(hidden.told().unwrap().message.starts_with("3 characters"));
    }
}
