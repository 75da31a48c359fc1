//! Where a writer puts its bytes: a stream, a file with its companions, or a folder. Who makes them is the caller's to
//! decide; a writer only asks for them by name.

use std::io::{self, Write};

use super::Diagnostic;

/// The list of an exported folder's files, in it; hidden, so that readers pass it over. A line for each: its SHA-256 in
/// hexadecimal digits, two spaces, its name, as `sha256sum --check` takes them.
pub const EXPORT_LIST: &str = ".hashiya-export";

/// Whether a name is one of those that systems do not show; an import leaves such files and folders out.
pub fn is_hidden(name: &str) -> bool {
    name.starts_with('.')
}

/// What is said of a hidden file or folder that is left out; nothing of a list that an export put
/// there itself, in a folder or beside the parts of a split, nor of what the program is writing there just now.
pub fn hidden_file(name: &str) -> Option<Diagnostic> {
    let is_draft = name.starts_with(".hashiya-") && name.strip_suffix(".tmp").is_some();
    (!name.ends_with(EXPORT_LIST) && !is_draft)
        .then(|| Diagnostic::info("hidden_file", "hidden files and folders are left out"))
}

/// One file of a dataset while it is written. Dropping it closes it; what it could not write is told by `flush`.
pub type Out<'a> = Box<dyn Write + Send + 'a>;

/// The files of a dataset, made as a writer asks for them.
pub trait Files<'a> {
    /// The dataset's own file. Asked for once, by formats whose dataset is one file.
    ///
    /// # Errors
    /// What the file system says.
    fn main(&mut self) -> io::Result<Out<'a>>;

    /// A further file. In a folder it has that name, in which `/` leads into a folder; beside a file it is a
    /// companion named after it: `relations.csv` beside `spans.csv` becomes `spans.relations.csv`. `None` where there
    /// is only a stream: the writer then says what was left out.
    ///
    /// # Errors
    /// What the file system says, and `InvalidInput` where the name would leave the folder.
    fn further(&mut self, name: &str) -> io::Result<Option<Out<'a>>>;

    /// Gives a file of a folder, which was asked for and is closed again, another name: for names that say how many
    /// files there are.
    ///
    /// # Errors
    /// What the file system says, and `Unsupported` where there is no folder.
    fn rename(&mut self, _from: &str, _to: &str) -> io::Result<()> {
        Err(io::Error::new(
            io::ErrorKind::Unsupported,
            "only files of a folder have further names",
        ))
    }
}

/// A stream as the only file.
pub struct Stream<'a>(Option<Out<'a>>);

impl<'a> Stream<'a> {
    /// Everything goes there.
    pub fn new(out: impl Write + Send + 'a) -> Self {
        Self(Some(Box::new(out)))
    }
}

impl<'a> Files<'a> for Stream<'a> {
    fn main(&mut self) -> io::Result<Out<'a>> {
        self.0
            .take()
            .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "a stream is one file"))
    }

    fn further(&mut self, _name: &str) -> io::Result<Option<Out<'a>>> {
        Ok(None)
    }
}

/// Files that lead nowhere, for what is written only to see what comes of it.
#[derive(Clone, Copy, Debug)]
pub struct Nowhere;

impl<'a> Files<'a> for Nowhere {
    fn main(&mut self) -> io::Result<Out<'a>> {
        Ok(Box::new(io::sink()))
    }

    fn further(&mut self, _name: &str) -> io::Result<Option<Out<'a>>> {
        Ok(Some(Box::new(io::sink())))
    }

    fn rename(&mut self, _from: &str, _to: &str) -> io::Result<()> {
        Ok(())
    }
}

/// Writes a whole further file; nothing where there is only a stream.
///
/// # Errors
/// What the file system says.
pub(super) fn put_file<'a>(files: &mut (dyn Files<'a> + 'a), name: &str, content: &str) -> io::Result<()> {
    if let Some(mut out) = files.further(name)? {
        out.write_all(content.as_bytes())?;
        out.flush()?;
    }
    Ok(())
}

/// A file name from an id, for formats with a file for each article: letters, digits, `-`, `_`, and `.` stay, anything
/// else becomes `_`; where that changed the id, or it is long, 8 hex digits of its digest tell it from others.
pub(super) fn file_name(id: &str) -> String {
    const LONGEST: usize = 80;
    let is_kept = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let safe: String = id
        .chars()
        .map(|c| if is_kept(c) { c } else { '_' })
        .take(LONGEST)
        .collect();
    let safe = if safe.starts_with('.') {
        format!("_{safe}")
    } else {
        safe
    };
    if safe == id {
        return safe;
    }
    let digest = crate::model::Sha256::of(id).hex();
    format!("{safe}-{}", digest.get(..8).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_become_names_that_no_file_system_refuses_and_that_do_not_meet() {
        assert_eq!(file_name("a-12_b.3"), "a-12_b.3");
        let names: Vec<String> = [
            "../x",
            ".._x",
            "a/b",
            "a_b",
            "حلب",
            "يمن",
            ".hidden",
            &"x".repeat(300),
        ]
        .iter()
        .map(|id| file_name(id))
        .collect();
        for (at, name) in names.iter().enumerate() {
            assert!(
                !name.starts_with('.') && !name.contains('/') && name.len() < 100,
                "{name}"
            );
            assert!(!names[..at].contains(name), "{name}");
        }
    }
}
