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
        let project = desk.service.snapshot().project.clone().unwrap().path.clone();
        let config = Config {
            annotator: bo(),
            clock: Arc::new(CountingClock::default()),
            ids: Arc::new(UuidSource),
            folders: Folders::at(&desk.home.path().join("home")),
        };
        let mut session = Session::open(&project, config).unwrap();
        session.run(&Command::from_json(&command).unwrap(), None).unwrap();
    }
    desk.ask(Request::Poll);
    desk
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
    desk.ask(Request::GoTo(GoTo::Next));
    assert_eq!(desk.article().annotator.as_str(), "me");
    desk.ask(Request::GoTo(GoTo::Previous));
    assert_eq!(desk.article().annotator.as_str(), "me");
}

#[test]
fn a_list_of_anothers_work_opens_it_where_there_is_some() {
    let desk = with_work_of_bo();
    desk.ask(Request::SetList(ListQuery::all(bo())));
    assert_eq!(desk.article().annotator, bo());
    desk.ask(Request::GoTo(GoTo::Next));
    assert_eq!(
        desk.article().annotator.as_str(),
        "me",
        "Bo has nothing there to be seen"
    );
    let me = annotator_named("me").unwrap();
    desk.ask(Request::SetList(ListQuery::all(me)));
    desk.ask(Request::GoTo(GoTo::Previous));
    assert_eq!(desk.article().annotator.as_str(), "me");
}

#[test]
fn a_command_changes_the_layer_that_was_drawn_when_it_was_asked_for() {
    let desk = with_work_of_bo();
    let article = desk.article().id.clone();
    let tag = |desk: &Desk| desk.tag(0, 8, "date");
    // The window still draws one's own work: what is asked for then stays out of Bo's.
    desk.service.set_drawn(Some(&annotator_named("me").unwrap()));
    desk.service
        .send(Request::ShowWorkOf(article.clone(), Some(bo())));
    tag(&desk);
    assert_eq!(desk.article().layer.spans.len(), 1, "Bo's work is as it was");
    desk.service.set_drawn(Some(&bo()));
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
    desk.service.set_drawn(Some(&bo()));
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
