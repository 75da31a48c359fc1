//! brat documents: exact bytes, round trips, and what other tools write.

use std::collections::BTreeMap;

use super::super::testing::{marked, options, read_from, relate, write_to};
use super::super::{Collected, ReadOptions};
use super::FORMAT;
use super::names::{one_line, role_name, type_name, unescaped};
use crate::model::{
    Annotator, Article, Attributes, Event, EventId, EventTypeId, Extra, Filler, Layer, RoleFiller, RoleId,
    SpanId, Status, Value,
};

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn again(article: &(Article, Vec<(Annotator, Layer)>)) -> (Article, Vec<(Annotator, Layer)>) {
    let folder = folder();
    let (path, said) = write_to(folder.path(), &FORMAT, &options(), std::slice::from_ref(article));
    assert!(said.is_empty(), "{said:?}");
    let mut read = read_from(&path, &ReadOptions::default());
    assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
    assert_eq!(read.articles.len(), 1);
    let read = read.articles.remove(0);
    let layers = read
        .layers
        .into_iter()
        .map(|(annotator, layer)| (annotator.unwrap(), layer));
    (read.article, layers.collect())
}

/// Places and labels by id: what an origin that names the file does not touch.
fn spans(layer: &Layer) -> BTreeMap<String, (String, String, Attributes)> {
    let spans = layer.spans.iter();
    spans
        .map(|span| {
            let what = (
                span.label.to_string(),
                format!("{:?}", span.ranges),
                span.attributes.clone(),
            );
            (span.id.to_string(), what)
        })
        .collect()
}

fn foreign(files: &[(&str, &str)]) -> Collected {
    let folder = folder();
    for (name, content) in files {
        std::fs::write(folder.path().join(name), content).unwrap();
    }
    read_from(folder.path(), &ReadOptions::default())
}

#[test]
fn lines_are_as_brat_wants_them() {
    let folder = folder();
    let article = marked(
        "a1",
        "{1:armed group|Les FDS|1} à {2:location|Alep\r\nEst|2} et {3:x|un|3} mot {3|deux|3}",
    );
    let (path, _) = write_to(folder.path(), &FORMAT, &options(), &[article]);
    let ann = std::fs::read_to_string(path.join("ana/a1.ann")).unwrap();
    assert_eq!(
        ann,
        "T1\tarmed_x20_group 0 7\tLes FDS\nT2\tlocation 10 14;16 19\tAlep Est\nT3\tx 23 25;30 34\tun deux\n"
    );
    assert!(path.join("annotation.conf").is_file());
}

#[test]
fn what_was_written_comes_back() {
    for markup in [
        "",
        "{1:a|la {2:b é|Syrie|2}|1} 👩‍👩‍👧 {3:حلب|e\u{301}\u{a0}x|3}",
        "{1:a|un {2:b|deux|1} trois|2}",
        "{1:a|x\r\ny\rz\u{2028}w\u{85}v\u{b}u\u{c}t|1}",
        "{1:a|x|1}\n{1|y|1} {2:_x20_|=SUM(A1)\t]]>|2}",
        "{1:a|fin\n|1}",
    ] {
        let article = marked("a b", markup);
        let read = again(&article);
        assert_eq!(read.0, article.0);
        if article.1[0].1.exists() {
            assert_eq!(spans(&read.1[0].1), spans(&article.1[0].1), "{markup:?}");
        }
    }
}

#[test]
fn events_relations_and_values_come_back() {
    let mut article = marked(
        "a",
        "{1:event|attack|1} in {2:location|Homs|2} by {3:actor|FDS|3}",
    );
    let layer = &mut article.1[0].1;
    layer.status = Some(Status::Done);
    let id = |id: &str| SpanId::new(id).unwrap();
    let filler = |role: &str, filler: Filler, inferred| RoleFiller {
        role: RoleId::new(role).unwrap(),
        filler,
        inferred,
        note: inferred.then(|| "why\nso".to_owned()),
        extra: Extra::new(),
    };
    for (name, rank, trigger) in [("e1", 1, Some(id("1"))), ("e2", 2, None)] {
        let event = Event {
            id: EventId::new(name).unwrap(),
            event_type: EventTypeId::new("battle").unwrap(),
            rank,
            trigger,
            roles: vec![
                filler("place 2", Filler::Span(id("2")), false),
                filler("toll", Filler::Value(Value::Integer(3)), false),
                filler("actor", Filler::Span(id("3")), true),
                filler("actor", Filler::Span(id("1")), false),
            ],
            attributes: Attributes::new(),
            extra: Extra::new(),
        };
        layer.events.insert(event.id.clone(), event);
    }
    relate(layer, "r", "part of", "2", "3");
    let read = again(&article);
    let (read, layer) = (&read.1[0].1, &article.1[0].1);
    assert_eq!(read.relations, layer.relations);
    assert_eq!(read.status, layer.status);
    assert_eq!(spans(read), spans(layer));
    let events = |layer: &Layer| -> Vec<_> {
        let events = layer.events_in_order().into_iter();
        events
            .map(|event| (event.id.clone(), event.trigger.clone(), event.roles.clone()))
            .collect()
    };
    assert_eq!(events(read), events(layer));
}

