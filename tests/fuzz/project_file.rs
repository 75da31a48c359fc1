//! Damaged projects: opening, checking, listing, and exporting never write to them, and what they give is what was there,
//! or the check says that something is wrong; what is recovered is sound.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Duration;

use hashiya::session::{
    Command, JournalEntry, ListQuery, ListRow, Reader, Refusal, Session, Watch, annotator_named, check,
    open_to_read, recover,
};

use super::damage::{PAGE, damage};
use super::desk::{config, import, project_of, sample_lines, try_export};
use super::rounds::Round;

/// Unoptimised, and beside others.
const LONGEST: Duration = Duration::from_secs(10);

/// All that a project shows at a moment.
#[derive(Debug, PartialEq)]
struct State {
    lines: String,
    list: Vec<ListRow>,
    journal: Vec<JournalEntry>,
}

/// A project as it lies on disk, with what it showed after each change.
struct Sample {
    file: Vec<u8>,
    /// The changes that wait beside it; none where it was closed.
    log: Option<Vec<u8>>,
    states: Vec<State>,
}

fn state(reader: &Reader) -> Result<State, Refusal> {
    let query = ListQuery::all(annotator_named("me")?);
    Ok(State {
        lines: String::from_utf8(try_export(reader)?).unwrap(),
        list: reader.list(&query, 0, 1000)?,
        journal: reader.journal(None, 1000)?,
    })
}

/// Changes of each kind, some of them undone.
const COMMANDS: &[&str] = &[
    r#"{"command":"add_span","article":"A","ranges":[[0,4]],"label":"actor","id":"x1"}"#,
    r#"{"command":"add_span","article":"A","ranges":[[2,9],[12,15]],"label":"location","id":"x2"}"#,
    r#"{"command":"add_span","article":"A","ranges":[[20,29]],"label":"location","id":"x3"}"#,
    r#"{"command":"set_attribute","target":"x1","attribute":"type","value":"rebels"}"#,
    r#"{"command":"add_relation","from":"x2","to":"x3","type":"located-in","id":"xr"}"#,
    r#"{"command":"add_event","article":"A","type":"incident","trigger":"x1","roles":[{"role":"place","span":"x2"}],"id":"xe"}"#,
    r#"{"command":"undo","article":"A"}"#,
    r#"{"command":"redo","article":"A"}"#,
    r#"{"command":"add_note","article":"A","target":"xe","text":"À vérifier 🔴","id":"xn"}"#,
    r#"{"command":"set_meta","article":"A","title":"Titre","source":"Le Courrier"}"#,
    r##"{"command":"set_label_definition","label":"weapon","color":"#102030"}"##,
    r#"{"command":"rename_codebook_id","kind":"label","id":"actor","to":"party"}"#,
    r#"{"command":"set_status","article":"A","status":"done"}"#,
    r#"{"command":"remove_span","span":"x2","article":"A"}"#,
];

fn log_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    PathBuf::from(name)
}

/// One that was closed, and one as a killed process leaves it.
fn samples() -> &'static [Sample; 2] {
    static SAMPLES: OnceLock<[Sample; 2]> = OnceLock::new();
    SAMPLES.get_or_init(|| [sample(true), sample(false)])
}

fn sample(is_closed: bool) -> Sample {
    let folder = tempfile::tempdir().unwrap();
    let mut session = project_of(folder.path(), "p.hashiya", &sample_lines(&[0, 5]));
    let id = state(session.reader()).unwrap().list[0].id.to_string();
    let mut states = vec![state(session.reader()).unwrap()];
    let run = |session: &mut Session, line: &str| {
        let command = Command::from_json(&line.replace("\"A\"", &format!("{id:?}"))).unwrap();
        session
            .run(&command, None)
            .unwrap_or_else(|refusal| panic!("{line}: {refusal}"));
    };
    let (first, rest) = COMMANDS.split_at(5);
    for line in first {
        run(&mut session, line);
        states.push(state(session.reader()).unwrap());
    }
    // The log begins here.
    session.write_back().unwrap();
    states.drain(..states.len() - 1);
    for line in rest {
        run(&mut session, line);
        states.push(state(session.reader()).unwrap());
    }
    import(
        &mut session,
        &folder.path().join("more.jsonl"),
        &sample_lines(&[16, 17]),
    );
    states.push(state(session.reader()).unwrap());
    let path = session.path().to_owned();
    if is_closed {
        drop(session);
        states.drain(..states.len() - 1);
    }
    let log = (!is_closed).then(|| std::fs::read(log_of(&path)).unwrap());
    let file = std::fs::read(&path).unwrap();
    Sample { file, log, states }
}

pub fn play(round: &mut Round) {
    let [closed, killed] = samples();
    let numbers = &mut round.numbers;
    let sample = if numbers.once_in(2) { closed } else { killed };
    let (mut file, mut log) = (sample.file.clone(), sample.log.clone());
    match &mut log {
        Some(log) if !numbers.once_in(4) => damage(numbers, log),
        log @ Some(_) if numbers.once_in(12) => *log = None,
        _ => damage(numbers, &mut file),
    }
    let opens_to_write = numbers.once_in(3);
    round.keep("p.hashiya", &file);
    if let Some(log) = &log {
        round.keep("p.hashiya-wal", log);
    }
    let folder = tempfile::tempdir().unwrap();
    let place = Files::new(folder.path().join("p.hashiya"), file, log);
    round.within(LONGEST, || place.look(sample, opens_to_write));
    place.put();
    round.within(LONGEST, || place.recover(sample));
}

