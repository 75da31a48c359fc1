//! Relations on screen: their ways, heads, and names, for the selected span or for all spans in view.
//!
//! Only spans in view are asked for their relations. What was drawn is kept, so that the mouse finds what is seen.

use std::collections::{BTreeMap, BTreeSet};

use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, Ui, Vec2, pos2, vec2};

use crate::gui::article::page::Page;
use crate::gui::article::sheet::room_below;
use crate::gui::article::state::{ArticleState, Gesture};
use crate::gui::paint::{Glyphs, TextEngine};
use crate::gui::reading::LabelDisplay;
use crate::gui::theme::{self, Palette};
use crate::gui::words;
use crate::model::{Relation, RelationId, Span, SpanId};
use crate::text::Direction;

use super::edge_tags::{Strips, Tag, draw_strip, draw_tags};
use super::geometry::{End, Room, Side, Way, distance, way};
use super::sight::{Sight, ends, side_of};

/// What was drawn of relations.
#[derive(Clone, Debug, Default)]
pub(in crate::gui::article) struct Drawn {
    /// Each with its way and the place of its name.
    pub arcs: Vec<Arc>,
    /// What leads to ends out of view.
    pub tags: Vec<(Rect, SpanId)>,
    /// The room that those need at the edges.
    pub strips: Strips,
    /// That room where it lies over the text.
    covers: Vec<Rect>,
    /// The ring from which a link is dragged.
    pub ring: Option<(Pos2, SpanId)>,
}

/// A relation that was drawn.
#[derive(Clone, Debug)]
pub(in crate::gui::article) struct Arc {
    pub relation: RelationId,
    /// Its way.
    pub points: Vec<Pos2>,
    name: Option<Rect>,
}

impl Drawn {
    /// Whether the room for what leads out of view lies over a point.
    pub fn covers(&self, pos: Pos2) -> bool {
        self.covers.iter().any(|strip| strip.contains(pos))
    }

    /// The relation at a point: its name, else its way.
    pub fn at(&self, pos: Pos2) -> Option<&RelationId> {
        let named = |arc: &&Arc| arc.name.is_some_and(|name| name.contains(pos));
        let near = |arc: &Arc| distance(&arc.points, pos);
        let nearest = || {
            let arcs = self.arcs.iter();
            arcs.min_by(|one, other| near(one).total_cmp(&near(other)))
                .filter(|arc| near(arc) <= theme::RELATION_REACH)
        };
        let found = self.arcs.iter().find(named).or_else(nearest);
        found.map(|arc| &arc.relation)
    }
}

/// Draws what is to be seen of relations. `names` are the places of the names of labels, which stay free.
pub(in crate::gui::article) fn draw_relations(
    ui: &Ui,
    engine: &mut TextEngine,
    palette: &Palette,
    page: &Page<'_>,
    state: &ArticleState,
    names: &[Rect],
) -> Drawn {
    let mut canvas = Canvas::new(ui, engine, palette, page, state, names);
    let mut relations = canvas.wanted();
    canvas.make_room(&relations);
    // The selected one lies over the others, and its name has the first choice of places.
    relations.sort_by_key(|relation| state.links.selected() == Some(&relation.id));
    let drawings: Vec<Drawing<'_>> = relations
        .into_iter()
        .filter_map(|relation| canvas.line_of(relation))
        .collect();
    for drawing in drawings.iter().rev() {
        canvas.name_of(drawing);
    }
    canvas.link();
    canvas.ring();
    canvas.finish()
}

/// A relation whose way is drawn.
struct Drawing<'a> {
    /// Its place among those that were drawn.
    place: usize,
    name: &'a str,
    way: Way,
    /// The end that is out of view.
    out: Option<(&'a Span, End)>,
    color: Color32,
    is_selected: bool,
    /// Whether the selected span is none of its ends.
    is_aside: bool,
}

