//! When preferences are written: where they differ from what is on disk, and not in every frame where that fails.

use std::io;
use std::path::PathBuf;

use super::prefs::Preferences;

/// Seconds until preferences that could not be written are tried again.
const TRY_AGAIN: f64 = 5.0;

/// The file of the preferences, and what is in it.
pub(super) struct PreferencesFile {
    file: PathBuf,
    saved: Preferences,
    /// When they could not be written last.
    failed: Option<f64>,
    /// Whether it was said that they cannot be written.
    is_told: bool,
}

impl PreferencesFile {
    /// The file, and what was read from it.
    pub(super) fn new(file: PathBuf, saved: Preferences) -> Self {
        Self {
            file,
            saved,
            failed: None,
            is_told: false,
        }
    }

    /// Writes preferences where they are others than before. The size of the window alone is written when it closes: it
    /// is resized in hundreds of steps. Answers why they could not be written, where that is news.
    pub(super) fn keep(&mut self, prefs: &Preferences, now: f64) -> Option<io::Error> {
        let is_same = |other: &Preferences| {
            let of_that_size = Preferences {
                window: other.window,
                ..prefs.clone()
            };
            of_that_size == *other
        };
        let waits = |failed: f64| (0.0..TRY_AGAIN).contains(&(now - failed));
        if is_same(&self.saved) || self.failed.is_some_and(waits) {
            return None;
        }
        let cause = self.write(prefs).err()?;
        self.failed = Some(now);
        (!std::mem::replace(&mut self.is_told, true)).then_some(cause)
    }

    /// Writes them for the last time. What fails now is lost; the work is not affected, so nobody is stopped.
    pub(super) fn close(&mut self, prefs: &Preferences) {
        if *prefs != self.saved {
            self.write(prefs).unwrap_or_default();
        }
    }

    fn write(&mut self, prefs: &Preferences) -> io::Result<()> {
        prefs.save(&self.file)?;
        self.saved = prefs.clone();
        (self.failed, self.is_told) = (None, false);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_written_is_told_once_and_tried_again_after_a_while() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("config");
        std::fs::write(&folder, "no folder").unwrap();
        let mut prefs = Preferences::default();
        let mut kept = PreferencesFile::new(Preferences::file(&folder), prefs.clone());
        prefs.text_zoom = 1.5;
        assert!(kept.keep(&prefs, 1.0).is_some());
        prefs.text_zoom = 1.6;
        assert!(kept.keep(&prefs, 7.0).is_none(), "it is no news");
        std::fs::remove_file(&folder).unwrap();
        for now in [7.1, 11.9] {
            prefs.text_zoom += 0.1;
            assert!(kept.keep(&prefs, now).is_none());
            assert!(!folder.exists(), "not in the next frame, whatever changes");
        }
        assert!(kept.keep(&prefs, 12.5).is_none());
        assert_eq!(Preferences::load(&Preferences::file(&folder)), prefs);
        std::fs::remove_dir_all(&folder).unwrap();
        std::fs::write(&folder, "no folder").unwrap();
        prefs.text_zoom = 1.2;
        assert!(kept.keep(&prefs, 13.0).is_some(), "it could be written meanwhile");
    }
}
