//! What stands in the rows and columns of the sheet, as values.

use crate::gui::words;
use crate::model::{
    Attribute, AttributeId, AttributeType, Codebook, Event, EventType, Filler, Missing, Role, RoleFiller,
    RoleId, Span, SpanId, Value,
};
use crate::session::ArticleView;

/// What a column is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Column {
    /// The event itself: number, type, what it lacks.
    Head,
    /// What fills a role.
    Role(RoleId),
    /// The words that name it.
    Trigger,
    /// A value of the event.
    Attribute(AttributeId),
}

impl Column {
    /// Whether an event has something in it.
    pub fn is_filled(&self, event: &Event) -> bool {
        match self {
            Self::Head => true,
            Self::Role(role) => event.roles.iter().any(|filler| filler.role == *role),
            Self::Trigger => event.trigger.is_some(),
            Self::Attribute(id) => event.attributes.contains_key(id),
        }
    }
}

/// The sheet of an article.
pub struct Grid<'a> {
    /// The article.
    pub article: &'a ArticleView,
    /// What may be said.
    pub codebook: &'a Codebook,
    /// The events in the annotator's order.
    pub events: Vec<&'a Event>,
    /// The columns.
    pub columns: Vec<Column>,
}

impl<'a> Grid<'a> {
    /// Lays out the sheet of an article.
    pub fn new(article: &'a ArticleView, codebook: &'a Codebook) -> Self {
        let events = article.layer.events_in_order();
        let mut grid = Self {
            article,
            codebook,
            events,
            columns: Vec::new(),
        };
        grid.columns = grid.find_columns();
        grid
    }

    /// The roles and attributes of all types that the article uses, in the codebook's order; of the first type where
    /// it has no event yet. What is not of the codebook stands behind.
    fn find_columns(&self) -> Vec<Column> {
        let uses = |kind: &&EventType| self.events.iter().any(|event| event.event_type == kind.id);
        let mut kinds: Vec<&EventType> = self.codebook.event_types.iter().filter(uses).collect();
        if kinds.is_empty() {
            kinds.extend(self.codebook.offered_event_types().next());
        }
        let mut columns = vec![Column::Head];
        let mut put = |column: Column| {
            if !columns.contains(&column) {
                columns.push(column);
            }
        };
        for role in kinds.iter().flat_map(|kind| kind.offered_roles()) {
            put(Column::Role(role.id.clone()));
        }
        for filler in self.events.iter().flat_map(|event| &event.roles) {
            put(Column::Role(filler.role.clone()));
        }
        put(Column::Trigger);
        let asked = kinds
            .iter()
            .flat_map(|kind| self.codebook.asked(&kind.attributes));
        for usage in asked {
            put(Column::Attribute(usage.id.clone()));
        }
        for id in self.events.iter().flat_map(|event| event.attributes.keys()) {
            put(Column::Attribute(id.clone()));
        }
        columns
    }