pub(super) struct Canvas<'a, 'b> {
    pub(super) ui: &'a Ui,
    pub(super) engine: &'a mut TextEngine,
    pub(super) palette: &'a Palette,
    pub(super) page: &'a Page<'b>,
    pub(super) state: &'a ArticleState,
    pub(super) painter: Painter,
    /// What is seen, less what lies over it.
    pub(super) view: Rect,
    /// Where nothing may be drawn over: names of labels, names of relations.
    pub(super) taken: Vec<Rect>,
    pub(super) sights: BTreeMap<SpanId, Sight>,
    pub(super) glyphs: Glyphs,
    tags: Vec<Tag>,
    drawn: Drawn,
}

impl<'a, 'b> Canvas<'a, 'b> {
    fn new(
        ui: &'a Ui,
        engine: &'a mut TextEngine,
        palette: &'a Palette,
        page: &'a Page<'b>,
        state: &'a ArticleState,
        names: &[Rect],
    ) -> Self {
        let mut view = state.sheet.viewport();
        view.min.y += state.find.reach(view);
        Self {
            ui,
            engine,
            palette,
            page,
            state,
            painter: ui.painter().with_clip_rect(view),
            view,
            taken: names.to_vec(),
            sights: BTreeMap::new(),
            glyphs: Glyphs::default(),
            tags: Vec::new(),
            drawn: Drawn::default(),
        }
    }

    /// Takes the room that words out of view need from what is seen.
    fn make_room(&mut self, relations: &[&Relation]) {
        let strips = self.strips(relations);
        self.drawn.strips = strips;
        if strips != Strips::default() {
            self.view = strips.cut(self.view);
            self.painter.set_clip_rect(self.view);
            self.sights.clear();
        }
    }

