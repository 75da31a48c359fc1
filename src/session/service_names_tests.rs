//! Names of annotators that change while a window is open: whoever changes one, nobody's work becomes another's.

use super::*;
use crate::model::Annotator;
use crate::store::ToReview;

fn name(name: &str) -> Annotator {
    annotator_named(name).unwrap()
}

fn run(desk: &Desk, command: &str) -> Arc<Snapshot> {
    desk.ask(Request::Run {
        command: Command::from_json(command).unwrap(),
        selection: None,
    })
}

/// Somebody does something in another window.
fn elsewhere(desk: &Desk, who: &str, command: &str) {
    let config = Config {
        annotator: name(who),
        ..config(desk.home.path())
    };
    let mut session = Session::open(&desk.project(), config).unwrap();
    session.run(&Command::from_json(command).unwrap(), None).unwrap();
}

const RENAME: &str = r#"{"command":"rename_annotator","to":"lead"}"#;

/// All that says who works here says the same, and her work is shown.
#[track_caller]
fn is(desk: &Desk, who: &str, spans: usize) {
    let shown = desk.service.snapshot();
    let project = shown.project.clone().unwrap();
    let query = shown.list.query.clone().unwrap();
    let article = desk.article();
    let says = [
        &project.annotator,
        shown.annotator.as_ref().unwrap(),
        &query.annotator,
        &article.annotator,
    ];
    assert_eq!(says.map(Annotator::as_str), [who; 4]);
    assert_eq!(article.layer.spans.len(), spans);
    assert_eq!(shown.list.rows[0].spans, spans as u64);
    let preferred = config(desk.home.path()).folders.preferred_annotator();
    assert_eq!(preferred, Some(name(who)), "also at the next start");
}

#[test]
fn undo_and_redo_of_a_new_name_leave_the_window_to_the_same_person() {
    let desk = Desk::with_articles();
    desk.tag(0, 8, "date");
    desk.draw();
    let shown = run(&desk, RENAME);
    is(&desk, "lead", 1);
    let told = shown.notices.last().unwrap();
    assert!(told.text.contains("me is called lead now"), "{}", told.text);
    assert!(told.hint.as_ref().unwrap().contains("Undo in project"));
    desk.ask(Request::Undo(UndoScope::Project));
    is(&desk, "me", 1);
    // What was drawn before names the old name, and is meant for the same person.
    desk.tag(12, 16, "location");
    is(&desk, "me", 2);
    let origin = desk.article().layer.spans.iter().next().unwrap().origin.clone();
    assert_eq!(origin.name.as_deref(), Some("me"));
    desk.ask(Request::Undo(UndoScope::Article(desk.article().id.clone())));
    let shown = desk.ask(Request::Redo(UndoScope::Project));
    is(&desk, "lead", 1);
    let of_names = |notice: &&Notice| notice.code.starts_with("annotator_");
    assert_eq!(
        shown.notices.iter().filter(of_names).count(),
        1,
        "only the last holds"
    );
}

