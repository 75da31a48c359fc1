//! What the editor of the codebook asks beside commands: counts, and codebooks from and to files.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::formats::codebook_toml;
use crate::session::atomic;
use crate::session::command::ImportCodebook;
use crate::session::export::cannot_write;
use crate::session::project::refuse_project;
use crate::session::refusal::Refusal;
use crate::session::snapshot::CodebookUses;
use crate::session::transact::CodebookPreview;
use crate::session::view;
use crate::store::is_open;

use super::Worker;

impl Worker {
    /// Counts the uses of every part of the codebook.
    pub(super) fn count_uses(&mut self) -> Result<(), Refusal> {
        let reader = self.session()?.reader();
        let counted = CodebookUses {
            version: reader.codebook_version()?,
            uses: reader.all_uses()?,
        };
        self.snapshot.codebook_uses = Some(Arc::new(counted));
        Ok(())
    }

    /// Looks what a codebook file would change.
    pub(super) fn preview_codebook(&mut self, path: PathBuf, replace: bool) -> Result<(), Refusal> {
        // Closing it would let go of its locks.
        if is_open(&path) {
            let message = format!("{}: this is the project that is open", path.display());
            return Err(Refusal::new("not_read", message).hint("name a codebook file"));
        }
        let toml = std::fs::read_to_string(&path)
            .map_err(|cause| Refusal::new("not_read", format!("{}: {cause}", path.display())))?;
        let import = ImportCodebook { toml, replace };
        let number = self.snapshot.revision + 1;
        let preview = self.session()?.foresee_codebook(path, import)?;
        self.snapshot.codebook_preview = Some(Arc::new(CodebookPreview { number, ..preview }));
        Ok(())
    }

    /// Writes the codebook as a person would.
    pub(super) fn export_codebook(&mut self, path: &Path) -> Result<(), Refusal> {
        let codebook = self.session()?.codebook()?;
        refuse_project(path)?;
        atomic::write(path, codebook_toml::write(&codebook).as_bytes())
            .map_err(|cause| cannot_write(path, &cause))?;
        let text = format!("The codebook was written to {}.", path.display());
        self.notice(view::info("codebook_exported", text));
        Ok(())
    }
}
