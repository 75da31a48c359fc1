//! The manual: its pages as they lie in `assets/help`, in the order in which they are read.
//!
//! A page is Markdown. A command stands in it by its name in bold, with its key in code right behind: what shows a page
//! may put the analyst's own key there. How a page is shown is not known here.

/// A page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// Its name on the command line.
    pub id: &'static str,
    /// Its file in `assets/help`.
    pub file: &'static str,
    /// Its text.
    pub text: &'static str,
}

macro_rules! pages {
    ($($id:literal: $file:literal),* $(,)?) => {
        &[$(Page {
            id: $id,
            file: $file,
            text: include_str!(concat!("../../assets/help/", $file)),
        }),*]
    };
}

static PAGES: &[Page] = pages! {
    "first-ten-minutes": "01-first-ten-minutes.md",
    "article": "02-article.md",
    "values-and-events": "03-values-and-events.md",
    "keyboard": "04-keyboard.md",
    "codebook": "05-codebook.md",
    "review": "06-review.md",
    "formats": "07-formats.md",
    "command-line": "08-command-line.md",
    "your-data": "09-your-data.md",
};

/// All pages, in order.
pub fn pages() -> &'static [Page] {
    PAGES
}

/// The page of that name.
pub fn page(id: &str) -> Option<&'static Page> {
    PAGES.iter().find(|page| page.id == id)
}

impl Page {
    /// What it is called: its first line, which is its heading.
    pub fn title(&self) -> &'static str {
        title(self.text)
    }
}

/// The heading with which a page in Markdown begins.
pub fn title(text: &'static str) -> &'static str {
    let first = text.lines().next().unwrap_or_default();
    first.trim_start_matches('#').trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_folder_is_a_page_in_the_order_of_their_names() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/help");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .filter_map(|entry| entry.unwrap().file_name().into_string().ok())
            .filter(|name| {
                std::path::Path::new(name)
                    .extension()
                    .is_some_and(|ending| ending == "md")
            })
            .collect();
        files.sort();
        let pages: Vec<&str> = pages().iter().map(|page| page.file).collect();
        assert_eq!(pages, files);
        for page in PAGES {
            assert!(page.file.ends_with(&format!("-{}.md", page.id)), "{}", page.file);
            assert!(
                page.text.starts_with("# ") && !page.title().is_empty(),
                "{}",
                page.file
            );
        }
    }
}
