//! The words of a PDF document, read by the program `pdftotext` where it is installed. It knows the order of columns and
//! puts Arabic and Hebrew into the order in which they are read.

use std::ffi::OsString;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

use super::super::super::{MOST_BYTES, Sink};
use super::boxes;
use super::lines::{Gap, Line, Lines};

/// How often a cancel is looked for, and how often at most, which makes ten minutes.
const BEAT: Duration = Duration::from_millis(200);
const MOST_BEATS: u32 = 3000;

/// What the program gave.
#[derive(Debug)]
pub(super) enum Answer {
    /// The lines of each page.
    Pages(Vec<Lines>),
    /// It could not read the document, or did not answer in words; the library may still be able to.
    Nothing,
    Canceled,
}

/// Where the program is, if it is on the path of programs.
pub(super) fn find() -> Option<PathBuf> {
    let name: OsString = format!("pdftotext{}", std::env::consts::EXE_SUFFIX).into();
    std::env::split_paths(&std::env::var_os("PATH")?)
        // A relative one depends on the folder that happens to be the current one.
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(&name))
        .find(|program| program.is_file())
}

/// What a run of the program gave.
type Said = ControlFlow<(), Option<String>>;

/// Reads a document with the program: the words in the order in which they are read, and then, if it can tell them, the
/// places of the lines.
pub(super) fn read(program: &Path, document: &Path, sink: &mut dyn Sink) -> Answer {
    let mut pages = match run(program, document, &[], sink) {
        ControlFlow::Continue(Some(text)) => pages(&text),
        ControlFlow::Continue(None) => return Answer::Nothing,
        ControlFlow::Break(()) => return Answer::Canceled,
    };
    match run(program, document, &["-bbox-layout"], sink) {
        ControlFlow::Continue(answer) => {
            let boxed = answer.map(|answer| boxes::pages(&answer)).unwrap_or_default();
            for (lines, boxes) in pages.iter_mut().zip(&boxed) {
                boxes::place(lines, boxes);
            }
            Answer::Pages(pages)
        }
        ControlFlow::Break(()) => Answer::Canceled,
    }
}

fn run(program: &Path, document: &Path, options: &[&str], sink: &mut dyn Sink) -> Said {
    // An absolute path never begins as an option does.
    let Ok(document) = std::path::absolute(document) else {
        return ControlFlow::Continue(None);
    };
    let mut command = Command::new(program);
    command
        .args(options)
        .args(["-enc", "UTF-8", "-eol", "unix"])
        .arg(document)
        .arg("-")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    hide_console(&mut command);
    let Ok(mut child) = command.spawn() else {
        return ControlFlow::Continue(None);
    };
    let output = wait(&mut child, sink);
    if !matches!(output, ControlFlow::Continue(Some(_))) {
        // It may have ended by itself meanwhile, which is as good.
        drop(child.kill());
    }
    let ended = child.wait();
    let text = output?;
    ControlFlow::Continue(text.filter(|_| ended.is_ok_and(|status| status.success())))
}

/// All that the program says; nothing where it says too much, takes too long, or does not speak UTF-8.
fn wait(child: &mut Child, sink: &mut dyn Sink) -> Said {
    let Some(stdout) = child.stdout.take() else {
        return ControlFlow::Continue(None);
    };
    let (sender, output) = sync_channel(1);
    let started = thread::Builder::new()
        .name("pdftotext".to_owned())
        .spawn(move || {
            let mut bytes = Vec::new();
            let read: io::Result<usize> = stdout.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes);
            // Nobody listens any more where the reading was given up.
            drop(sender.send(read.map(|_| bytes)));
        });
    if started.is_err() {
        return ControlFlow::Continue(None);
    }
    for _ in 0..MOST_BEATS {
        match output.recv_timeout(BEAT) {
            Ok(Ok(bytes)) if bytes.len() <= MOST_BYTES => {
                return ControlFlow::Continue(String::from_utf8(bytes).ok());
            }
            Ok(_) | Err(RecvTimeoutError::Disconnected) => return ControlFlow::Continue(None),
            Err(RecvTimeoutError::Timeout) => sink.progress(0)?,
        }
    }
    ControlFlow::Continue(None)
}

/// Each page ends with a form feed; an empty line is a gap.
fn pages(text: &str) -> Vec<Lines> {
    let text = text.strip_suffix('\u{c}').unwrap_or(text);
    let page = |page: &str| {
        let mut lines = Lines::new();
        let mut gap = Gap::None;
        for line in page.lines() {
            let text = unmarked(line).trim_matches([' ', '\t']).to_owned();
            if text.is_empty() {
                gap = Gap::Wide;
                continue;
            }
            lines.push(Line {
                text,
                gap: std::mem::take(&mut gap),
                place: None,
            });
        }
        lines
    };
    text.split('\u{c}').map(page).collect()
}

/// A line without the marks of direction that the program puts around words, which no document has there. The space
/// beside such words stands on the wrong side of them, as it does in the drawing.
fn unmarked(line: &str) -> String {
    let mut open = vec![String::new()];
    for c in line.chars() {
        match c {
            '\u{202a}' | '\u{202b}' => open.push(String::new()),
            '\u{202c}' if open.len() > 1 => close(&mut open),
            '\u{202a}'..='\u{202e}' | '\u{feff}' => {}
            c => {
                if let Some(inner) = open.last_mut() {
                    inner.push(c);
                }
            }
        }
    }
    while open.len() > 1 {
        close(&mut open);
    }
    open.pop().unwrap_or_default()
}

fn close(open: &mut Vec<String>) {
    let inner = open.pop().unwrap_or_default();
    let (start, end) = (inner.trim_start_matches(' '), inner.trim_end_matches(' '));
    let (before, behind) = (inner.len() - start.len(), inner.len() - end.len());
    if let Some(outer) = open.last_mut() {
        outer.extend(std::iter::repeat_n(' ', behind));
        outer.push_str(inner.trim_matches(' '));
        if behind < inner.len() {
            outer.extend(std::iter::repeat_n(' ', before));
        }
    }
}

/// Without this, a black window would flash up.
#[cfg(windows)]
fn hide_console(command: &mut Command) {
    use std::os::windows::process::CommandExt;
    const CREATE_NO_WINDOW: u32 = 0x0800_0000;
    command.creation_flags(CREATE_NO_WINDOW);
}

#[cfg(not(windows))]
fn hide_console(_command: &mut Command) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_beside_words_of_the_other_direction_stand_where_they_are_read() {
        for (given, read) in [
            (
                "\u{202b}في \u{202a} 12\u{202c}آذار \u{202a} 2024\u{202c}أمام\u{202c}",
                "في 12 آذار 2024 أمام",
            ),
            ("to \u{202b}حلب \u{202c}by", "to  حلبby"),
            ("\u{202b}never closed \u{202a} 1", " never closed 1"),
            ("\u{202c}a\u{202a}  \u{202c}b", "a  b"),
        ] {
            assert_eq!(unmarked(given), read);
        }
    }
}
