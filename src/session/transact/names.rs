//! What the session's annotator is called: whoever gives her another name, here or elsewhere, she stays who she is.

use crate::model::{Annotator, TransactionId};
use crate::session::config::Config;
use crate::session::refusal::Refusal;
use crate::store::Reader;

use super::Session;

impl Session {
    /// Takes up the name that the session's annotator was given elsewhere, and says what she is called now.
    ///
    /// # Errors
    /// Whatever the disk reports.
    pub fn follow_name(&mut self) -> Result<Annotator, Refusal> {
        follow(&self.store, &mut self.config, &mut self.names_as_of)?;
        Ok(self.config.annotator.clone())
    }
}

/// The same, up to what a reader sees.
pub(super) fn follow(reader: &Reader, config: &mut Config, as_of: &mut TransactionId) -> Result<(), Refusal> {
    let newest = TransactionId::new(reader.revision()?);
    if newest != *as_of {
        config.annotator = reader.name_since(&config.annotator, *as_of)?;
        *as_of = newest;
    }
    Ok(())
}
