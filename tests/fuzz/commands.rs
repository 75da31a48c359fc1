//! Streams of commands by several annotators: the project stays sound, its export comes back from an empty project to the
//! byte, memory says what the disk says, and undone from the last to the first the beginning is back.

use std::path::Path;

use hashiya::model::{Action, Scope, TransactionId};
use hashiya::session::{
    Asked, Command, JournalEntry, ListQuery, Refusal, Session, Watch, annotator_named, check,
};

use super::desk::{config, export, import, project_of};
use super::invented_commands::{Known, line};
use super::numbers::Numbers;
use super::rounds::Round;

/// Commands between two looks at the whole.
const STRETCH: usize = 25;
const ANNOTATORS: &[&str] = &["me", "ليلى", "zoé"];
const TEXTS: &[(&str, &str)] = &[
    (
        "a1",
        "Les rebelles ont tué plus de 50 civils à Alep le 12/05/2022, selon l’armée.",
    ),
    ("a2", "🔴 وصلت القافلة إلى مدينة حلب مساء أمس، وقُتل 12 مدنيًا."),
    ("a3", "e\u{301}te\u{301} 👩‍👩‍👧 क्षि 北京\r\nKyiv: 3 wounded"),
    ("a4", "x"),
];

pub fn play(round: &mut Round) {
    let folder = tempfile::tempdir().unwrap();
    let lines: String = TEXTS
        .iter()
        .map(|(id, text)| serde_json::json!({"id": id, "text": text}).to_string() + "\n")
        .collect();
    let mut session = project_of(folder.path(), "p.hashiya", &lines);
    let (first, codebook) = (export(session.reader()), session.codebook().unwrap());
    let newest = session.reader().newest().unwrap();
    let mut known = Known {
        articles: TEXTS.iter().map(|(id, _)| (*id).to_owned()).collect(),
        annotators: ANNOTATORS.iter().map(|name| (*name).to_owned()).collect(),
        made: Vec::new(),
    };
    let stretches = 1 + round.numbers.below(4);
    for stretch in 0..stretches {
        for _ in 0..STRETCH {
            let line = line(&mut round.numbers, &known);
            round.keep(
                &format!("commands-{:04}.jsonl", stretch * STRETCH),
                line.as_bytes(),
            );
            known.made.extend(run(&mut session, &line, &mut round.numbers));
        }
        assert_sound(&session);
        assert_read_back(&session, folder.path(), stretch);
        assert_on_disk(&mut session);
    }
    let import = newest.and_then(|id| session.reader().journal_entry(id).unwrap());
    let is_hidden = import.is_some_and(|entry| entry.undone_by.is_some());
    // A command may take the import itself back, with all that hung on it.
    if !undo_all(&mut session, newest) || is_hidden {
        return;
    }
    assert_eq!(export(session.reader()), first, "all is undone");
    assert_eq!(*session.codebook().unwrap(), *codebook, "the codebook is undone");
    assert_sound(&session);
}

/// Runs a line as somebody; the ids that it made.
fn run(session: &mut Session, line: &str, numbers: &mut Numbers) -> Vec<String> {
    if numbers.once_in(6) {
        session.set_annotator(annotator_named(numbers.pick(ANNOTATORS)).unwrap());
    }
    let before = session.reader().newest().unwrap();
    let owner = session.annotator().clone();
    let done = Command::from_json(line)
        .and_then(|command| session.run_watched(&command, Asked::of(&owner), &mut Watch::silent()));
    match done {
        Ok(done) => {
            assert!(Some(done.transaction) > before, "{line}");
            assert_eq!(
                session.reader().newest().unwrap(),
                Some(done.transaction),
                "{line}"
            );
            done.created
        }
        Err(refusal) => {
            assert_refusal(&refusal, line);
            assert_eq!(
                session.reader().newest().unwrap(),
                before,
                "refused, and yet: {line}"
            );
            Vec::new()
        }
    }
}

/// A refusal is about what was asked, never about what the program should have seen before.
fn assert_refusal(refusal: &Refusal, line: &str) {
    assert!(!refusal.message.is_empty(), "{line}");
    let internal = [
        "conflict",
        "io",
        "damaged",
        "invalid",
        "not_a_project",
        "unreadable",
        "dangling",
    ];
    assert!(!internal.contains(&refusal.code.as_str()), "{line}: {refusal:?}");
}

fn assert_sound(session: &Session) {
    assert_eq!(check(session.reader(), &mut Watch::silent()).unwrap(), []);
}

