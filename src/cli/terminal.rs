//! Where a command writes: answers, messages, and how far long work is.
//!
//! The only place of the command line that touches standard output and standard error.

use std::borrow::Cow;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::{Map, Value as Json, json};

use crate::model::{Annotator, ArticleId, InvalidId};
use crate::session::{Cancel, Diagnostic, Refusal, Watch};
use crate::text::{Control, Deception, controls};

use super::hints::hint_of;

/// Time between two changes of the progress line.
const REDRAW: Duration = Duration::from_millis(100);
/// Findings that are written out for people; the others are counted.
const WRITTEN_OUT: usize = 50;

/// Why a command ended before its end.
#[derive(Debug)]
pub enum Stop {
    /// It was refused or failed.
    Refusal(Refusal),
    /// It was called wrongly.
    Usage(Refusal),
    /// The output could not be written.
    Output(io::Error),
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refusal(refusal)
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl From<crate::session::StoreError> for Stop {
    fn from(error: crate::session::StoreError) -> Self {
        Self::Refusal(error.into())
    }
}

/// What a command has come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done = 0,
    /// Failed, or found unsound.
    Failed = 1,
    /// Called wrongly.
    Usage = 2,
    /// Done, but some input was refused.
    Refused = 3,
}

/// In which form a command answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// For people.
    Words,
    /// As JSON.
    Json,
    /// As JSON on standard error, and nothing else there: something else goes to standard output.
    JsonBeside,
}

/// Standard output and standard error.
pub struct Terminal {
    out: io::BufWriter<Box<dyn Write + Send>>,
    messages: Box<dyn Write>,
    shows_progress: bool,
    /// What the work has come to, where nothing is left but to say so.
    done: Option<Exit>,
}

impl Terminal {
    /// The process's own.
    pub fn standard() -> Self {
        Self {
            out: io::BufWriter::with_capacity(1 << 16, Box::new(io::stdout())),
            messages: Box::new(io::stderr()),
            shows_progress: io::stderr().is_terminal(),
            done: None,
        }
    }

    /// From here on only the answer is missing: where it cannot be written, the work is done all the same.
    pub fn work_is_done(&mut self, exit: Exit) {
        self.done = Some(exit);
    }

    /// What the work has come to, where it is done.
    pub fn done(&self) -> Option<Exit> {
        self.done
    }

    /// Where answers go.
    pub fn out(&mut self) -> &mut (impl Write + Send) {
        &mut self.out
    }

    /// Writes one line of an answer.
    pub fn line(&mut self, line: impl AsRef<str>) -> io::Result<()> {
        writeln!(self.out, "{}", line.as_ref())
    }

    /// Writes one object a line.
    pub fn json(&mut self, json: &Json) -> io::Result<()> {
        writeln!(self.out, "{json}")
    }

    /// Writes an answer in the form that was asked for.
    pub fn answer(&mut self, as_json: bool, json: &Json, words: impl AsRef<str>) -> io::Result<()> {
        if as_json {
            self.json(json)
        } else {
            self.line(printable(words.as_ref()))
        }
    }

    /// Brings everything written so far to its reader.
    pub fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// Writes a message beside the answer. Where even that fails, nobody is there to be told.
    pub fn message(&mut self, text: &str) {
        writeln!(self.messages, "{text}").unwrap_or_default();
    }

    /// Writes findings beside the answer; there may be more of them than are listed.
    pub fn findings(&mut self, findings: &[Diagnostic], total: u64) {
        for found in findings.iter().take(WRITTEN_OUT) {
            self.message(&printable(&found.to_string()));
        }
        let left = total.saturating_sub(findings.len().min(WRITTEN_OUT) as u64);
        if left == 0 {
            return;
        }
        let listed = findings.len() as u64;
        self.message(&if listed >= total {
            format!("… and {left} more; --json lists them")
        } else {
            format!(
                "… and {left} more; --json lists {listed} of the {total}, and --rejected FILE all that was kept out"
            )
        });
    }

    /// Ends a command that was refused: `error[code]: message` and what to do about it.
    pub fn refuse(&mut self, refusal: &Refusal, form: Form) {
        let json = || json!({"ok": false, "error": error_json(refusal)});
        match form {
            Form::Words => {}
            Form::Json => self.json(&json()).unwrap_or_default(),
            Form::JsonBeside => return self.message(&json().to_string()),
        }
        self.message(&printable(&format!(
            "error[{}]: {}",
            refusal.code, refusal.message
        )));
        self.message(&printable(&format!("hint: {}", hint_of(refusal))));
    }

