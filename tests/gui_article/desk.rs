//! An article on a desk: the widget in a harness, with a stand-in for the session that applies what it queues.

use std::collections::BTreeSet;

use egui::{Event, Key, Modifiers, Pos2, Rect, pos2};
use egui_kittest::{Harness, HarnessBuilder};
use hashiya::gui::article::{ArticleOutput, ArticleState, Page, article_id, article_ui};
use hashiya::gui::paint::{SystemFonts, TextEngine};
use hashiya::gui::reading::Reading;
use hashiya::model::{
    ArticleId, Attributes, Codebook, Color, Extra, Header, Label, LabelId, Layer, Note, NoteId, NoteState,
    Origin, OriginKind, Ranges, ReadingDirections, Span, SpanId, TargetId, Words,
};
use hashiya::text::{ByteOffset, ByteRange, Text};

/// What the harness holds.
pub struct Desk {
    pub engine: TextEngine,
    pub state: ArticleState,
    pub text: Text,
    pub layer: Layer,
    pub codebook: Codebook,
    version: u64,
    made: usize,
    /// Whether all invisible characters are marked.
    pub show_hidden: bool,
    /// How the text is set.
    pub reading: Reading,
    /// The analyst's word on directions.
    pub directions: ReadingDirections,
    /// Everything that was queued.
    pub outputs: Vec<ArticleOutput>,
}

pub type Bench = Harness<'static, Desk>;

impl Desk {
    fn apply(&mut self, output: ArticleOutput) {
        match &output {
            ArticleOutput::Tag { ranges, label } => {
                self.made += 1;
                let id = format!("new{}", self.made);
                self.put(&id, ranges.clone(), label.as_str());
            }
            ArticleOutput::SetLabel { span, label } => self.change(span, |span| span.label = label.clone()),
            ArticleOutput::SetRanges { span, ranges } => {
                self.change(span, |span| span.ranges = ranges.clone());
                self.state.move_sent(span, 1);
                self.state.answered(1);
            }
            ArticleOutput::Remove(span) => {
                self.layer.spans.remove(span);
                self.version += 1;
            }
            ArticleOutput::Merge(_) | ArticleOutput::Split { .. } => {
                self.state.wait_for(1);
                self.state.answered(1);
            }
            _ => {}
        }
        self.outputs.push(output);
    }

    fn change(&mut self, id: &SpanId, change: impl FnOnce(&mut Span)) {
        let mut span = self.layer.spans.get(id).unwrap().as_ref().clone();
        change(&mut span);
        self.layer.spans.insert(span.into());
        self.version += 1;
    }

    fn put(&mut self, id: &str, ranges: Ranges, label: &str) {
        self.layer.spans.insert(
            Span {
                id: SpanId::new(id).unwrap(),
                ranges,
                label: LabelId::new(label).unwrap(),
                attributes: Attributes::default(),
                unconfirmed: BTreeSet::default(),
                review: None,
                origin: Origin {
                    kind: OriginKind::Person,
                    name: None,
                    extra: Extra::default(),
                },
                created: None,
                modified: None,
                extra: Extra::default(),
            }
            .into(),
        );
        self.version += 1;
    }

    /// Tags some words before the test begins.
    pub fn with(mut self, id: &str, words: &str, label: &str) -> Self {
        let range = self.range(words);
        self.put(id, Ranges::one(range).unwrap(), label);
        self
    }

    /// Tags words that are interrupted by others.
    pub fn in_parts(mut self, id: &str, parts: &[&str], label: &str) -> Self {
        let ranges = parts.iter().map(|words| self.range(words)).collect();
        self.put(id, Ranges::new(ranges).unwrap(), label);
        self
    }

    /// Writes a note on a span.
    pub fn note(&mut self, span: &str, text: &str) {
        let id = NoteId::new("n").unwrap();
        self.layer.notes.insert(
            id.clone(),
            Note {
                id,
                target: Some(TargetId::new(span).unwrap()),
                author: None,
                created: None,
                text: text.to_owned(),
                state: NoteState::Open,
                replies: Vec::new(),
                extra: Extra::default(),
            },
        );
        self.version += 1;
    }

    /// Tags fragments before the test begins.
    pub fn with_fragments(mut self, id: &str, fragments: &[&str], label: &str) -> Self {
        let ranges = fragments.iter().map(|words| self.range(words)).collect();
        self.put(id, Ranges::new(ranges).unwrap(), label);
        self
    }

    /// Where some words stand for the first time.
    pub fn range(&self, words: &str) -> ByteRange {
        let start = self.text.as_str().find(words).expect("the words are in the text");
        ByteRange::between(ByteOffset::new(start), ByteOffset::new(start + words.len()))
    }

    /// The spans as "label:words", in the order of the text.
    pub fn spans(&self) -> Vec<String> {
        let quote = |span: &Span| span.ranges.quote(&self.text).unwrap();
        self.layer
            .spans
            .iter()
            .map(|span| format!("{}:{}", span.label, quote(span)))
            .collect()
    }

    /// The selected words.
    pub fn selected(&self) -> &str {
        self.text.slice(self.state.selection()).unwrap()
    }

    /// The selected span's id.
    pub fn span(&self) -> &str {
        self.state.selected_span().map_or("", SpanId::as_str)
    }
}