/// Into an empty project and out again.
fn assert_read_back(session: &Session, folder: &Path, stretch: usize) {
    let lines = export(session.reader());
    if lines.is_empty() {
        return;
    }
    // Of another codebook it would take the names over that do not fit.
    let codebook = session.reader().codebook().unwrap();
    let path = folder.join(format!("copy{stretch}.hashiya"));
    let mut copy = Session::create(&path, &codebook, config(folder)).unwrap();
    import(&mut copy, &folder.join(format!("copy{stretch}.jsonl")), &lines);
    assert_eq!(export(copy.reader()), lines, "write, read, write");
}

/// What the session keeps in memory is what another one finds on disk.
fn assert_on_disk(session: &mut Session) {
    let mut other = Session::open(session.path(), config(session.path().parent().unwrap())).unwrap();
    assert_eq!(session.codebook().unwrap(), other.codebook().unwrap());
    assert_eq!(export(session.reader()), export(other.reader()));
    let journal = |session: &Session| session.reader().journal(None, 10_000).unwrap();
    assert_eq!(journal(session), journal(&other));
    for name in ANNOTATORS {
        let annotator = annotator_named(name).unwrap();
        let query = ListQuery::all(annotator.clone());
        let list = session.reader().list(&query, 0, 100).unwrap();
        assert_eq!(list, other.reader().list(&query, 0, 100).unwrap());
        for row in list {
            let (kept, fresh) = (
                session.layer(&row.id, &annotator).unwrap(),
                other.layer(&row.id, &annotator).unwrap(),
            );
            assert_eq!(kept, fresh, "{} of {name}", row.id);
            assert_eq!(row.spans, fresh.spans.len() as u64);
            assert_eq!(
                session.open_article(&row.id).unwrap(),
                other.open_article(&row.id).unwrap()
            );
        }
    }
}

/// Takes back everything in force, from what took effect last to the first; whether that could be done. A name that
/// somebody else goes by meanwhile does not come back, nor what hangs on something that was taken back before its turn.
fn undo_all(session: &mut Session, first: Option<TransactionId>) -> bool {
    for _ in 0..10_000 {
        let journal = session.reader().journal(first, 10_000).unwrap();
        let effect = |entry: &JournalEntry| {
            let redone = journal
                .iter()
                .filter(|other| other.action == Action::Redo(entry.id));
            redone.map(|redo| redo.id).max().unwrap_or(entry.id)
        };
        let in_force = |entry: &&JournalEntry| entry.action == Action::Do && entry.undone_by.is_none();
        let Some(last) = journal.iter().filter(in_force).max_by_key(|entry| effect(entry)) else {
            return true;
        };
        let is_of_project = last.scopes.contains(&Scope::Project);
        let scope = if is_of_project {
            Scope::Project
        } else {
            last.scopes[0].clone()
        };
        session.set_annotator(last.author.clone());
        let undone = session.undo(&scope);
        let is_blocked = |why: &str| {
            undone
                .as_ref()
                .is_err_and(|refusal| refusal.code == "undo_blocked" && refusal.message.contains(why))
        };
        let is_taken = is_blocked("there is an annotator") && last.summary.contains("rename annotator");
        let hangs = is_blocked("changed since") || is_blocked("any more") || is_blocked("in use");
        if is_taken || hangs && has_undo_before_its_turn(&journal) {
            return false;
        }
        let undone = undone.unwrap_or_else(|refusal| {
            let lines = journal.iter().map(|entry| format!("{entry:?}\n"));
            panic!(
                "{last:?} cannot be undone: {refusal}\n{}",
                lines.collect::<String>()
            )
        });
        let entry = session
            .reader()
            .journal_entry(undone.transaction)
            .unwrap()
            .unwrap();
        assert_eq!(entry.action, Action::Undo(last.id), "another one was undone");
    }
    panic!("the undoing does not end");
}

/// Whether something was taken back under what was done after it.
fn has_undo_before_its_turn(journal: &[JournalEntry]) -> bool {
    journal.iter().any(|undo| {
        let Action::Undo(target) = undo.action else {
            return false;
        };
        let is_between = |entry: &JournalEntry| target < entry.id && entry.id < undo.id;
        let stood = |entry: &JournalEntry| entry.undone_by.is_none_or(|by| by > undo.id);
        journal
            .iter()
            .any(|entry| entry.action == Action::Do && is_between(entry) && stood(entry))
    })
}
