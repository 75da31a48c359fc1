//! Opening the window, and saying in words why it cannot be opened.
//!
//! The libraries below the window end the process by a panic where a system library is missing; here that becomes a
//! message that names it, and the way to the same end on the command line.

use std::panic::AssertUnwindSafe;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::app::{App, Start};
use super::dialogs::file::FileDialogs;
use super::paint::SystemFonts;
use super::prefs::Preferences;
use super::{icons, theme, words};
use crate::session::Config;

/// Why there is no window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: String,
}

impl Failure {
    fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            hint: hint.into(),
        }
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}\n{}", self.message, self.hint)
    }
}

impl std::error::Error for Failure {}

/// The way to the same end without a window.
const WITHOUT_WINDOW: &str = "Without a window: `hashiya new PROJECT`, `hashiya import PROJECT PATH…`, `hashiya apply \
                              PROJECT` and `hashiya export PROJECT --format jsonl --output FILE` do the same work.";

/// Opens the window on a project or on articles, and comes back when it is closed.
///
/// # Errors
/// [`Failure`] where there is no display, a system library is missing, or the window broke down; work that was
/// acknowledged is on disk in every case.
pub fn run(paths: Vec<PathBuf>, config: Config) -> Result<(), Failure> {
    find_display(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))?;
    let opened = Arc::new(AtomicBool::new(false));
    let said = Arc::new(Mutex::new(String::new()));
    let hook = std::panic::take_hook();
    std::panic::set_hook(quiet_hook(Arc::clone(&said)));
    let flag = Arc::clone(&opened);
    let result = std::panic::catch_unwind(AssertUnwindSafe(|| open(paths, config, &flag)));
    std::panic::set_hook(hook);
    let reason = match result {
        Ok(Ok(())) => return Ok(()),
        Ok(Err(error)) => error.to_string(),
        Err(_) => said.lock().unwrap_or_else(PoisonError::into_inner).clone(),
    };
    Err(if opened.load(Ordering::SeqCst) {
        Failure::new(
            format!("The window failed: {reason}"),
            "Everything that was shown as saved is on disk. Start Hashiya again to go on.",
        )
    } else {
        cannot_open(&reason, &missing_libraries(is_library_there))
    })
}

fn open(paths: Vec<PathBuf>, config: Config, opened: &Arc<AtomicBool>) -> eframe::Result {
    let prefs = Preferences::load(&Preferences::file(&config.folders.config));
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default()
            .with_title(words::APP)
            .with_app_id("hashiya")
            .with_inner_size(prefs.window)
            .with_min_inner_size(theme::WINDOW_MIN)
            .with_drag_and_drop(true)
            .with_icon(icons::window_icon()),
        renderer: eframe::Renderer::Glow,
        ..Default::default()
    };
    let start = Start {
        paths,
        fonts: SystemFonts::Search,
        file_dialogs: FileDialogs::System,
    };
    let flag = Arc::clone(opened);
    let create: eframe::AppCreator<'_> = Box::new(move |context| {
        flag.store(true, Ordering::SeqCst);
        Ok(Box::new(App::new(&context.egui_ctx, config, start)))
    });
    eframe::run_native(words::APP, options, create)
}

/// Keeps the words of a panic instead of printing them: they become part of the message.
fn quiet_hook(said: Arc<Mutex<String>>) -> Box<dyn Fn(&std::panic::PanicHookInfo<'_>) + Send + Sync> {
    Box::new(move |info| {
        let payload = info.payload();
        let text = payload
            .downcast_ref::<&str>()
            .map(|text| (*text).to_owned())
            .or_else(|| payload.downcast_ref::<String>().cloned())
            .unwrap_or_default();
        let place = info
            .location()
            .map(|place| format!(" ({place})"))
            .unwrap_or_default();
        *said.lock().unwrap_or_else(PoisonError::into_inner) = format!("{text}{place}");
    })
}

/// Whether there is a display, by the variables that say so.
fn find_display(is_set: impl Fn(&str) -> bool) -> Result<(), Failure> {
    let named = ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"];
    if cfg!(not(target_os = "linux")) || named.into_iter().any(is_set) {
        return Ok(());
    }
    Err(Failure::new(
        "No display was found: neither DISPLAY nor WAYLAND_DISPLAY is set.",
        WITHOUT_WINDOW,
    ))
}

fn cannot_open(reason: &str, missing: &[(&str, &str)]) -> Failure {
    let reason = reason.lines().next().unwrap_or_default();
    if missing.is_empty() {
        return Failure::new(format!("The window cannot be opened: {reason}"), WITHOUT_WINDOW);
    }
    let libraries: Vec<&str> = missing.iter().map(|(library, _)| *library).collect();
    let packages: Vec<&str> = missing.iter().map(|(_, package)| *package).collect();
    Failure::new(
        format!(
            "The window cannot be opened: {reason}\nThese libraries were not found: {}.",
            libraries.join(", ")
        ),
        format!(
            "On Debian and Ubuntu: apt install {}\n{WITHOUT_WINDOW}",
            packages.join(" ")
        ),
    )
}

/// What a window needs at run time, with the Debian package that holds it.
const LIBRARIES: &[(&str, &str)] = &[
    ("libX11.so.6", "libx11-6"),
    ("libX11-xcb.so.1", "libx11-xcb1"),
    ("libXcursor.so.1", "libxcursor1"),
    ("libXi.so.6", "libxi6"),
    ("libxkbcommon.so.0", "libxkbcommon0"),
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
    ("libGL.so.1", "libgl1"),
];

fn missing_libraries(is_there: impl Fn(&str) -> bool) -> Vec<(&'static str, &'static str)> {
    let missing = LIBRARIES.iter().filter(|(library, _)| !is_there(library));
    missing.copied().collect()
}

/// Whether the loader would find a library: in its cache, or in one of the usual folders.
fn is_library_there(library: &str) -> bool {
    let in_cache = std::fs::read("/etc/ld.so.cache").is_ok_and(|cache| {
        cache
            .windows(library.len())
            .any(|bytes| bytes == library.as_bytes())
    });
    let usual = ["/lib", "/usr/lib", "/lib64", "/usr/lib64", "/usr/local/lib"].map(PathBuf::from);
    let named = std::env::var_os("LD_LIBRARY_PATH").unwrap_or_default();
    in_cache
        || usual
            .into_iter()
            .chain(std::env::split_paths(&named))
            .any(|folder| folder.join(library).exists())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_display_the_message_says_what_is_missing_and_how_to_go_on() {
        let failure = find_display(|_| false).unwrap_err();
        assert!(failure.message.contains("DISPLAY"));
        assert!(failure.hint.contains("hashiya import"));
        assert_eq!(find_display(|name| name == "WAYLAND_DISPLAY"), Ok(()));
    }

    #[test]
    fn a_missing_library_is_named_with_its_package() {
        let missing = missing_libraries(|library| library != "libxkbcommon-x11.so.0");
        let failure = cannot_open("Library libxkbcommon-x11.so could not be loaded.\nmore", &missing);
        assert!(failure.message.contains("libxkbcommon-x11.so.0"), "{failure}");
        assert!(failure.hint.contains("libxkbcommon-x11-0"), "{failure}");
        assert!(
            !failure.message.contains("more"),
            "one line of the cause is enough"
        );
        assert!(failure.to_string().contains("hashiya export"));
    }

    #[test]
    fn another_cause_is_told_as_it_is() {
        let failure = cannot_open("could not create a GL context", &[]);
        assert!(failure.message.ends_with("could not create a GL context"));
    }
}
