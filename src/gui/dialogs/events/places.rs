//! What stands in the cells of the table of all events, and where each leads.

use egui::{Rect, Ui, vec2};

use super::{LINE, LINES};
use crate::gui::paint::TextStyle;
use crate::gui::panels::Pane;
use crate::gui::panels::events::{
    Chip, Column, GoTo, Look, Need, Widths, event_kind, has_event_kind, paint_chip, value_words,
};
use crate::gui::panels::widgets::paint_in;
use crate::gui::theme::{self, GRID, LabelColors};
use crate::gui::words;
use crate::model::{Codebook, Event, EventType, Filler, LabelId, Missing, RoleFiller};
use crate::session::{EventQuery, EventRow, ProjectView};

/// Width of the column of articles.
const ARTICLE: f32 = 200.0;
/// Width of that of annotators.
const ANNOTATOR: f32 = 112.0;
/// Width of that of numbers and types, and of what is missing.
const HEAD: f32 = 136.0;

/// A cell of the table.
pub(super) enum Place {
    Article,
    Annotator,
    Of(Column),
}

/// The columns: those of all types of the codebook, or of the type that is asked for.
pub(super) fn places(project: &ProjectView, query: &EventQuery) -> Vec<Place> {
    let kinds: Vec<&EventType> = project
        .codebook
        .event_types
        .iter()
        .filter(|kind| query.event_type.as_ref().is_none_or(|wanted| *wanted == kind.id))
        .collect();
    let mut columns = vec![Column::Head];
    let mut put = |column: Column| {
        if !columns.contains(&column) {
            columns.push(column);
        }
    };
    for role in kinds.iter().flat_map(|kind| &kind.roles) {
        put(Column::Role(role.id.clone()));
    }
    put(Column::Trigger);
    for usage in kinds.iter().flat_map(|kind| &kind.attributes) {
        put(Column::Attribute(usage.id.clone()));
    }
    let mut places = vec![Place::Article];
    if project.annotators.len() > 1 {
        places.push(Place::Annotator);
    }
    places.extend(columns.into_iter().map(Place::Of));
    places
}

/// The widths of the columns for the events of a page, in so much room.
pub(super) fn widths(places: &[Place], rows: &[EventRow], room: f32) -> Widths {
    let need = |place: &Place| match place {
        Place::Article => Need::Fixed(ARTICLE),
        Place::Annotator => Need::Fixed(ANNOTATOR),
        Place::Of(Column::Head) => Need::Fixed(HEAD),
        Place::Of(column @ (Column::Role(_) | Column::Trigger)) => Need::Words(is_filled(rows, column)),
        Place::Of(column @ Column::Attribute(_)) => Need::Value(is_filled(rows, column)),
    };
    let needs: Vec<Need> = places.iter().map(need).collect();
    Widths::new(&needs, room)
}

fn is_filled(rows: &[EventRow], column: &Column) -> bool {
    rows.iter().any(|row| column.is_filled(&row.event))
}

pub(super) fn height_of(codebook: &Codebook, row: &EventRow) -> f32 {
    let count = |filler: &RoleFiller| {
        let same = row.event.roles.iter().filter(|other| other.role == filler.role);
        same.count()
    };
    let most = row.event.roles.iter().map(count).max().unwrap_or(0);
    let kind = codebook.event_type(&row.event.event_type);
    let lacks = kind.is_some_and(|kind| !kind.missing(&row.event, codebook).is_empty());
    let head = 1 + usize::from(has_event_kind(codebook, &row.event)) + usize::from(lacks);
    let most = most.max(head);
    most.clamp(2, LINES) as f32 * LINE + GRID * 2.0
}

pub(super) fn heading(codebook: &Codebook, place: &Place) -> String {
    match place {
        Place::Article => words::ARTICLE.to_owned(),
        Place::Annotator => words::ANNOTATOR_COLUMN.to_owned(),
        Place::Of(Column::Head) => words::EVENT.to_owned(),
        Place::Of(Column::Trigger) => words::TRIGGER.to_owned(),
        Place::Of(Column::Role(id)) => words::role_name(codebook, id).to_owned(),
        Place::Of(Column::Attribute(id)) => words::attribute_name(codebook, id).to_owned(),
    }
}

/// One line of a cell.
pub(super) struct Line {
    pub words: String,
    pub look: LineLook,
}

pub(super) enum LineLook {
    Plain,
    Weak,
    Warning,
    /// A filler: under which label, and whether it is inferred and noted.
    Chip(Option<LabelId>, Look),
}

impl Line {
    fn plain(words: impl Into<String>) -> Self {
        Self {
            words: words.into(),
            look: LineLook::Plain,
        }
    }
}

