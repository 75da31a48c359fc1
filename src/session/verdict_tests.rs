//! Verdicts over the whole life of work: what withdraws an approval, what an approval holds back, and whose undo reaches
//! it. On a real project file, each step by a session of who does it.

use std::path::Path;
use std::sync::Arc;

use crate::formats::codebook_toml;
use crate::model::{Annotator, ArticleId, Status, Verdict, problem};
use crate::session::testing::CountingClock;
use crate::session::*;
use crate::text::Text;

struct Bench {
    home: tempfile::TempDir,
    articles: Vec<ArticleId>,
}

fn config(home: &Path, name: &str) -> Config {
    Config {
        annotator: annotator_named(name).unwrap(),
        clock: Arc::new(CountingClock::default()),
        ids: Arc::new(UuidSource),
        folders: Folders::at(home),
    }
}

impl Bench {
    /// Two articles that nobody marked.
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("p.hashiya");
        let mut session = Session::create(
            &path,
            &codebook_toml::default_codebook(),
            config(home.path(), "ana"),
        )
        .unwrap();
        let lines =
            "{\"id\":\"a\",\"text\":\"La Syrie et Alep\"}\n{\"id\":\"b\",\"text\":\"Homs et Hama\"}\n";
        let dataset = home.path().join("in.jsonl");
        std::fs::write(&dataset, lines).unwrap();
        session
            .import(&[dataset], &ImportOptions::default(), &mut Watch::silent())
            .unwrap();
        let articles = ["a", "b"].map(|id| ArticleId::new(id).unwrap());
        Self {
            articles: articles.into(),
            home,
        }
    }

    fn session(&self, name: &str) -> Session {
        Session::open(
            &self.home.path().join("p.hashiya"),
            config(self.home.path(), name),
        )
        .unwrap()
    }

    #[track_caller]
    fn run(&self, name: &str, command: &str) {
        let command = Command::from_json(command).unwrap();
        self.session(name).run(&command, None).unwrap();
    }

    /// A span of Ana's over the first word of an article.
    fn tag(&self, article: &str, id: &str, range: &str) {
        self.run(
            "ana",
            &format!(
                r#"{{"command":"add_span","article":"{article}","ranges":[{range}],"label":"location","id":"{id}"}}"#
            ),
        );
    }

    fn approve(&self, article: &str) {
        self.run(
            "rev",
            &format!(
                r#"{{"command":"set_review","article":"{article}","annotator":"ana","review":"approved"}}"#
            ),
        );
    }

    fn undo(&self, name: &str, article: Option<&str>) -> Result<String, String> {
        let article = article.map(|id| ArticleId::new(id).unwrap());
        let mut session = self.session(name);
        let scope = session.scope(article.as_ref(), Some(&ana()));
        session
            .undo(&scope)
            .map(|done| done.summary)
            .map_err(|refusal| refusal.code)
    }

    /// The verdict on Ana's work and how many spans it has.
    fn state(&self, article: usize) -> (Option<Verdict>, usize) {
        let layer = self
            .session("ana")
            .layer(&self.articles[article], &ana())
            .unwrap();
        let findings = check(self.session("ana").reader(), &mut Watch::silent()).unwrap();
        assert!(findings.is_empty(), "{findings:?}");
        (layer.review, layer.spans.len())
    }
}

fn ana() -> Annotator {
    annotator_named("ana").unwrap()
}

const APPROVED: Option<Verdict> = Some(Verdict::Approved);