    /// The type of an event, where the codebook has it.
    pub fn kind_of(&self, event: &Event) -> Option<&'a EventType> {
        self.codebook.event_type(&event.event_type)
    }

    /// The type that a new event has.
    pub fn first_kind(&self) -> Option<&'a EventType> {
        self.codebook.offered_event_types().next()
    }

    /// The role of an event's type.
    pub fn role_of(&self, event: Option<&Event>, id: &RoleId) -> Option<&'a Role> {
        let kind = match event {
            Some(event) => self.kind_of(event),
            None => self.first_kind(),
        };
        kind?.roles.iter().find(|role| role.id == *id)
    }

    /// The heading of a column.
    pub fn heading<'b>(&self, column: &'b Column) -> &'b str
    where
        'a: 'b,
    {
        match column {
            Column::Head => words::EVENT,
            Column::Trigger => words::TRIGGER,
            Column::Role(id) => words::role_name(self.codebook, id),
            Column::Attribute(id) => words::attribute_name(self.codebook, id),
        }
    }

    /// An event's type as it is read on screen.
    pub fn kind_name<'b>(&self, event: &'b Event) -> &'b str
    where
        'a: 'b,
    {
        words::event_type_name(self.codebook, &event.event_type)
    }

    /// The event of a row: `Incident 2`.
    pub fn row_name(&self, event: &Event, row: usize) -> String {
        format!("{} {}", self.kind_name(event), row + 1)
    }

    /// What an event lacks, in words; `None` where it lacks nothing.
    pub fn lacks(&self, event: &Event) -> Option<String> {
        let missing = self.kind_of(event)?.missing(event, self.codebook);
        let names = missing.iter().map(|one| match one {
            Missing::Role(id) => words::role_name(self.codebook, id),
            Missing::Attribute(id) => words::attribute_name(self.codebook, id),
        });
        let names: Vec<&str> = names.collect();
        (!names.is_empty()).then(|| words::missing(&names.join(", ")))
    }

    /// The span of an id.
    pub fn span(&self, id: &SpanId) -> Option<&'a Span> {
        self.article.layer.spans.get(id).map(AsRef::as_ref)
    }

    /// A filler of a role as it is read on screen.
    pub fn filler_words(&self, role: &RoleId, filler: &Filler) -> String {
        match filler {
            Filler::Span(id) => self.quote(id),
            Filler::Value(value) => value_words(self.codebook, role, value),
        }
    }

    /// The words of a span, the first ones of a long one.
    pub fn quote(&self, id: &SpanId) -> String {
        let span = self.span(id);
        span.map_or_else(
            || id.to_string(),
            |span| words::quote(&self.article.text, span, 80),
        )
    }

    /// The figure or the date of a filler beside its words, and whether somebody has still to confirm it.
    pub fn figure_of(&self, filler: &Filler) -> Option<(String, bool)> {
        match filler {
            Filler::Span(id) => words::figures(self.codebook, self.span(id)?),
            Filler::Value(_) => None,
        }
    }

    /// Whether a filler has one.
    pub fn has_figure(&self, filler: &Filler) -> bool {
        match filler {
            Filler::Span(id) => self.span(id).is_some_and(words::has_figures),
            Filler::Value(_) => false,
        }
    }
}

/// What sort of event one is, where its type asks that first of all choices: `Protest`.
pub fn event_kind(codebook: &Codebook, event: &Event) -> Option<String> {
    let (attribute, value) = kind_of(codebook, event)?;
    Some(words::sentence_start(&words::value(Some(attribute), value)))
}

/// Whether that is known.
pub fn has_event_kind(codebook: &Codebook, event: &Event) -> bool {
    kind_of(codebook, event).is_some()
}

fn kind_of<'a>(codebook: &'a Codebook, event: &'a Event) -> Option<(&'a Attribute, &'a Value)> {
    let kind = codebook.event_type(&event.event_type)?;
    let mut asked = codebook.asked(&kind.attributes);
    let first = asked.find_map(|usage| {
        let attribute = codebook.attribute(&usage.id)?;
        (attribute.attribute_type == AttributeType::Choice).then_some(attribute)
    })?;
    Some((first, event.attributes.get(&first.id)?))
}

/// A typed filler as it is read on screen: in the terms of the attribute that it was read as.
pub fn value_words(codebook: &Codebook, role: &RoleId, value: &Value) -> String {
    let read_as = codebook
        .role(role)
        .map_or_else(Vec::new, |role| codebook.read_in_role(role));
    let fits = |attribute: &&Attribute| attribute.attribute_type.accepts(value);
    words::value(read_as.into_iter().find(fits), value)
}

/// What fills a role of an event, in order.
pub fn fillers<'a>(event: &'a Event, role: &RoleId) -> Vec<&'a RoleFiller> {
    event.roles.iter().filter(|filler| filler.role == *role).collect()
}
