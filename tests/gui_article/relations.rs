//! Where relations are drawn, over text of both directions: from span to span, and never over words.

use egui::{Key, Modifiers, Pos2, Rect, pos2};
use hashiya::model::{
    Attributes, Extra, LabelId, Relation, RelationId, RelationType, RelationTypeId, SpanId, Words,
};
use hashiya::text::{ByteOffset, ByteRange};

use super::desk::{Bench, Desk, click, desk, focused, point_in, press, rect_of};

/// Latin in Arabic, Arabic in Latin, Hebrew with a number, each so long that it wraps.
const MIXED: &str = "Dans la province d'Alep (حلب), plus de 50 civils auraient été tués mardi, dont 12 enfants, \
    selon Emmanuel Macron et la coalition internationale.\n\
    قال Emmanuel Macron (48 عاماً) إن القوات وصلت بالمغرب أمس، وقتل خمسون مدنيا في بنش قرب إدلب، بحسب منظمة Nour \
    Relief التي تعمل في ٣ محافظات.\n\
    לפי הדיווח נהרגו 17 אזרחים ליד Port Halden, כך נמסר מן הצבא ביום שלישי בערב, ועוד עשרות נפצעו בדרך הביתה.";

fn relation(mut desk: Desk, id: &str, from: &str, to: &str) -> Desk {
    let kind = RelationTypeId::new("about").unwrap();
    if desk.codebook.relation_types.is_empty() {
        desk.codebook.relation_types.push(RelationType {
            id: kind.clone(),
            names: Words::from([("en".to_owned(), "About".to_owned())]),
            description: Words::default(),
            from: vec![LabelId::new("casualty").unwrap()],
            to: Vec::new(),
            attributes: Vec::new(),
            retired: false,
        });
    }
    let relation = Relation {
        id: RelationId::new(id).unwrap(),
        relation_type: kind,
        from: SpanId::new(from).unwrap(),
        to: SpanId::new(to).unwrap(),
        attributes: Attributes::new(),
        extra: Extra::new(),
    };
    desk.layer.relations.insert(relation.id.clone(), relation);
    desk
}

/// Draws the relations of all spans.
fn all(desk: Desk) -> Bench {
    let mut bench = focused(desk);
    bench.state_mut().state.show_all_relations(true);
    bench.run_steps(2);
    bench
}

fn ways(bench: &Bench) -> Vec<(String, Vec<Pos2>)> {
    let ways = bench.state().state.relation_ways();
    ways.map(|(id, way)| (id.to_string(), way.to_vec())).collect()
}

/// Whether a point is inside the words of a line, a hair's breadth off its top.
fn in_words(bench: &Bench, point: Pos2) -> bool {
    let desk = bench.state();
    let whole = ByteRange::between(ByteOffset::ZERO, desk.text.end());
    let lines = desk.state.screen_rects(whole);
    lines
        .iter()
        .any(|line| Rect::from_min_max(line.min + egui::vec2(0.0, 1.0), line.max).contains(point))
}

#[track_caller]
fn leads(bench: &Bench, id: &str, from: &str, to: &str) {
    let found = ways(bench).into_iter().find(|(known, _)| known == id);
    let (_, way) = found.expect("the relation is drawn");
    for (point, words) in [(way[0], from), (way[way.len() - 1], to)] {
        let rect = rect_of(bench, words);
        let at_top = (point.y - rect.top()).abs() < 2.0;
        assert!(
            at_top && rect.x_range().contains(point.x),
            "{id}: {point:?} at {words} {rect:?}"
        );
    }
    for point in &way {
        assert!(!in_words(bench, *point), "{id}: {point:?} is in the words");
    }
}

fn coded() -> Desk {
    let desk = desk(MIXED)
        .with("c50", "plus de 50 civils", "casualty")
        .with("c12", "12 enfants", "casualty")
        .with("alep", "province d'Alep", "location")
        .with("quw", "القوات", "actor")
        .with("kha", "خمسون مدنيا", "casualty")
        .with("nour", "محافظات", "actor")
        .with("heb", "17 אזרחים", "casualty")
        .with("port", "Port Halden", "location");
    let desk = relation(desk, "latin", "c50", "alep");
    let desk = relation(desk, "across", "c50", "quw");
    let desk = relation(desk, "arabic", "kha", "quw");
    let desk = relation(desk, "down", "kha", "nour");
    let desk = relation(desk, "hebrew", "heb", "port");
    relation(desk, "up", "heb", "c50")
}

#[test]
fn ways_lead_from_span_to_span_in_all_directions_and_never_through_words() {
    let bench = all(coded());
    assert_eq!(ways(&bench).len(), 6);
    leads(&bench, "latin", "plus de 50 civils", "province d'Alep");
    leads(&bench, "across", "plus de 50 civils", "القوات");
    leads(&bench, "arabic", "خمسون مدنيا", "القوات");
    leads(&bench, "down", "خمسون مدنيا", "محافظات");
    leads(&bench, "hebrew", "17 אזרחים", "Port Halden");
    leads(&bench, "up", "17 אזרחים", "plus de 50 civils");
}