pub(super) fn lines(codebook: &Codebook, row: &EventRow, place: &Place) -> Vec<Line> {
    match place {
        Place::Article => vec![
            Line::plain(article_name(row)),
            Line {
                words: words::status(row.status).to_owned(),
                look: LineLook::Weak,
            },
        ],
        Place::Annotator => vec![Line::plain(row.annotator.as_str())],
        Place::Of(Column::Head) => head_lines(codebook, row),
        Place::Of(Column::Trigger) => {
            let span = row.event.trigger.as_ref().and_then(|id| row.span(id));
            span.map(|span| Line {
                words: words::shorten(&span.quote, 60),
                look: LineLook::Chip(Some(span.label.clone()), Look::PLAIN),
            })
            .into_iter()
            .collect()
        }
        Place::Of(Column::Role(role)) => {
            let fillers = row.event.roles.iter().filter(|filler| filler.role == *role);
            fillers.map(|filler| filler_line(codebook, row, filler)).collect()
        }
        Place::Of(Column::Attribute(id)) => {
            let value = row.event.attributes.get(id);
            let words = value.map(|value| words::value(codebook.attribute(id), value));
            words.map(Line::plain).into_iter().collect()
        }
    }
}

/// The title of a row's article; its id where it has none.
pub(super) fn article_name(row: &EventRow) -> &str {
    let title = row.title.as_deref().map(str::trim);
    title
        .filter(|title| !title.is_empty())
        .unwrap_or(row.article.as_str())
}

fn head_lines(codebook: &Codebook, row: &EventRow) -> Vec<Line> {
    let event: &Event = &row.event;
    let kind = codebook.event_type(&event.event_type);
    let name = words::event_type_name(codebook, &event.event_type);
    let mut lines = vec![Line::plain(format!("{} · {name}", row.number))];
    lines.extend(event_kind(codebook, event).map(|words| Line {
        words,
        look: LineLook::Weak,
    }));
    let missing = kind.map(|kind| kind.missing(event, codebook)).unwrap_or_default();
    if !missing.is_empty() {
        let names = missing.iter().map(|one| match one {
            Missing::Role(id) => heading(codebook, &Place::Of(Column::Role(id.clone()))),
            Missing::Attribute(id) => heading(codebook, &Place::Of(Column::Attribute(id.clone()))),
        });
        lines.push(Line {
            words: words::missing(&names.collect::<Vec<_>>().join(", ")),
            look: LineLook::Warning,
        });
    }
    lines
}

fn filler_line(codebook: &Codebook, row: &EventRow, filler: &RoleFiller) -> Line {
    let look = Look {
        inferred: filler.inferred,
        noted: filler.note.is_some(),
        here: false,
    };
    let (words, label) = match &filler.filler {
        Filler::Span(id) => row.span(id).map_or_else(
            || (id.to_string(), None),
            |span| (words::shorten(&span.quote, 60), Some(span.label.clone())),
        ),
        Filler::Value(value) => (value_words(codebook, &filler.role, value), None),
    };
    Line {
        words,
        look: LineLook::Chip(label, look),
    }
}

pub(super) fn line_ui(ui: &Ui, pane: &mut Pane<'_>, codebook: &Codebook, line: &Line, at: Rect) {
    let palette = pane.palette;
    let inner = at.shrink2(vec2(GRID, 0.0));
    let text = TextStyle::new(theme::TEXT);
    let small = TextStyle::new(theme::TEXT_SMALL);
    match &line.look {
        LineLook::Plain => paint_in(ui, pane.engine, &line.words, text, palette.ink, inner),
        LineLook::Weak => paint_in(ui, pane.engine, &line.words, small, palette.ink_weak, inner),
        LineLook::Warning => paint_in(ui, pane.engine, &line.words, small, palette.warning, inner),
        LineLook::Chip(label, look) => {
            let label = label.as_ref().and_then(|id| codebook.label(id));
            let colors: Option<LabelColors> = label.map(|label| palette.label(label.color));
            let chip = Chip {
                colors,
                words: &line.words,
                figure: None,
                look: *look,
            };
            paint_chip(ui, pane, &chip, at);
        }
    }
}

/// Where a cell leads: to the words of its filler, else to the first words of the event.
pub(super) fn go_to(row: &EventRow, place: &Place, number: usize) -> GoTo {
    let of_role = |role| {
        let fillers = row.event.roles.iter().filter(|filler| filler.role == role);
        // Below the last one the last one is meant.
        fillers.take(number + 1).last().map(|filler| &filler.filler)
    };
    let chosen = match place {
        Place::Of(Column::Role(role)) => match of_role(role.clone()) {
            Some(Filler::Span(id)) => row.span(id),
            _ => None,
        },
        Place::Of(Column::Trigger) => row.event.trigger.as_ref().and_then(|id| row.span(id)),
        _ => None,
    };
    let first = || row.spans.iter().min_by_key(|span| span.ranges.hull().start());
    let span = chosen.or_else(first);
    GoTo {
        article: row.article.clone(),
        annotator: row.annotator.clone(),
        event: row.event.id.clone(),
        span: span.map(|span| span.id.clone()),
    }
}
