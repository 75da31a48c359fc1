//! Another's work in a window: which layer is shown, which one a command changes, and whose undo reaches where.

use super::*;
use crate::model::Annotator;

fn bo() -> Annotator {
    annotator_named("bo").unwrap()
}

/// Bo tagged “Alep” in the first article and marked it done.
fn with_work_of_bo() -> Desk {
    let desk = Desk::with_articles();
    let article = desk.article().id.clone();
    for command in [
        format!(
            r#"{{"command":"add_span","article":"{article}","annotator":"bo","ranges":[[11,15]],"label":"actor","id":"s1"}}"#
        ),
        format!(r#"{{"command":"set_status","article":"{article}","annotator":"bo","status":"done"}}"#),
    ] {
        elsewhere(&desk, "bo", &command);
    }
    desk.ask(Request::Poll);
    desk
}

/// Somebody does something in another window.
fn elsewhere(desk: &Desk, who: &str, command: &str) {
    let config = Config {
        annotator: annotator_named(who).unwrap(),
        ..config(desk.home.path())
    };
    let mut session = Session::open(&desk.project(), config).unwrap();
    session.run(&Command::from_json(command).unwrap(), None).unwrap();
}

fn label_of(desk: &Desk) -> String {
    let article = desk.article();
    let span = article.layer.spans.iter().next().unwrap();
    span.label.to_string()
}

fn relabel(desk: &Desk, label: &str) -> Arc<Snapshot> {
    let command = format!(r#"{{"command":"set_label","span":"s1","label":"{label}"}}"#);
    desk.ask(Request::Run {
        command: Command::from_json(&command).unwrap(),
        selection: None,
    })
}

#[test]
fn what_is_shown_is_ones_own_until_another_is_asked_for_and_again_in_the_next_article() {
    let desk = with_work_of_bo();
    let open = desk.article();
    assert_eq!((open.annotator.as_str(), open.others.clone()), ("me", vec![bo()]));
    assert!(open.layer.spans.is_empty());
    desk.ask(Request::ShowWorkOf(open.id.clone(), Some(bo())));
    assert_eq!(desk.article().annotator, bo());
    assert_eq!(label_of(&desk), "actor");
    // A look at the project anew does not take the view away.
    desk.ask(Request::Poll);
    assert_eq!(desk.article().annotator, bo());
    desk.ask(Request::GoTo(Neighbour::Next));
    assert_eq!(desk.article().annotator.as_str(), "me");
    desk.ask(Request::GoTo(Neighbour::Previous));
    assert_eq!(desk.article().annotator.as_str(), "me");
}

#[test]
fn a_list_of_anothers_work_opens_it_where_there_is_some() {
    let desk = with_work_of_bo();
    desk.ask(Request::SetList(ListQuery::all(bo())));
    assert_eq!(desk.article().annotator, bo());
    desk.ask(Request::GoTo(Neighbour::Next));
    assert_eq!(
        desk.article().annotator.as_str(),
        "me",
        "Bo has nothing there to be seen"
    );
    let me = annotator_named("me").unwrap();
    desk.ask(Request::SetList(ListQuery::all(me)));
    desk.ask(Request::GoTo(Neighbour::Previous));
    assert_eq!(desk.article().annotator.as_str(), "me");
}

#[test]
fn a_command_changes_the_layer_that_was_drawn_when_it_was_asked_for() {
    let desk = with_work_of_bo();
    let article = desk.article().id.clone();
    let tag = |desk: &Desk| desk.tag(0, 8, "date");
    // The window still draws one's own work: what is asked for then stays out of Bo's.
    desk.draw();
    desk.service
        .send(Request::ShowWorkOf(article.clone(), Some(bo())));
    tag(&desk);
    assert_eq!(desk.article().layer.spans.len(), 1, "Bo's work is as it was");
    desk.draw();
    tag(&desk);
    assert_eq!(desk.article().layer.spans.len(), 2);
    desk.ask(Request::ShowWorkOf(article, None));
    assert_eq!(desk.article().layer.spans.len(), 1);
}

#[test]
fn a_reviewer_takes_back_her_own_corrections_and_not_the_work_itself() {
    let desk = with_work_of_bo();
    let article = desk.article().id.clone();
    desk.ask(Request::ShowWorkOf(article.clone(), Some(bo())));
    desk.draw();
    assert_eq!(desk.article().undo, None, "there is nothing of hers to take back");
    relabel(&desk, "location");
    assert_eq!(
        desk.article().undo.as_deref(),
        Some("change actor “Alep” to location")
    );
    let undo = || Request::Undo(UndoScope::Article(article.clone()));
    desk.ask(undo());
    assert_eq!(label_of(&desk), "actor");
    let shown = desk.ask(undo());
    assert_eq!(shown.notices.last().unwrap().code, "nothing_to_undo");
    assert_eq!(desk.article().layer.spans.len(), 1);
}

#[test]
fn the_walk_shows_work_to_be_reviewed_and_says_when_nothing_is_left() {
    let desk = with_work_of_bo();
    let me = annotator_named("me").unwrap();
    let next = |stay| Request::NextToReview {
        which: ToReview::OthersThan(me.clone()),
        stay,
    };
    let shown = desk.ask(next(true));
    assert_eq!((desk.article().annotator.clone(), shown.to_review), (bo(), 1));
    let shown = desk.ask(next(false));
    assert!(shown.notices.last().unwrap().text.contains("only work"));
    let approve = format!(
        r#"{{"command":"set_review","article":"{}","annotator":"bo","review":"approved"}}"#,
        desk.article().id
    );
    desk.ask(Request::Run {
        command: Command::from_json(&approve).unwrap(),
        selection: None,
    });
    let shown = desk.ask(next(false));
    assert_eq!(shown.to_review, 0);
    assert!(shown.notices.last().unwrap().text.contains("Nothing is left"));
}

/// Bo's work is drawn, with two spans.
fn reviewing_bo() -> Desk {
    let desk = with_work_of_bo();
    let article = desk.article().id.clone();
    let add = format!(
        r#"{{"command":"add_span","article":"{article}","annotator":"bo","ranges":[[0,2]],"label":"date","id":"s2"}}"#
    );
    elsewhere(&desk, "bo", &add);
    desk.ask(Request::ShowWorkOf(article, Some(bo())));
    desk.draw();
    desk
}

fn of_bo(desk: &Desk, command: &str) -> Request {
    let article = desk.article().id.clone();
    let command = command.replace("HERE", &format!(r#""article":"{article}","annotator":"bo""#));
    Request::Run {
        command: Command::from_json(&command).unwrap(),
        selection: None,
    }
}

const APPROVE: &str = r#"{"command":"set_review",HERE,"review":"approved"}"#;
const ACCEPT: &str = r#"{"command":"set_span_review","span":"s1",HERE,"verdict":"approved"}"#;
const RELABEL: &str = r#"{"command":"set_label","span":"s1","label":"location"}"#;

#[track_caller]
fn is_refused(shown: &Snapshot) -> bool {
    shown.notices.iter().any(|notice| {
        let is_it = notice.code == "not_seen";
        assert!(!is_it || notice.hint.as_deref() == Some("look at what changed, then approve again"));
        is_it
    })
}

#[test]
fn nobody_approves_what_was_changed_elsewhere_since_it_was_drawn() {
    let desk = reviewing_bo();
    elsewhere(&desk, "bo", RELABEL);
    let shown = desk.ask(of_bo(&desk, APPROVE));
    assert!(is_refused(&shown), "{:?}", shown.notices);
    assert!(
        shown.notices.last().unwrap().text.contains("not seen yet"),
        "{:?}",
        shown.notices
    );
    assert_eq!(label_of(&desk), "date");
    let changed = SpanId::new("s1").unwrap();
    let layer = desk.article().layer.clone();
    assert_eq!(
        layer.spans.get(&changed).unwrap().label.as_str(),
        "location",
        "it is shown as it is now"
    );
    assert_eq!(layer.review, None);
    assert_eq!(shown.reveal.as_ref().unwrap().selection.span, Some(changed));
    // Drawn, it is seen.
    desk.draw();
    desk.ask(of_bo(&desk, APPROVE));
    assert_eq!(desk.article().layer.review, Some(crate::model::Verdict::Approved));
}

#[test]
fn what_the_session_knows_and_the_window_has_not_drawn_is_not_seen_either() {
    let desk = reviewing_bo();
    elsewhere(&desk, "bo", RELABEL);
    desk.ask(Request::Poll);
    assert!(is_refused(&desk.ask(of_bo(&desk, APPROVE))));
    assert_eq!(desk.article().layer.review, None);
}

#[test]
fn what_a_window_did_itself_it_has_seen_in_a_copy_as_well() {
    let desk = reviewing_bo();
    desk.ask(of_bo(
        &desk,
        r#"{"command":"set_label","span":"s1","label":"location",HERE}"#,
    ));
    desk.ask(Request::SaveProjectAs(desk.home.path().join("copy.hashiya")));
    let shown = desk.ask(of_bo(&desk, APPROVE));
    assert!(!is_refused(&shown), "{:?}", shown.notices);
}

#[test]
fn what_a_window_did_itself_it_has_seen() {
    let desk = reviewing_bo();
    desk.ask(of_bo(
        &desk,
        r#"{"command":"set_label","span":"s1","label":"location",HERE}"#,
    ));
    let shown = desk.ask(of_bo(&desk, APPROVE));
    assert!(!is_refused(&shown), "{:?}", shown.notices);
    assert_eq!(desk.article().layer.review, Some(crate::model::Verdict::Approved));
}

#[test]
fn a_span_is_accepted_as_it_was_drawn_whatever_became_of_others() {
    let desk = reviewing_bo();
    elsewhere(&desk, "bo", &RELABEL.replace("s1", "s2"));
    let shown = desk.ask(of_bo(&desk, ACCEPT));
    assert!(!is_refused(&shown), "{:?}", shown.notices);
    desk.draw();
    elsewhere(&desk, "bo", RELABEL);
    assert!(is_refused(&desk.ask(of_bo(&desk, ACCEPT))));
    // A correction comes with the verdict, and goes with it.
    let corrected =
        r#"{"command":"batch","commands":[{"command":"set_label","span":"s1","label":"date",HERE},ACCEPT]}"#;
    desk.ask(of_bo(&desk, &corrected.replace("ACCEPT", ACCEPT)));
    let layer = desk.article().layer.clone();
    assert_eq!(
        layer
            .spans
            .get(&SpanId::new("s1").unwrap())
            .unwrap()
            .label
            .as_str(),
        "location"
    );
}

#[test]
fn notes_stand_in_nobodys_way_and_the_word_of_another_reviewer_does() {
    let desk = reviewing_bo();
    let article = desk.article().id.clone();
    let at = format!(r#""article":"{article}","annotator":"bo""#);
    elsewhere(
        &desk,
        "bo",
        &format!(r#"{{"command":"add_note","text":"sûr",{at}}}"#),
    );
    let ask = format!(r#"{{"command":"set_span_review","span":"s2","verdict":"changes_requested",{at}}}"#);
    elsewhere(&desk, "cy", &ask);
    assert!(is_refused(&desk.ask(of_bo(&desk, APPROVE))));
    let shown = desk.ask(of_bo(&desk, ACCEPT));
    let span = desk
        .article()
        .layer
        .spans
        .get(&SpanId::new("s1").unwrap())
        .unwrap()
        .clone();
    assert!(span.review.is_some(), "{:?}", shown.notices);
    // To ask for changes blesses nothing.
    desk.ask(of_bo(
        &desk,
        r#"{"command":"set_review",HERE,"review":"changes_requested"}"#,
    ));
    assert!(desk.article().layer.review.is_some());
}

#[test]
fn work_that_is_not_handed_in_any_more_is_not_approved_unseen() {
    let desk = reviewing_bo();
    let article = desk.article().id.clone();
    let status = format!(r#"{{"command":"set_status","article":"{article}","status":"in_progress"}}"#);
    elsewhere(&desk, "bo", &status);
    assert!(is_refused(&desk.ask(of_bo(&desk, APPROVE))));
}

#[test]
fn a_refused_approval_does_not_lead_on() {
    let desk = reviewing_bo();
    let article = desk.article().id.clone();
    // Other work waits to be reviewed.
    desk.ask(Request::GoTo(Neighbour::Next));
    let next = desk.article().id.clone();
    let done = format!(r#"{{"command":"set_status","article":"{next}","status":"done"}}"#);
    elsewhere(&desk, "bo", &done);
    desk.ask(Request::ShowWorkOf(article.clone(), Some(bo())));
    desk.draw();
    elsewhere(&desk, "bo", RELABEL);
    let approve = || Request::ApproveAndNext {
        approval: SetReview {
            article: article.clone(),
            annotator: Some(bo()),
            review: Some(crate::model::Verdict::Approved),
        },
        which: ToReview::OthersThan(annotator_named("me").unwrap()),
    };
    assert!(is_refused(&desk.ask(approve())));
    assert_eq!(desk.article().id, article);
    desk.draw();
    desk.ask(approve());
    assert_eq!(
        (desk.article().id.clone(), desk.article().annotator.clone()),
        (next, bo())
    );
}