    /// The relations that are drawn: of the selected span, or of all spans in view.
    fn wanted(&self) -> Vec<&'a Relation> {
        let (page, state) = (self.page, self.state);
        if !state.links.shows_all {
            let selected = state.selected_span.as_ref();
            return selected.map_or_else(Vec::new, |span| state.links.of(page, span).collect());
        }
        let mut seen = BTreeSet::new();
        let mut wanted = Vec::new();
        for piece in state.sheet.pieces() {
            for fragment in state.index.touching(piece.range()) {
                let Some(span) = state.index.span(fragment.span) else {
                    continue;
                };
                for relation in state.links.of(page, &span.id) {
                    if seen.insert(&relation.id) {
                        wanted.push(relation);
                    }
                }
            }
        }
        wanted
    }

    /// Draws the way of a relation; its name is written when all ways are drawn.
    fn line_of(&mut self, relation: &'a Relation) -> Option<Drawing<'a>> {
        let (from, to) = self.span(&relation.from).zip(self.span(&relation.to))?;
        let (way, out) = self.way(from, to)?;
        let selected = self.state.selected_span.as_ref();
        let is_selected = self.state.links.selected() == Some(&relation.id);
        let is_aside = selected.is_none_or(|span| *span != relation.from && *span != relation.to);
        let (color, width) = if is_selected {
            (self.palette.accent, theme::RELATION_SELECTED)
        } else if is_aside && selected.is_some() {
            (
                self.palette.relation.gamma_multiply(theme::RELATION_ASIDE),
                theme::RELATION_LINE,
            )
        } else {
            (self.palette.relation, theme::RELATION_LINE)
        };
        self.line(&way, Stroke::new(width, color), false);
        if let Some(tip) = way.points.last() {
            let head = Vec2::splat(theme::RELATION_HEAD);
            self.taken
                .push(Rect::from_min_size(*tip - vec2(head.x / 2.0, head.y), head));
        }
        let points = way.points.clone();
        self.drawn.arcs.push(Arc {
            relation: relation.id.clone(),
            points,
            name: None,
        });
        Some(Drawing {
            place: self.drawn.arcs.len() - 1,
            name: words::relation_type_name(self.page.codebook, &relation.relation_type),
            way,
            out,
            color,
            is_selected,
            is_aside,
        })
    }

    /// Writes the name of a relation: at the edge where it leads out of view, else beside its way.
    fn name_of(&mut self, drawing: &Drawing<'_>) {
        if let Some((other, end)) = drawing.out {
            self.tags.push(Tag::new(self.page, drawing.name, other, end));
            return;
        }
        if self.drawn.arcs.len() > theme::RELATIONS_NAMED && drawing.is_aside {
            return;
        }
        let place = self.name(&drawing.way, drawing.name, drawing.color, drawing.is_selected);
        if let Some(arc) = self.drawn.arcs.get_mut(drawing.place) {
            arc.name = place;
        }
    }

    pub(super) fn span(&self, id: &SpanId) -> Option<&'a Span> {
        self.state.index.get(id).map(std::convert::AsRef::as_ref)
    }

    /// The way from one span to another, and which of them is out of view.
    fn way(&mut self, from: &'a Span, to: &'a Span) -> Option<(Way, Option<(&'a Span, End)>)> {
        let (start, end) = (self.sight(from), self.sight(to));
        let side = side_of(&start).or_else(|| side_of(&end))?;
        let (a, b) = ends(&start, &end)?;
        let room = self.room(side, a, b);
        let track = self.drawn.arcs.len() % theme::RELATION_TRACKS;
        let taken = &self.taken;
        let free = |rect: Rect| !taken.iter().any(|other| other.intersects(rect));
        let way = way(a, b, &room, track, free)?;
        let out = match (a, b) {
            (End::Seen(_), End::Above | End::Below) => Some((to, b)),
            (End::Above | End::Below, End::Seen(_)) => Some((from, a)),
            _ => None,
        };
        Some((way, out))
    }

    fn room(&self, side: Side, from: End, to: End) -> Room {
        let numbered = self.page.reading.numbers.counted().is_some() && self.has_numbers(side, from, to);
        let below = room_below(self.page, 1);
        let lift = match self.page.reading.labels {
            LabelDisplay::Names => below - theme::RELATION_CLEAR * self.page.zoom,
            LabelDisplay::Underlines | LabelDisplay::Tints => below - 2.0,
        };
        Room {
            column: self.state.sheet.column(),
            view: self.view,
            side,
            taken: if numbered { theme::RELATION_NUMBERS } else { 0.0 },
            lift: lift.max(1.0),
        }
    }

    /// Whether numbers stand in the margin on that side between two ends.
    fn has_numbers(&self, side: Side, from: End, to: End) -> bool {
        let y = |end: End| match end {
            End::Seen(rect) => rect.center().y,
            End::Above => self.view.top(),
            End::Below => self.view.bottom(),
        };
        let (top, bottom) = (y(from).min(y(to)), y(from).max(y(to)));
        let begins_there = match side {
            Side::Left => Direction::LeftToRight,
            Side::Right => Direction::RightToLeft,
        };
        let mut pieces = self.state.sheet.pieces();
        pieces.any(|piece| {
            let rect = piece.rect();
            piece.direction() == begins_there && rect.top() <= bottom && rect.bottom() >= top
        })
    }

    fn line(&self, way: &Way, stroke: Stroke, dashed: bool) {
        if dashed {
            self.painter
                .extend(Shape::dashed_line(&way.points, stroke, 4.0, 3.0));
        } else {
            self.painter.add(Shape::line(way.points.clone(), stroke));
        }
        if let Some(start) = way.points.first() {
            self.painter
                .circle_filled(*start, stroke.width + 0.8, stroke.color);
        }
        self.head(way, stroke.color);
    }

    /// The head of the arrow, which points down at the words, or out of view where they are there.
    fn head(&self, way: &Way, color: Color32) {
        let Some(tip) = way.points.last().copied() else {
            return;
        };
        let at_edge = if tip.y <= self.view.top() + 0.5 {
            Some(-1.0)
        } else if tip.y >= self.view.bottom() - 0.5 {
            Some(1.0)
        } else {
            None
        };
        let (along, tip) = match at_edge {
            Some(down) => (vec2(0.0, down), tip),
            None => (vec2(0.0, 1.0), tip + vec2(0.0, 1.25)),
        };
        let size = theme::RELATION_HEAD;
        let across = vec2(-along.y, along.x) * size * 0.5;
        let back = tip - along * size;
        let points = vec![tip, back + across, back - across];
        self.painter
            .add(Shape::convex_polygon(points, color, Stroke::NONE));
    }

    /// The link that is being made: to its target, else to the pointer.
    fn link(&mut self) {
        let state = self.state;
        let Some(linking) = &state.links.linking else {
            return;
        };
        let Some(from) = self.span(&linking.from) else {
            return;
        };
        let stroke = Stroke::new(theme::RELATION_SELECTED, self.palette.accent);
        if let Some(to) = linking.target.as_ref().and_then(|id| self.span(id)) {
            if let Some((way, out)) = self.way(from, to) {
                self.line(&way, stroke, true);
                if let Some((other, end)) = out {
                    self.tags.push(Tag::new(self.page, "", other, end));
                }
            }
        } else if let Gesture::Link { pos, moved: true } = &state.gesture
            && let Sight::Lines(lines, _) = self.sight(from)
            && let Some(line) = lines
                .iter()
                .min_by(|a, b| a.distance_to_pos(*pos).total_cmp(&b.distance_to_pos(*pos)))
        {
            let points = [pos2(line.center().x, line.top() - 1.0), *pos];
            self.painter.extend(Shape::dashed_line(&points, stroke, 4.0, 3.0));
        }
    }

    /// The ring at the end of the selected span, while the pointer is near.
    fn ring(&mut self) {
        let state = self.state;
        let at = ring_at(self.page, state).filter(|_| state.links.linking.is_none());
        let Some((at, span)) = at else { return };
        let pointer = self.ui.input(|input| input.pointer.hover_pos());
        let is_near = state.hovered.as_ref() == Some(&span)
            || pointer.is_some_and(|pos| pos.distance(at) <= theme::RELATION_RING * 4.0);
        if is_near && self.view.contains(at) {
            let stroke = Stroke::new(1.5, self.palette.accent);
            self.painter
                .circle(at, theme::RELATION_RING, self.palette.canvas, stroke);
            self.drawn.ring = Some((at, span));
        }
    }

    fn finish(mut self) -> Drawn {
        self.glyphs.paint(&self.painter);
        let (column, strips) = (self.state.sheet.column(), self.drawn.strips);
        let mut whole = self.view;
        whole.min.y -= strips.above;
        whole.max.y += strips.below;
        for (height, above) in [(strips.above, true), (strips.below, false)] {
            if height > 0.0 && self.tags.iter().any(|tag| tag.is_above() == above) {
                let strip = draw_strip(self.ui, self.palette, whole, height, above);
                self.drawn.covers.push(strip);
            }
        }
        self.drawn.tags = draw_tags(self.ui, self.engine, self.palette, &self.tags, whole, column);
        self.drawn
    }
}

/// Above the end of the selected span's words, where a link can begin there.
fn ring_at(page: &Page<'_>, state: &ArticleState) -> Option<(Pos2, SpanId)> {
    let span = state.index.get(state.selected_span.as_ref()?)?;
    let mut labels = page.codebook.labels.iter();
    let can_begin = page.editable
        && !state.labels.locks(&span.label)
        && labels.any(|label| !page.codebook.links(&span.label, &label.id).is_empty());
    let last = *span.ranges.as_slice().last().filter(|_| can_begin)?;
    let (line, direction) = state.sheet.edge(last, false)?;
    let x = match direction {
        Direction::LeftToRight => line.right(),
        Direction::RightToLeft => line.left(),
    };
    Some((pos2(x, line.top() - theme::RELATION_RING - 1.0), span.id.clone()))
}
