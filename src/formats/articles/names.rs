//! The words in the names that a site gives its elements: class and id, however they are written (`ad-slot`, `adSlot`,
//! `block__ad`). Knows not what the words mean.

use dom_query::NodeRef;

use super::dom::attribute;

/// The words of an element's class and id.
pub(super) struct Names(String);

impl Names {
    /// What the system of a site names after the subject of an article is no word on the element.
    pub fn of(node: &NodeRef<'_>) -> Self {
        const SUBJECTS: &[&str] = &["tag-", "category-", "topic-", "post_tag-"];
        let names = ["class", "id"].map(|name| attribute(node, name).unwrap_or_default());
        let names = names.iter().flat_map(|names| names.split_ascii_whitespace());
        let mut words = String::from(" ");
        for name in names.filter(|name| !SUBJECTS.iter().any(|start| name.starts_with(start))) {
            let mut was_lower = false;
            for c in name.chars() {
                if !c.is_alphanumeric() || (was_lower && c.is_uppercase()) {
                    words.push(' ');
                }
                if c.is_alphanumeric() {
                    words.extend(c.to_lowercase());
                }
                was_lower = c.is_lowercase();
            }
            words.push_str(" | ");
        }
        Self(words)
    }

    /// Whether one of them has one of these words in it, or several that follow each other, one space apart.
    pub fn have(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.0.contains(&format!(" {word} ")))
    }
}

#[cfg(test)]
mod tests {
    use dom_query::Document;

    use super::*;

    #[test]
    fn names_are_cut_into_words_however_they_are_written() {
        for (name, has) in [
            ("ad-slot", true),
            ("block__ad", true),
            ("adSlot", true),
            ("x AD", true),
            ("a_read-more ad", true),
            ("add", false),
            ("read", false),
            ("tag-ad", false),
            ("a d", false),
        ] {
            let page = Document::from(format!("<p class='{name}'>x</p>"));
            let node = page.select_single("p").nodes()[0];
            assert_eq!(Names::of(&node).have(&["ad"]), has, "{name}");
        }
        let page = Document::from("<p class='post-read-more' id=readAlso>x</p>");
        let node = page.select_single("p").nodes()[0];
        assert!(Names::of(&node).have(&["read more"]) && Names::of(&node).have(&["read also"]));
        assert!(!Names::of(&node).have(&["more read"]));
    }
}