#[test]
fn a_name_given_in_another_window_is_taken_up_and_a_command_on_its_way_is_hers() {
    let desk = Desk::with_articles();
    desk.tag(0, 8, "date");
    desk.draw();
    elsewhere(&desk, "me", RENAME);
    // Asked for before the window has heard of it.
    desk.tag(12, 16, "location");
    desk.ask(Request::Poll);
    is(&desk, "lead", 2);
    let project = desk.service.snapshot().project.clone().unwrap();
    assert_eq!(project.annotators, [name("lead")]);
    elsewhere(&desk, "lead", r#"{"command":"undo"}"#);
    let shown = desk.ask(Request::Poll);
    is(&desk, "me", 2);
    let told = shown.notices.last().unwrap();
    assert!(told.hint.as_ref().unwrap().contains("another window"));
}

#[test]
fn the_new_name_of_somebody_else_keeps_her_work_in_view() {
    let desk = Desk::with_articles();
    let article = desk.article().id.clone();
    let tag = format!(
        r#"{{"command":"add_span","article":"{article}","ranges":[[0,2]],"label":"date","id":"s1"}}"#
    );
    elsewhere(&desk, "bo", &tag);
    desk.ask(Request::SetList(ListQuery::all(name("bo"))));
    assert_eq!(desk.article().annotator, name("bo"));
    elsewhere(&desk, "bo", r#"{"command":"rename_annotator","to":"boris"}"#);
    let shown = desk.ask(Request::Poll);
    assert_eq!(shown.list.query.as_ref().unwrap().annotator, name("boris"));
    assert_eq!(desk.article().annotator, name("boris"));
    assert_eq!(shown.annotator, Some(name("me")));
}

#[test]
fn another_person_leaves_the_work_so_far_under_its_name_and_is_told_so() {
    let desk = Desk::with_articles();
    desk.tag(0, 8, "date");
    let shown = desk.ask(Request::SetAnnotator(name("lead")));
    assert!(
        shown
            .notices
            .last()
            .unwrap()
            .text
            .contains("The work of me stays me's")
    );
    is(&desk, "lead", 0);
    assert_eq!(shown.project.as_ref().unwrap().annotators, [name("me")]);
    assert_eq!(
        shown.project_undo.as_ref().unwrap().summary,
        "import 2 articles from a.txt and 1 more"
    );
}

#[test]
fn a_review_lists_whom_it_shows_and_leaves_the_list_and_the_article_to_one_person() {
    let desk = Desk::with_articles();
    let article = desk.article().id.clone();
    let done = format!(r#"{{"command":"set_status","article":"{article}","status":"done"}}"#);
    elsewhere(&desk, "bo", &done);
    desk.ask(Request::Poll);
    let next = Request::NextToReview {
        which: ToReview::OthersThan(name("me")),
        stay: true,
    };
    desk.ask(next);
    // Who she is that reviews does not hang on her name.
    desk.tag(0, 8, "date");
    run(&desk, RENAME);
    let shown = desk.ask(Request::Undo(UndoScope::Project));
    assert_eq!(shown.to_review, 1);
    assert_eq!(shown.list.query.as_ref().unwrap().annotator, name("bo"));
    assert_eq!((shown.list.progress.done, shown.list.progress.total), (1, 2));
    assert_eq!(shown.project.as_ref().unwrap().progress.done, 0);
    assert!(shown.is_as_listed());
    // What waits is counted anew where a verdict is taken back.
    desk.draw();
    for (review, left) in [(r#""approved""#, 0), ("null", 1)] {
        let command =
            format!(r#"{{"command":"set_review","article":"{article}","annotator":"bo","review":{review}}}"#);
        assert_eq!(run(&desk, &command).to_review, left);
    }
    let shown = desk.ask(Request::LeaveReview);
    assert_eq!(shown.list.query.as_ref().unwrap().annotator, name("me"));
    assert_eq!(desk.article().annotator, name("me"));
    // Where bo was listed before, so he is behind it.
    desk.ask(Request::SetList(ListQuery::all(name("bo"))));
    desk.ask(Request::ShowWorkOf(article, None));
    assert!(!desk.service.snapshot().is_as_listed());
    let shown = desk.ask(Request::LeaveReview);
    assert!(shown.is_as_listed());
    assert_eq!(desk.article().annotator, name("bo"));
}

/// Bo's work on the open article.
fn bo_marks(desk: &Desk) {
    let article = desk.article().id.clone();
    let tag = format!(
        r#"{{"command":"add_span","article":"{article}","ranges":[[0,2]],"label":"date","id":"s1"}}"#
    );
    elsewhere(desk, "bo", &tag);
    desk.ask(Request::Poll);
}

#[test]
fn a_name_that_was_another_persons_before_is_followed_once() {
    let desk = Desk::with_articles();
    desk.tag(0, 8, "date");
    bo_marks(&desk);
    desk.draw();
    elsewhere(&desk, "bo", r#"{"command":"rename_annotator","to":"boris"}"#);
    elsewhere(&desk, "me", r#"{"command":"rename_annotator","to":"bo"}"#);
    // Who was called me then is called bo now, and not what bo is called.
    desk.tag(12, 16, "location");
    desk.ask(Request::Poll);
    is(&desk, "bo", 2);
    let of_boris = desk.ask(Request::ShowWorkOf(
        desk.article().id.clone(),
        Some(name("boris")),
    ));
    assert_eq!(of_boris.article.as_ref().unwrap().layer.spans.len(), 1);
}

#[test]
fn whom_a_command_of_the_window_names_is_followed_and_a_command_of_apply_names_whom_it_names() {
    let desk = Desk::with_articles();
    let article = desk.article().id.clone();
    desk.tag(0, 8, "date");
    desk.draw();
    elsewhere(&desk, "me", RENAME);
    let flag = format!(r#"{{"command":"set_flag","article":"{article}","annotator":"me","flagged":true}}"#);
    let batch = format!(
        r#"{{"command":"batch","commands":[{{"command":"add_note","article":"{article}","annotator":"me","text":"see"}}]}}"#
    );
    run(&desk, &flag);
    run(&desk, &batch);
    desk.ask(Request::Poll);
    is(&desk, "lead", 1);
    let layer = desk.article().layer.clone();
    assert!(layer.flagged && layer.notes.len() == 1);
    let annotators = || {
        desk.service
            .snapshot()
            .project
            .clone()
            .unwrap()
            .annotators
            .clone()
    };
    assert_eq!(annotators(), [name("lead")]);
    elsewhere(&desk, "lead", &flag);
    desk.ask(Request::Poll);
    assert_eq!(annotators(), [name("lead"), name("me")]);
}

#[test]
fn an_approval_is_of_what_was_drawn_also_of_who_has_another_name_now() {
    let desk = Desk::with_articles();
    let article = desk.article().id.clone();
    bo_marks(&desk);
    desk.ask(Request::ShowWorkOf(article.clone(), Some(name("bo"))));
    desk.draw();
    elsewhere(&desk, "bo", r#"{"command":"rename_annotator","to":"boris"}"#);
    let relabel =
        format!(r#"{{"command":"set_label","article":"{article}","span":"s1","label":"location"}}"#);
    elsewhere(&desk, "boris", &relabel);
    let approve =
        format!(r#"{{"command":"set_review","article":"{article}","annotator":"bo","review":"approved"}}"#);
    let shown = run(&desk, &approve);
    assert_eq!(shown.notices.last().unwrap().code, "not_seen");
    assert_eq!(desk.article().annotator, name("boris"));
    assert!(shown.reveal.is_some(), "what changed is selected");
}

#[test]
fn a_name_given_while_nothing_could_be_saved_is_taken_up_when_the_project_is_back() {
    let desk = Desk::with_articles();
    desk.tag(0, 8, "date");
    let put_back = move_aside(&desk);
    desk.tag(12, 16, "location");
    assert!(desk.service.snapshot().blocked.is_some());
    put_back();
    elsewhere(&desk, "me", RENAME);
    let shown = desk.ask(Request::Retry);
    assert!(shown.blocked.is_none());
    is(&desk, "lead", 2);
}

#[test]
fn what_waits_is_counted_anew_where_somebody_else_reviews_and_what_is_shown_stays() {
    let desk = Desk::with_articles();
    let article = desk.article().id.clone();
    let done = format!(r#"{{"command":"set_status","article":"{article}","status":"done"}}"#);
    elsewhere(&desk, "me", &done);
    desk.ask(Request::Poll);
    let which = ToReview::OthersThan(name("me"));
    let shown = desk.ask(Request::NextToReview { which, stay: true });
    assert_eq!(shown.to_review, 0);
    desk.ask(Request::SetAnnotator(name("ana")));
    let open = desk.article();
    let shown = desk.ask(Request::CountToReview(ToReview::OthersThan(name("ana"))));
    assert_eq!(shown.to_review, 1);
    let now = desk.article();
    assert_eq!((&now.id, &now.annotator), (&open.id, &open.annotator));
}