#[test]
fn work_that_was_approved_is_not_taken_away_under_its_approval() {
    let bench = Bench::new();
    let commands = ["a", "b"].map(|article| {
        format!(r#"{{"command":"add_span","article":"{article}","ranges":[[0,2]],"label":"location"}}"#)
    });
    bench.run(
        "ana",
        &format!(r#"{{"command":"batch","commands":[{}]}}"#, commands.join(",")),
    );
    bench.approve("a");
    assert_eq!(bench.undo("ana", None), Err("undo_blocked".to_owned()));
    assert_eq!((bench.state(0), bench.state(1)), ((APPROVED, 1), (None, 1)));
    // New work withdraws the approval; then the old work can be taken back.
    bench.tag("a", "s9", "[3,8]");
    assert_eq!(bench.state(0), (None, 2));
    bench.undo("ana", None).unwrap();
    assert_eq!((bench.state(0), bench.state(1)), ((None, 1), (None, 0)));
}

#[test]
fn an_annotators_undo_leaves_the_reviewers_verdict_to_the_reviewer() {
    let bench = Bench::new();
    bench.tag("a", "s1", "[3,8]");
    bench.approve("a");
    assert_eq!(bench.undo("ana", Some("a")), Err("undo_blocked".to_owned()));
    assert_eq!(bench.state(0), (APPROVED, 1));
    bench.undo("rev", Some("a")).unwrap();
    assert_eq!(bench.state(0), (None, 1));
    bench.undo("ana", Some("a")).unwrap();
    assert_eq!(bench.state(0), (None, 0));
    assert_eq!(bench.undo("rev", Some("a")), Err("nothing_to_undo".to_owned()));
}

#[test]
fn the_undo_of_what_withdrew_an_approval_brings_it_back() {
    let bench = Bench::new();
    bench.tag("a", "s1", "[3,8]");
    bench.approve("a");
    bench.tag("a", "s2", "[12,16]");
    assert_eq!(bench.state(0), (None, 2));
    bench.undo("ana", Some("a")).unwrap();
    assert_eq!(bench.state(0), (APPROVED, 1));
}

#[test]
fn a_change_of_the_codebook_that_takes_something_away_withdraws_verdicts_and_a_rename_does_not() {
    let bench = Bench::new();
    bench.tag("a", "s1", "[3,8]");
    bench.run(
        "ana",
        r#"{"command":"set_attribute","article":"a","target":"s1","attribute":"precision","value":"exact"}"#,
    );
    bench.approve("a");
    bench.run(
        "ana",
        r#"{"command":"rename_codebook_id","kind":"label","id":"location","to":"place"}"#,
    );
    assert_eq!(bench.state(0), (APPROVED, 1));
    bench.run(
        "ana",
        r#"{"command":"remove_codebook_entry","kind":"attribute","id":"precision","clear":true}"#,
    );
    assert_eq!(bench.state(0), (None, 1));
    bench.undo("ana", None).unwrap();
    assert_eq!(bench.state(0), (APPROVED, 1));
}

/// An article with a place that lacks a required value, a relation that its type does not link, and an event that lacks
/// a filler and has one with a label that its role does not take.
fn found_wanting() -> Bench {
    let bench = Bench::new();
    for command in [
        r#"{"command":"set_label_definition","label":"location","attributes":[{"id":"precision","required":true}]}"#,
        r#"{"command":"set_relation_type","relation_type":"near","from":["location"],"to":["casualty"]}"#,
        r#"{"command":"set_event_type","event_type":"incident","roles":[{"id":"place","labels":["location"],"min":1},{"id":"place s1","labels":["actor"]}]}"#,
    ] {
        bench.run("ana", command);
    }
    let line = r#"{"schema":"hashiya/1","offsets":"codepoint","id":"a","text":"La Syrie et Alep","annotator":"ana","spans":[
        {"id":"s1","label":"location","start":3,"end":8},{"id":"s2","label":"location","start":12,"end":16}],
        "relations":[{"id":"r","type":"near","from":"s1","to":"s2"}],
        "events":[{"id":"e","type":"incident","roles":[{"role":"place s1","span":"s1"}]}]}"#;
    let dataset = bench.home.path().join("wanting.jsonl");
    std::fs::write(&dataset, line.replace('\n', "")).unwrap();
    let options = ImportOptions::default();
    let report = bench
        .session("ana")
        .import(&[dataset], &options, &mut Watch::silent())
        .unwrap();
    assert!(report.diagnostics.is_empty(), "{:?}", report.diagnostics);
    bench
}

impl Bench {
    /// The keys of Ana's problems in the first article, and of those that she dismissed, in order.
    fn problems(&self) -> (Vec<String>, Vec<String>) {
        let mut session = self.session("ana");
        let layer = session.layer(&self.articles[0], &ana()).unwrap();
        let checked = problem::Checked {
            text: &Text::new("La Syrie et Alep"),
            layer: &layer,
            codebook: &session.reader().codebook().unwrap(),
            status: Status::InProgress,
            lang: "en",
        };
        let found = problem::problems(&checked).into_iter();
        let mut found: Vec<String> = found.map(|problem| problem.key.to_string()).collect();
        found.sort();
        (found, layer.dismissed.iter().map(ToString::to_string).collect())
    }
}

#[test]
fn what_was_dismissed_stays_dismissed_whatever_the_codebook_calls_what_it_is_about() {
    let bench = found_wanting();
    let (found, _) = bench.problems();
    let wanted = [
        "missing_attribute/span/s1/precision",
        "missing_attribute/span/s2/precision",
        "missing_role/event/e/place",
        "relation_ends/relation/r/to location",
        "role_label/event/e/place s1 s1",
    ];
    assert_eq!(found, wanted);
    for key in &found {
        bench.run(
            "ana",
            &format!(r#"{{"command":"dismiss_problem","article":"a","problem":"{key}"}}"#),
        );
    }
    for (part, renamed) in [
        (
            r#""kind":"attribute","id":"precision""#,
            "missing_attribute/span/s1/any%2Fname",
        ),
        (
            r#""kind":"role","of":"incident","id":"place""#,
            "missing_role/event/e/any%2Fname",
        ),
        (
            r#""kind":"role","of":"incident","id":"place s1""#,
            "role_label/event/e/any%2Fname s1",
        ),
        (
            r#""kind":"label","id":"location""#,
            "relation_ends/relation/r/to any%2Fname",
        ),
    ] {
        bench.run(
            "ana",
            &format!(r#"{{"command":"rename_codebook_id",{part},"to":"any/name"}}"#),
        );
        let (found, dismissed) = bench.problems();
        assert_eq!(found, dismissed, "{part}");
        assert!(found.iter().any(|key| key == renamed), "{part}: {found:?}");
        bench.undo("ana", None).unwrap();
        assert_eq!(
            bench.problems(),
            (wanted.map(str::to_owned).into(), wanted.map(str::to_owned).into())
        );
    }
}

#[test]
fn what_was_dismissed_about_a_part_goes_with_it() {
    let bench = found_wanting();
    for key in [
        "missing_role/event/e/place",
        "missing_attribute/span/s1/precision",
    ] {
        bench.run(
            "ana",
            &format!(r#"{{"command":"dismiss_problem","article":"a","problem":"{key}"}}"#),
        );
    }
    bench.run(
        "ana",
        r#"{"command":"remove_codebook_entry","kind":"role","of":"incident","id":"place","clear":true}"#,
    );
    assert_eq!(bench.problems().1, ["missing_attribute/span/s1/precision"]);
    bench.undo("ana", None).unwrap();
    assert_eq!(bench.problems().1.len(), 2);
}