/// A damaged project and its bytes.
struct Files {
    path: PathBuf,
    file: Vec<u8>,
    log: Option<Vec<u8>>,
}

impl Files {
    fn new(path: PathBuf, file: Vec<u8>, log: Option<Vec<u8>>) -> Self {
        let files = Self { path, file, log };
        files.put();
        files
    }

    fn put(&self) {
        for name in ["-wal", "-shm"] {
            let mut path = self.path.as_os_str().to_owned();
            path.push(name);
            std::fs::remove_file(path).ok();
        }
        std::fs::write(&self.path, &self.file).unwrap();
        if let Some(log) = &self.log {
            std::fs::write(log_of(&self.path), log).unwrap();
        }
    }

    /// Nothing that only looks may write.
    #[track_caller]
    fn assert_untouched(&self, by: &str) {
        assert!(
            std::fs::read(&self.path).unwrap() == self.file,
            "{by} wrote to the file"
        );
        let log = std::fs::read(log_of(&self.path)).ok();
        // One without a byte holds nothing.
        let is_same = log.unwrap_or_default() == self.log.clone().unwrap_or_default();
        assert!(is_same, "{by} wrote to the log");
    }

    fn look(&self, sample: &Sample, opens_to_write: bool) {
        if let Ok(reader) = open_to_read(&self.path) {
            assert_told(&reader, sample);
        }
        self.assert_untouched("looking");
        if !opens_to_write {
            return;
        }
        match Session::open(&self.path, config(&self.path.with_extension("home"))) {
            Ok(session) => assert_told(session.reader(), sample),
            Err(refusal) => {
                assert!(refusal.hint.is_some(), "{refusal:?}");
                self.assert_untouched("an opening that was refused");
            }
        }
    }

    fn recover(&self, sample: &Sample) {
        let new = self.path.with_file_name("new.hashiya");
        let config = config(&self.path.with_extension("home"));
        let recovered = recover(&self.path, &new, &config, &mut Watch::silent());
        self.assert_untouched("a recovery");
        let recovered = match recovered {
            Ok(recovered) => recovered.unwrap(),
            Err(refusal) => {
                assert!(!new.exists(), "a recovery that failed left a project");
                assert!(refusal.hint.is_some(), "{refusal:?}");
                return;
            }
        };
        let reader = open_to_read(&new).unwrap();
        assert_eq!(
            check(&reader, &mut Watch::silent()).unwrap(),
            [],
            "what was recovered is not sound"
        );
        let lines = state(&reader).unwrap().lines;
        let is_whole = sample.states.iter().any(|state| state.lines == lines);
        assert!(
            is_whole || !recovered.lost.is_empty(),
            "something was lost and nothing is said"
        );
    }
}

/// A sound project shows what it showed at some moment: all of the last changes may be lost, nothing else.
fn assert_told(reader: &Reader, sample: &Sample) {
    let Ok(findings) = check(reader, &mut Watch::silent()) else {
        return;
    };
    let shown = state(reader);
    if !findings.is_empty() {
        return;
    }
    let shown = shown.unwrap_or_else(|refusal| panic!("the check is content, and yet: {refusal}"));
    if sample.states.contains(&shown) {
        return;
    }
    let last = sample.states.last().unwrap();
    assert_eq!(shown.lines, last.lines, "the check is content with other lines");
    assert_eq!(shown.list, last.list, "the check is content with another list");
    assert_eq!(
        shown.journal, last.journal,
        "the check is content with another journal"
    );
}

/// Wherever a copy broke off.
#[test]
fn a_project_cut_at_any_page_is_refused() {
    let [closed, _] = samples();
    let folder = tempfile::tempdir().unwrap();
    let whole = closed.file.len();
    let odd = [1, 15, 16, 99, 100, 101, 511, 512, PAGE - 1, PAGE + 1, whole - 1];
    for length in (0..whole).step_by(PAGE).chain(odd) {
        let file = closed.file[..length].to_vec();
        let place = Files::new(folder.path().join(format!("{length}.hashiya")), file, None);
        assert!(open_to_read(&place.path).is_err(), "cut at {length}");
        assert!(
            Session::open(&place.path, config(folder.path())).is_err(),
            "cut at {length}"
        );
        place.assert_untouched("opening");
    }
}

/// Wherever a killed process or a full disk broke off: what is there then is what some change left.
#[test]
fn a_log_cut_at_a_page_gives_an_earlier_state() {
    let [_, killed] = samples();
    let folder = tempfile::tempdir().unwrap();
    let whole = killed.log.as_ref().unwrap();
    // Some frames of many.
    let frames = (32..=whole.len()).step_by(7 * (PAGE + 24));
    for length in frames.flat_map(|end| [end, end + 7]).chain([0, 1, 24, 31]) {
        let log = whole[..length.min(whole.len())].to_vec();
        let place = Files::new(
            folder.path().join(format!("{length}.hashiya")),
            killed.file.clone(),
            Some(log),
        );
        let reader = open_to_read(&place.path).unwrap_or_else(|refusal| panic!("cut at {length}: {refusal}"));
        let shown = state(&reader).unwrap();
        assert!(killed.states.contains(&shown), "cut at {length}");
        drop(reader);
        place.assert_untouched("looking");
    }
}
