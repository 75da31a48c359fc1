//! What a codebook from a file would change, before anything is changed.
//!
//! The import itself is planned, and what it comes to is told part by part; nothing is written.

use std::path::PathBuf;
use std::sync::Arc;

use crate::model::{Codebook, CodebookItem, CodebookKey, CodebookPart};
use crate::session::command::ImportCodebook;
use crate::session::plan::{self, Work as _, parts_of};
use crate::session::refusal::Refusal;
use crate::store::{Reader, Uses};

use super::Session;
use super::present::Present;

/// What a codebook file would do.
#[derive(Clone, Debug)]
pub struct CodebookPreview {
    /// Goes up with each; the newest is the highest.
    pub number: u64,
    /// The file.
    pub path: PathBuf,
    /// The import as it was planned: the file's text, and whether what it lacks goes.
    pub import: ImportCodebook,
    /// The codebook that it was planned on.
    pub before: Arc<Codebook>,
    /// What it would do, or why it would be refused.
    pub outcome: Result<ForeseenCodebook, Refusal>,
}

/// What a codebook file would make of the codebook.
#[derive(Clone, Debug)]
pub struct ForeseenCodebook {
    /// The codebook as it would be.
    pub after: Arc<Codebook>,
    /// What becomes of each part that is different.
    pub steps: Vec<CodebookStep>,
}

/// What becomes of one part of the codebook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodebookStep {
    /// Which.
    pub part: CodebookPart,
    /// What becomes of it.
    pub fate: Fate,
    /// How much uses it.
    pub uses: Uses,
}

/// What becomes of a part of a codebook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// It comes in.
    Comes,
    /// It says something else.
    Changes,
    /// It stays for what was annotated and is no longer offered.
    Retires,
    /// It goes.
    Goes,
}

impl Session {
    /// Plans an import of a codebook and tells what it would do; changes nothing.
    ///
    /// # Errors
    /// Where the project cannot be read. Why the import would be refused is part of the answer.
    pub fn foresee_codebook(
        &mut self,
        path: PathBuf,
        import: ImportCodebook,
    ) -> Result<CodebookPreview, Refusal> {
        let Self { store, kept, .. } = self;
        let reader: &Reader = store;
        kept.refresh(reader)?;
        let before = kept.codebook(reader)?;
        let mut present = Present { reader, kept };
        let outcome = match plan::foreseen_codebook(&before, &mut present, &import) {
            Err(refusal) => Err(refusal),
            Ok(after) => Ok(ForeseenCodebook {
                steps: steps(&before, &after, &mut present)?,
                after: Arc::new(after),
            }),
        };
        Ok(CodebookPreview {
            number: 0,
            path,
            import,
            before,
            outcome,
        })
    }
}

/// Part by part what is different, each entry before its parts.
fn steps(
    before: &Codebook,
    after: &Codebook,
    present: &mut Present<'_>,
) -> Result<Vec<CodebookStep>, Refusal> {
    let mut fates = Vec::new();
    for entry in before.entries() {
        let key = entry.item.key();
        match after.entry(&key) {
            None => fates.push((CodebookPart::Entry(key), Fate::Goes)),
            Some(new) if new.item != entry.item => {
                fates.extend(of_entry(&key, &entry.item, &new.item));
            }
            Some(_) => {}
        }
    }
    let entries = after.entries();
    let keys = entries.map(|entry| entry.item.key());
    let new = keys.filter(|key| before.entry(key).is_none());
    fates.extend(new.map(|key| (CodebookPart::Entry(key), Fate::Comes)));
    let mut steps = Vec::new();
    for (part, fate) in fates {
        let uses = present.uses(&part)?;
        steps.push(CodebookStep { part, fate, uses });
    }
    Ok(steps)
}

fn of_entry(key: &CodebookKey, before: &CodebookItem, after: &CodebookItem) -> Vec<(CodebookPart, Fate)> {
    let (old, new) = (parts_of(before), parts_of(after));
    let retired = |parts: &[(CodebookPart, bool)], part: &CodebookPart| {
        parts
            .iter()
            .find(|(one, _)| one == part)
            .map(|(_, retired)| *retired)
    };
    let is_retired = after.is_retired() && !before.is_retired();
    let fate = if is_retired { Fate::Retires } else { Fate::Changes };
    let mut fates = vec![(CodebookPart::Entry(key.clone()), fate)];
    for (part, was_retired) in &old {
        match retired(&new, part) {
            None => fates.push((part.clone(), Fate::Goes)),
            Some(true) if !was_retired => fates.push((part.clone(), Fate::Retires)),
            Some(_) => {}
        }
    }
    let come = new.iter().filter(|(part, _)| retired(&old, part).is_none());
    fates.extend(come.map(|(part, _)| (part.clone(), Fate::Comes)));
    fates
}
