//! What the editor of the codebook asks beside commands: counts, and codebooks from and to files.

use std::path::Path;
use std::sync::Arc;

use crate::formats::codebook_toml;
use crate::session::atomic;
use crate::session::command::ImportCodebook;
use crate::session::refusal::Refusal;
use crate::session::snapshot::CodebookUses;
use crate::session::view;

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

    /// Takes over a codebook; what it lacks stays.
    pub(super) fn import_codebook(&mut self, path: &Path) -> Result<(), Refusal> {
        let toml = std::fs::read_to_string(path)
            .map_err(|cause| Refusal::new("not_read", format!("{}: {cause}", path.display())))?;
        let command = ImportCodebook { toml, replace: false };
        self.run_or_wait(command.into(), None)?;
        if let Some(done) = self.snapshot.last_done.clone() {
            let text = format!("{}. “Undo in project” takes it back.", done.summary);
            self.notice(view::info("codebook_imported", &text));
        }
        Ok(())
    }

    /// Writes the codebook as a person would.
    pub(super) fn export_codebook(&mut self, path: &Path) -> Result<(), Refusal> {
        let codebook = self.session()?.codebook()?;
        atomic::write(path, codebook_toml::write(&codebook).as_bytes())
            .map_err(|cause| Refusal::new("io", format!("{}: {cause}", path.display())))?;
        let text = format!("The codebook was written to {}.", path.display());
        self.notice(view::info("codebook_exported", &text));
        Ok(())
    }
}