fn label(id: &str, key: char, color: &str) -> Label {
    Label {
        id: LabelId::new(id).unwrap(),
        names: Words::from([("en".to_owned(), id.to_owned())]),
        description: Words::default(),
        color: Color::from_hex(color).unwrap(),
        key: Some(key),
        attributes: Vec::new(),
        retired: false,
    }
}

/// An article with the labels actor (1), location (2), casualty (3), event (v).
pub fn desk(text: &str) -> Desk {
    Desk {
        engine: TextEngine::new(SystemFonts::Off),
        state: ArticleState::default(),
        text: Text::new(text),
        layer: Layer::default(),
        codebook: Codebook {
            labels: vec![
                label("actor", '1', "#2f6fdb"),
                label("location", '2', "#2e8b57"),
                label("casualty", '3', "#c0392b"),
                label("event", 'v', "#8e44ad"),
            ],
            ..Codebook::default()
        },
        version: 1,
        made: 0,
        show_hidden: false,
        reading: Reading::default(),
        directions: ReadingDirections::default(),
        outputs: Vec::new(),
    }
}

/// Puts it into a window of 800 by 600.
pub fn bench(desk: Desk) -> Bench {
    bench_in(Harness::builder().with_size(egui::vec2(800.0, 600.0)), desk)
}

/// Puts it into a window of one's own making.
pub fn bench_in(builder: HarnessBuilder<Desk>, desk: Desk) -> Bench {
    let mut bench = builder
        // As on a real screen: two clicks in a row are a double click.
        .with_step_dt(1.0 / 60.0)
        .build_ui_state(
            |ui, desk: &mut Desk| {
                desk.engine.begin_frame(ui.ctx());
                let id = ArticleId::new("a").unwrap();
                let page = Page {
                    id: &id,
                    title: "A title",
                    byline: "source · date",
                    lang: None,
                    header: &Header::default(),
                    text: &desk.text,
                    layer: &desk.layer,
                    version: desk.version,
                    codebook: &desk.codebook,
                    directions: &desk.directions,
                    reading: desk.reading,
                    zoom: 1.0,
                    show_hidden: desk.show_hidden,
                    editable: true,
                    keys: hashiya::gui::keys::Keys::defaults(),
                };
                let outputs = article_ui(ui, &mut desk.engine, &page, &mut desk.state);
                for output in outputs {
                    desk.apply(output);
                }
                desk.engine.end_frame(ui.ctx());
            },
            desk,
        );
    bench.run_steps(2);
    bench
}

/// A bench whose article has the keyboard's focus.
pub fn focused(desk: Desk) -> Bench {
    let mut bench = bench(desk);
    bench.ctx.memory_mut(|memory| memory.request_focus(article_id()));
    bench.run();
    bench
}

/// The first rectangle of some words on the screen.
pub fn rect_of(bench: &Bench, words: &str) -> Rect {
    let desk = bench.state();
    let rects = desk.state.screen_rects(desk.range(words));
    *rects.first().expect("the words are in view")
}

/// A little inside the words: near their left edge (0.0) or right edge (1.0).
pub fn point_in(bench: &Bench, words: &str, share: f32) -> Pos2 {
    let rect = rect_of(bench, words);
    pos2(rect.left() + 1.5 + (rect.width() - 3.0) * share, rect.center().y)
}

/// Presses at one point, moves in steps, lets go at another.
pub fn drag(bench: &mut Bench, from: Pos2, to: Pos2, modifiers: Modifiers) {
    bench.event(Event::ModifiersChanged(modifiers));
    bench.hover_at(from);
    bench.run();
    bench.drag_at(from);
    bench.run();
    for step in 1..=4 {
        bench.hover_at(from.lerp(to, step as f32 / 4.0));
        bench.run();
    }
    bench.drop_at(to);
    bench.run();
    bench.event(Event::ModifiersChanged(Modifiers::NONE));
    bench.run();
}

/// Clicks a number of times in quick succession; then waits, so that the next click is a new one.
pub fn click(bench: &mut Bench, at: Pos2, times: usize, modifiers: Modifiers) {
    bench.event(Event::ModifiersChanged(modifiers));
    bench.hover_at(at);
    bench.run_steps(2);
    for _ in 0..times {
        for pressed in [true, false] {
            bench.event(Event::PointerButton {
                pos: at,
                button: egui::PointerButton::Primary,
                pressed,
                modifiers,
            });
            bench.step();
        }
    }
    bench.event(Event::ModifiersChanged(Modifiers::NONE));
    wait(bench);
}

/// Lets time pass by the harness's own clock.
pub fn wait(bench: &mut Bench) {
    bench.run_steps(30);
}

/// A key by what it types and where it lies.
pub fn press_at(bench: &mut Bench, key: Key, physical: Option<Key>, modifiers: Modifiers) {
    for pressed in [true, false] {
        bench.event(Event::Key {
            key,
            physical_key: physical,
            pressed,
            repeat: false,
            modifiers,
        });
    }
    bench.run();
}

/// A key of a plain keyboard.
pub fn press(bench: &mut Bench, key: Key, modifiers: Modifiers) {
    press_at(bench, key, Some(key), modifiers);
}