    /// Runs long work with a line that says how far it is, where somebody sees it.
    pub fn watching<T>(&mut self, what: &str, work: impl FnOnce(&mut Watch<'_>) -> T) -> T {
        if !self.shows_progress {
            return work(&mut Watch::silent());
        }
        let (mut last, what) = (Instant::now(), what.to_owned());
        let mut watch = Watch::new(Cancel::default(), move |done, total| {
            if last.elapsed() < REDRAW {
                return;
            }
            last = Instant::now();
            let share = match total {
                Some(total) if total > 0 => format!("{} %", done.saturating_mul(100) / total),
                _ => done.to_string(),
            };
            let mut err = io::stderr();
            write!(err, "\r\x1b[K{what} {share}")
                .and_then(|()| err.flush())
                .unwrap_or_default();
        });
        let done = work(&mut watch);
        write!(self.messages, "\r\x1b[K").unwrap_or_default();
        done
    }
}

/// An error as `apply` and `--json` answer it.
pub fn error_json(refusal: &Refusal) -> Json {
    let mut error = Map::new();
    error.insert("code".to_owned(), json!(refusal.code));
    error.insert("message".to_owned(), json!(refusal.message));
    error.insert("hint".to_owned(), json!(hint_of(refusal)));
    Json::Object(error)
}

/// A finding as `--json` answers it; the record only where asked for.
pub fn finding_json(found: &Diagnostic, with_record: bool) -> Json {
    let mut json = Map::new();
    json.insert("code".to_owned(), json!(found.code));
    json.insert("severity".to_owned(), json!(found.severity.name()));
    let mut put = |key: &str, value: Option<Json>| {
        if let Some(value) = value {
            json.insert(key.to_owned(), value);
        }
    };
    put(
        "file",
        found.file.as_ref().map(|file| json!(file.display().to_string())),
    );
    put("line", found.line.map(|line| json!(line)));
    put("column", found.column.map(|column| json!(column)));
    put("message", Some(json!(found.message)));
    put("hint", found.hint.as_ref().map(|hint| json!(hint)));
    put(
        "article",
        found.article.as_ref().map(|article| json!(article.as_str())),
    );
    put(
        "annotator",
        found
            .annotator
            .as_ref()
            .map(|annotator| json!(annotator.as_str())),
    );
    put(
        "record",
        found
            .record
            .as_ref()
            .filter(|_| with_record)
            .map(|record| json!(record)),
    );
    Json::Object(json)
}

/// Text that a terminal shows and does not obey: control characters become visible, and so do those that would turn
/// round what stands behind them in the line, such as the counts behind a title.
pub fn printable(text: &str) -> String {
    let text = without_turns(text);
    let visible = |c: char| match c {
        '\n' | '\t' => c,
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        c if c.is_control() => '\u{fffd}',
        c => c,
    };
    text.chars().map(visible).collect()
}

/// Replaces what overrides the direction of letters, and what opens or closes a direction alone.
fn without_turns(text: &str) -> Cow<'_, str> {
    let may_turn = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if !text.contains(may_turn) {
        return Cow::Borrowed(text);
    }
    let turns = |control: &Control| {
        let deceptions = [Deception::Override, Deception::Unclosed, Deception::Unopened];
        control
            .deception
            .is_some_and(|deception| deceptions.contains(&deception))
    };
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    for control in controls(text).iter().filter(|control| turns(control)) {
        // What is left of the text begins where the last of them ended.
        let at = control.range.start().get() - (text.len() - rest.len());
        let (before, behind) = rest.split_at_checked(at).unwrap_or((rest, ""));
        shown.push_str(before);
        shown.push('\u{fffd}');
        rest = behind.get(control.character.len_utf8()..).unwrap_or_default();
    }
    shown.push_str(rest);
    Cow::Owned(shown)
}

/// A file as it is named in messages.
pub fn name(path: &Path) -> String {
    path.display().to_string()
}

/// Refuses `-`, which stands for standard input or output, where there is none to be had.
pub fn refuse_stream<'a>(what: &str, paths: impl IntoIterator<Item = &'a PathBuf>) -> Result<(), Stop> {
    if paths.into_iter().all(|path| path.as_os_str() != "-") {
        return Ok(());
    }
    let message = format!("{what} cannot be -: it is a file here, and no standard input or output");
    Err(Stop::Usage(
        Refusal::new("not_a_stream", message).hint("name a file; one that is called - is ./-"),
    ))
}

/// The id of an article as it was typed.
pub fn article_id(typed: &str) -> Result<ArticleId, Stop> {
    ArticleId::new(typed).map_err(|cause| bad_id(typed, &cause))
}

/// What was typed is no id.
pub fn bad_id(typed: &str, cause: &InvalidId) -> Stop {
    Stop::Usage(Refusal::new("bad_id", format!("{typed:?}: {cause}")))
}

/// An annotator's name as it was typed.
pub fn annotator(typed: Option<&String>) -> Result<Option<Annotator>, Stop> {
    typed
        .map(|name| crate::session::annotator_named(name))
        .transpose()
        .map_err(Stop::Usage)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_is_never_given_an_escape_of_an_article() {
        assert_eq!(printable("a\u{1b}[31mb\nc\u{9b}"), "a\u{241b}[31mb\nc\u{fffd}");
    }

    #[test]
    fn a_title_turns_nothing_round_that_stands_behind_it() {
        let balanced = "\u{2067}\u{627}\u{2069} and \u{202b}\u{628}\u{202c}  12";
        assert_eq!(printable(balanced), balanced);
        assert_eq!(printable("\u{202e}cba  12"), "\u{fffd}cba  12");
        assert_eq!(
            printable("x\u{202b}\u{628}  12\ny\u{2069}  3"),
            "x\u{fffd}\u{628}  12\ny\u{fffd}  3"
        );
    }
}
