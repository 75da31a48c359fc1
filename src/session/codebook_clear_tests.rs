//! What goes with what is cleared, comes back with it, or stays away.

use super::*;

#[test]
fn what_hangs_on_what_is_cleared_goes_with_it_and_comes_back_with_it() {
    let mut bench = Bench::coded();
    for kind in ["victims", "claimed-by"] {
        bench.run(&format!(
            r#"{{"command":"remove_codebook_entry","kind":"relation_type","id":"{kind}","clear":true}}"#
        ));
    }
    bench.run(r#"{"command":"set_relation_type","relation_type":"part-of","from":[],"to":[]}"#);
    bench.run(r#"{"command":"set_label_definition","label":"figure","names":{"en":"Figure"}}"#);
    let article = bench.articles()[0].clone();
    let at = format!(r#""article":"{article}","annotator":"me""#);
    for command in [
        r#"{"command":"add_span","id":"s3","label":"figure","ranges":[[0,2]],AT}"#,
        r#"{"command":"add_relation","id":"r","type":"part-of","from":"s3","to":"s2",AT}"#,
        r#"{"command":"add_note","target":"r","text":"?",AT}"#,
        r#"{"command":"add_note","target":"s3","text":"?",AT}"#,
        r#"{"command":"add_event","type":"incident","id":"e3","trigger":"s3","roles":[],AT}"#,
    ] {
        bench.run(&command.replace("AT", &at));
    }
    let line = r#"{"command":"remove_codebook_entry","kind":"label","id":"figure","clear":true}"#;
    bench.there_and_back(line);
    bench.run(line);
    let me = annotator_named("me").unwrap();
    let layer = bench.session.layer(&article, &me).unwrap();
    assert_eq!(
        (layer.spans.len(), layer.relations.len(), layer.notes.len()),
        (2, 0, 2)
    );
    assert!(layer.events.values().all(|event| event.trigger.is_none()));
}

#[test]
fn a_dismissal_goes_with_what_is_cleared_and_comes_back_with_it() {
    let mut bench = Bench::coded();
    bench.run(r#"{"command":"set_event_type","event_type":"incident","attributes":[{"id":"kind","required":true}]}"#);
    let article = bench.articles()[0].clone();
    let at = format!(r#""article":"{article}","annotator":"me""#);
    bench.run(&format!(
        r#"{{"command":"add_event","id":"e","type":"incident",{at}}}"#
    ));
    bench.run(&format!(
        r#"{{"command":"dismiss_problem","problem":"missing_attribute/event/e/kind",{at}}}"#
    ));
    let line = r#"{"command":"remove_codebook_entry","kind":"event_type","id":"incident","clear":true}"#;
    bench.there_and_back(line);
    bench.run(line);
    let layer = bench
        .session
        .layer(&article, &annotator_named("me").unwrap())
        .unwrap();
    assert!(layer.dismissed.is_empty(), "{:?}", layer.dismissed);
}

#[test]
fn a_figure_that_was_cleared_stays_away_where_another_label_asks_for_it_too() {
    let mut bench = Bench::new();
    let path = bench.home.path().join("c.txt");
    std::fs::write(&path, "Les frappes ont tué plus de 50 civils.").unwrap();
    let report = bench
        .session
        .import(&[path], &ImportOptions::default(), &mut Watch::silent());
    assert_eq!(report.unwrap().added, 1);
    let article = bench.articles()[2].clone();
    let me = annotator_named("me").unwrap();
    for (command, is_read) in [
        (
            r#"{"command":"set_label_definition","label":"toll","names":{"en":"Toll"},"attributes":[{"id":"quantity"}]}"#,
            false,
        ),
        (
            r#"{"command":"add_span","article":"AT","id":"s","label":"casualty","ranges":[[20,37]]}"#,
            true,
        ),
        (
            r#"{"command":"set_label","article":"AT","span":"s","label":"toll"}"#,
            true,
        ),
        (
            r#"{"command":"set_attribute","article":"AT","target":"s","attribute":"quantity","value":null}"#,
            false,
        ),
        (
            r#"{"command":"set_label","article":"AT","span":"s","label":"casualty"}"#,
            false,
        ),
    ] {
        bench.run(&command.replace("AT", article.as_str()));
        let layer = bench.session.layer(&article, &me).unwrap();
        let span = layer.spans.iter().next();
        let has_figure = span.is_some_and(|span| span.attributes.keys().any(|id| id.as_str() == "quantity"));
        assert_eq!(has_figure, is_read, "{command}");
    }
}