#[test]
fn between_lines_of_arabic_the_way_runs_at_the_left_where_they_end() {
    let bench = all(coded());
    let text = rect_of(&bench, "Dans");
    let is_left = |id: &str| {
        let found = ways(&bench).into_iter().find(|(known, _)| known == id);
        found.is_some_and(|(_, way)| way.iter().any(|point| point.x < text.left() - 4.0))
    };
    assert!(is_left("down") && !is_left("across"));
}

#[test]
fn only_the_selected_span_has_its_relations_drawn() {
    let mut bench = focused(coded());
    assert_eq!(ways(&bench).len(), 0);
    let at = point_in(&bench, "17 אזרחים", 0.5);
    click(&mut bench, at, 1, Modifiers::NONE);
    let drawn: Vec<String> = ways(&bench).into_iter().map(|(id, _)| id).collect();
    assert_eq!(drawn, ["hebrew", "up"]);
}

#[test]
fn of_an_interrupted_span_the_part_next_to_the_other_end_is_linked() {
    let desk = desk(MIXED)
        .in_parts("parts", &["plus de 50", "القوات"], "casualty")
        .with("port", "Port Halden", "location");
    let bench = all(relation(desk, "r", "parts", "port"));
    leads(&bench, "r", "القوات", "Port Halden");
}

#[test]
fn a_relation_to_a_span_out_of_view_leads_to_the_edge() {
    let long = format!("{MIXED}\n{}Fin à Hama.", "Une ligne de plus.\n".repeat(60));
    let desk = desk(&long)
        .with("c50", "plus de 50 civils", "casualty")
        .with("hama", "Hama", "location");
    let mut bench = focused(relation(desk, "r", "c50", "hama"));
    let at = point_in(&bench, "50 civils", 0.5);
    click(&mut bench, at, 1, Modifiers::NONE);
    let (_, way) = ways(&bench).remove(0);
    let end = way[way.len() - 1];
    assert!(end.y > 550.0, "{way:?}");
    // The words there have room of their own, and lie over no line of the text.
    let strip = strip(&bench).expect("there is room for them");
    assert!((strip.top() - end.y).abs() < 1.0, "{strip:?} {end:?}");
    click(&mut bench, pos2(100.0, 590.0), 1, Modifiers::NONE);
    assert_eq!(bench.state().span(), "c50", "what is below is not in view");
    // The words at the edge lead there.
    bench.hover_at(pos2(740.0, 580.0));
    click(&mut bench, pos2(740.0, 580.0), 1, Modifiers::NONE);
    assert_eq!(bench.state().span(), "hama");
    assert!(
        bench
            .state()
            .state
            .screen_rects(bench.state().range("Hama"))
            .len()
            == 1
    );
}

/// What is drawn over the text at the lower edge of the view, so that words there can be read.
fn strip(bench: &Bench) -> Option<egui::Rect> {
    let canvas = hashiya::gui::theme::Palette::of(&bench.ctx).canvas;
    let shapes = bench.output().shapes.iter();
    let mut grounds = shapes.filter_map(|shape| match &shape.shape {
        egui::Shape::Rect(ground) if ground.fill == canvas => Some(ground.rect),
        _ => None,
    });
    grounds.find(|rect| rect.width() > 600.0 && rect.height() < 120.0 && rect.bottom() > 585.0)
}

#[test]
fn a_span_that_is_selected_at_the_edge_stays_in_view() {
    let lines = "Une ligne de plus.\n";
    let bench = focused(desk(&lines.repeat(60)));
    let last = (0..60).rfind(|place| {
        let at = ByteOffset::new(place * lines.len());
        let rects = bench
            .state()
            .state
            .screen_rects(ByteRange::between(at, ByteOffset::new(at.get() + 3)));
        rects.first().is_some_and(|rect| rect.bottom() < 595.0)
    });
    let before = lines.repeat(last.unwrap() - 1);
    let desk = desk(&format!(
        "{before}Il y a 50 civils.\n{}Fin à Hama.",
        lines.repeat(60)
    ))
    .with("c50", "50 civils", "casualty")
    .with("hama", "Hama", "location");
    let mut bench = focused(relation(desk, "r", "c50", "hama"));
    let at = point_in(&bench, "50 civils", 0.5);
    click(&mut bench, at, 1, Modifiers::NONE);
    let strip = strip(&bench).expect("it leads out of view");
    let words = point_in(&bench, "50 civils", 0.5);
    assert!(words.y < strip.top(), "{words:?} {strip:?}");
    assert_eq!(bench.state().span(), "c50");
}

#[test]
fn a_click_on_a_way_selects_its_relation_and_escape_lets_go_of_it_first() {
    let mut bench = focused(coded());
    let at = point_in(&bench, "17 אזרחים", 0.5);
    click(&mut bench, at, 1, Modifiers::NONE);
    let found = ways(&bench).into_iter().find(|(id, _)| id == "up");
    let (_, way) = found.unwrap();
    let in_margin = way.iter().min_by(|a, b| a.x.total_cmp(&b.x)).copied().unwrap();
    click(&mut bench, in_margin, 1, Modifiers::NONE);
    let selected = bench.state().state.selected_relation().map(RelationId::as_str);
    assert_eq!(selected, Some("up"));
    press(&mut bench, Key::Escape, Modifiers::NONE);
    assert_eq!(bench.state().state.selected_relation(), None);
    assert_eq!(bench.state().span(), "heb");
}
