//! Which article was open last in each project, so that it is opened there again. May be forgotten.

use std::path::{Path, PathBuf};

use crate::model::ArticleId;

use super::atomic;
use super::config::Folders;

/// Projects of which it is remembered.
const PROJECTS: usize = 50;

impl Folders {
    /// The article that was open last in a project.
    pub(super) fn last_article(&self, project: &Path) -> Option<ArticleId> {
        let project = project.to_str()?;
        let places = self.places();
        let (_, article) = places.iter().find(|(other, _)| other == project)?;
        ArticleId::new(article.as_str()).ok()
    }

    /// Remembers the article that is open in a project. A path that cannot stand in a line is not remembered.
    ///
    /// # Errors
    /// What the file system says.
    pub(super) fn remember_article(&self, project: &Path, article: &ArticleId) -> std::io::Result<()> {
        let is_line = |text: &&str| !text.contains(['\n', '\r', '\t']);
        let Some(project) = project.to_str().filter(is_line) else {
            return Ok(());
        };
        let mut places = self.places();
        places.retain(|(other, _)| other != project);
        places.insert(0, (project.to_owned(), article.to_string()));
        places.truncate(PROJECTS);
        let lines = places.iter().fold(String::new(), |lines, (project, article)| {
            lines + project + "\t" + article + "\n"
        });
        std::fs::create_dir_all(&self.state)?;
        atomic::write(&self.places_file(), lines.as_bytes())
    }

    /// Projects with the article that was open last, the last one first.
    fn places(&self) -> Vec<(String, String)> {
        let list = std::fs::read_to_string(self.places_file()).unwrap_or_default();
        let places = list.lines().filter_map(|line| line.split_once('\t'));
        places
            .map(|(project, article)| (project.to_owned(), article.to_owned()))
            .collect()
    }

    fn places_file(&self) -> PathBuf {
        self.state.join("places")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_article_of_so_many_projects_is_found_again() {
        let home = tempfile::tempdir().unwrap();
        let folders = Folders::at(home.path());
        let id = |id: &str| ArticleId::new(id).unwrap();
        let project = |at: usize| PathBuf::from(format!("/a folder/{at}.hashiya"));
        for at in 0..=PROJECTS {
            folders.remember_article(&project(at), &id("first")).unwrap();
        }
        folders.remember_article(&project(7), &id("مقال 7")).unwrap();
        folders
            .remember_article(Path::new("/two\nlines"), &id("first"))
            .unwrap();
        let of = |at| folders.last_article(&project(at));
        assert_eq!(
            (of(0), of(1), of(7)),
            (None, Some(id("first")), Some(id("مقال 7")))
        );
        std::fs::write(folders.places_file(), [0xff, 0x09, 0x0a]).unwrap();
        assert_eq!(folders.last_article(&project(7)), None);
    }
}