#[test]
fn collections_of_others_are_read() {
    let read = foreign(&[
        ("d.txt", "😀 Sony bought Aiwa"),
        (
            "d.ann",
            "T1\tOrg 2 6\tSony\r\nT2\tOrg 14 18\tAiwa\nT3\tBuy 7 13\tbought\nE1\tBuy:T3 Buyer:T1 Bought2:T2\n\
             M1\tNegated E1\nN1\tReference T1 Wikidata:Q41187\tSony\n*\tEquiv T1 T2\n#1\tAnnotatorNotes T1\tsure?\n",
        ),
        ("alone.txt", "Nothing is marked here."),
    ]);
    assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
    assert_eq!(read.articles.len(), 2);
    let layer = &read
        .articles
        .iter()
        .find(|one| !one.layers.is_empty())
        .unwrap()
        .layers[0]
        .1;
    assert_eq!(
        (
            layer.spans.len(),
            layer.relations.len(),
            layer.events.len(),
            layer.notes.len()
        ),
        (3, 1, 1, 1)
    );
    let event = layer.events.values().next().unwrap();
    assert_eq!(event.roles[1].role.as_str(), "Bought");
    assert_eq!(event.attributes.len(), 1);
}

#[test]
fn an_event_in_a_role_is_its_trigger_and_told() {
    let read = foreign(&[
        ("d.txt", "quake flood"),
        (
            "d.ann",
            "T1\tQuake 0 5\tquake\nT2\tFlood 6 11\tflood\nE1\tQuake:T1\nE2\tFlood:T2 Cause:E1\nR1\tThen Arg1:E1 Arg2:E2\n",
        ),
    ]);
    let told: Vec<(&str, &str)> = read
        .diagnostics
        .iter()
        .map(|found| (found.code, found.message.split(';').next().unwrap()))
        .collect();
    assert_eq!(
        told,
        [(
            "event_as_span",
            "events that fill a role or are joined by a relation: 3"
        )]
    );
    let layer = &read.articles[0].layers[0].1;
    let filled = layer.events.values().flat_map(|event| &event.roles).count();
    assert_eq!((filled, layer.relations.len()), (1, 1));
}

#[test]
fn only_choices_are_offered_as_values() {
    let conf = super::configuration::configuration(&options().codebook);
    let values = |name: &str| {
        let mut lines = conf.lines().filter(|line| line.starts_with(&format!("{name}\t")));
        lines.next().unwrap().contains("Value:")
    };
    assert!(values("type"), "{conf}");
    // A figure is JSON that holds some of its choices.
    assert!(!values("quantity"), "{conf}");
}

#[test]
fn a_file_in_another_unit_is_put_right_as_a_whole() {
    let read = foreign(&[("d.txt", "😀 Sony"), ("d.ann", "T1\tOrg 3 7\tSony\n")]);
    assert_eq!(read.diagnostics[0].code, "offset_unit");
    assert_eq!(read.articles[0].layers[0].1.spans.len(), 1);
}

#[test]
fn nothing_that_is_cut_or_wrong_panics_or_goes_silently() {
    let good =
        "T1\tOrg 0 4\tSony\nR1\tx Arg1:T1 Arg2:T1\nE1\tOrg:T1 A:T1\nA1\tN T1 v\n#1\tAnnotatorNotes T1\tn\n";
    for end in 0..good.len() {
        let read = foreign(&[("d.txt", "Sony"), ("d.ann", good.get(..end).unwrap())]);
        assert_eq!(read.articles.len(), 1, "{end}");
    }
    for bad in [
        "T1\tOrg 0 9\tSony",
        "T1\tOrg 0 4\tSonx",
        "R1\tx Arg1:T8 Arg2:T9",
        "Q1\tx y",
        "T1",
        "E1\tx:T9 A:T8",
    ] {
        let read = foreign(&[("d.txt", "Sony"), ("d.ann", bad)]);
        assert!(!read.diagnostics.is_empty(), "{bad}");
        assert_eq!(read.diagnostics[0].line, Some(1), "{bad}");
    }
}

#[test]
fn names_come_back() {
    for name in [
        "a", "a b", "_x20_", "_x", "حلب", "place2", "x_", "", " a ", "a\nb", "\t",
    ] {
        assert_eq!(unescaped(&one_line(name)), name, "{name:?}");
        assert_eq!(unescaped(&type_name(name)), name, "{name:?}");
        assert_eq!(unescaped(&role_name(name)), name, "{name:?}");
    }
}

#[test]
fn what_was_changed_in_brat_stays_and_what_was_known_of_it_goes() {
    use super::super::generated_full::full_article;
    let folder = folder();
    let (path, _) = write_to(folder.path(), &FORMAT, &options(), &[full_article()]);
    let ann = path.join("ana/a1.ann");
    let lines = std::fs::read_to_string(&ann).unwrap();
    let verdicts = |read: &Collected| {
        let layer = &read.articles[0].layers[0].1;
        let spans = layer.spans.iter();
        let judged = spans.filter(|span| span.review.is_some());
        judged.map(|span| span.label.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(
        verdicts(&read_from(&path, &ReadOptions::default())),
        ["actor", "location"]
    );
    let changed = lines.replace("\tactor 0 7\t", "\tlocation 0 7\t");
    let changed: String = changed
        .split_inclusive('\n')
        .filter(|line| !line.starts_with("R1") && !line.contains(" R1"))
        .collect();
    std::fs::write(&ann, changed).unwrap();
    let read = read_from(&path, &ReadOptions::default());
    assert_eq!(verdicts(&read), ["location"]);
    let codes: Vec<&str> = read.diagnostics.iter().map(|found| found.code).collect();
    assert_eq!(codes, ["changed_since", "gone_since"], "{:?}", read.diagnostics);
    let layer = &read.articles[0].layers[0].1;
    let first = layer.spans.iter().next().unwrap();
    assert_eq!(first.label.as_str(), "location");
    assert_eq!(layer.notes.len(), 2);
}
