//! Guidelines as blocks: those of one thing of the codebook, or the whole codebook with its table of contents.
//!
//! Knows the codebook and no window: what is selected and where it is drawn is the pane's business.

use crate::gui::keys::Keys;
use crate::gui::markdown::{Block, BlockKind, blocks};
use crate::gui::words::{self, label_name, name_or_id};
use crate::model::{
    Attribute, AttributeUse, Codebook, EventId, EventType, EventTypeId, Label, LabelId, Layer, RelationId,
    RelationType, RelationTypeId, Role, SpanId, Words, words_in,
};
use crate::text::fold;

/// A thing of the codebook that has a guideline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Thing {
    /// A label with its attributes.
    Label(LabelId),
    /// A type of relation.
    RelationType(RelationTypeId),
    /// A type of event with its roles.
    EventType(EventTypeId),
    /// All of it.
    Codebook,
}

/// The headings of one thing begin here, so that those of its parts have room.
const TOP: u8 = 1;

impl Thing {
    /// The label of a span.
    pub fn of_span(layer: &Layer, id: &SpanId) -> Option<Self> {
        Some(Self::Label(layer.spans.get(id)?.label.clone()))
    }

    /// The type of a relation.
    pub fn of_relation(layer: &Layer, id: &RelationId) -> Option<Self> {
        Some(Self::RelationType(layer.relations.get(id)?.relation_type.clone()))
    }

    /// The type of an event.
    pub fn of_event(layer: &Layer, id: &EventId) -> Option<Self> {
        Some(Self::EventType(layer.events.get(id)?.event_type.clone()))
    }

    /// Its name as it is read on screen.
    pub fn name(&self, codebook: &Codebook) -> String {
        let name = match self {
            Self::Label(id) => codebook
                .label(id)
                .map(|label| name_or_id(&label.names, id.as_str())),
            Self::RelationType(id) => codebook
                .relation_type(id)
                .map(|kind| name_or_id(&kind.names, id.as_str())),
            Self::EventType(id) => codebook
                .event_type(id)
                .map(|kind| name_or_id(&kind.names, id.as_str())),
            Self::Codebook => None,
        };
        name.unwrap_or(words::CODEBOOK).to_owned()
    }

    /// Its guideline; that of the whole codebook where it is gone.
    pub fn blocks(&self, codebook: &Codebook, keys: Keys<'_>) -> Vec<Block> {
        let mut book = Book {
            codebook,
            keys,
            blocks: Vec::new(),
        };
        match self {
            Self::Label(id) => codebook.label(id).map(|label| book.label(label, TOP)),
            Self::RelationType(id) => codebook.relation_type(id).map(|kind| book.relation(kind, TOP)),
            Self::EventType(id) => codebook.event_type(id).map(|kind| book.event(kind, TOP)),
            Self::Codebook => None,
        }
        .unwrap_or_else(|| book.whole());
        book.blocks
    }
}

struct Book<'a> {
    codebook: &'a Codebook,
    keys: Keys<'a>,
    blocks: Vec<Block>,
}

impl Book<'_> {
    fn whole(&mut self) {
        let codebook = self.codebook;
        self.part(words::LABELS, &codebook.labels, |book, label| {
            book.label(label, 3);
        });
        self.part(words::RELATIONS, &codebook.relation_types, |book, kind| {
            book.relation(kind, 3);
        });
        self.part(words::EVENTS, &codebook.event_types, |book, kind| {
            book.event(kind, 3);
        });
        self.part(words::ARTICLE_LABELS, &codebook.article_labels, |book, usage| {
            book.attribute(usage, 3);
        });
        if self.blocks.is_empty() {
            self.blocks
                .push(Block::new(BlockKind::Paragraph, words::EMPTY_CODEBOOK));
        }
        let contents = contents(&self.blocks);
        self.blocks.splice(0..0, contents);
        self.blocks.insert(0, Block::heading(1, words::CODEBOOK));
    }

    fn part<T>(&mut self, name: &str, list: &[T], mut each: impl FnMut(&mut Self, &T)) {
        if list.is_empty() {
            return;
        }
        self.blocks.push(Block::heading(2, name));
        for one in list {
            each(self, one);
        }
    }

    fn label(&mut self, label: &Label, level: u8) {
        self.blocks.push(Block {
            swatch: Some(label.color),
            ..Block::heading(level, name_or_id(&label.names, label.id.as_str()))
        });
        if let Some(key) = label.key {
            let key = words::guideline_key(&self.keys.label_cap(key));
            self.blocks.push(Block::aside(key));
        }
        self.description(&label.description, level);
        self.attributes(&label.attributes, level);
    }

    fn relation(&mut self, kind: &RelationType, level: u8) {
        self.blocks
            .push(Block::heading(level, name_or_id(&kind.names, kind.id.as_str())));
        let ends = words::from_to(&self.labels(&kind.from), &self.labels(&kind.to));
        self.blocks.push(Block::aside(ends));
        self.description(&kind.description, level);
        self.attributes(&kind.attributes, level);
    }

    fn event(&mut self, kind: &EventType, level: u8) {
        self.blocks
            .push(Block::heading(level, name_or_id(&kind.names, kind.id.as_str())));
        self.description(&kind.description, level);
        for role in &kind.roles {
            self.role(role, level + 1);
        }
        self.attributes(&kind.attributes, level);
    }

    fn role(&mut self, role: &Role, level: u8) {
        self.blocks
            .push(Block::heading(level, name_or_id(&role.names, role.id.as_str())));
        let filled = words::filled_by(&self.labels(&role.labels), role.min, role.max);
        self.blocks.push(Block::aside(filled));
        self.description(&role.description, level);
    }

    fn attributes(&mut self, uses: &[AttributeUse], level: u8) {
        for usage in uses {
            self.attribute(usage, level + 1);
        }
    }

    fn attribute(&mut self, usage: &AttributeUse, level: u8) {
        let Some(attribute) = self.codebook.attribute(&usage.id) else {
            return;
        };
        self.blocks.push(Block::heading(
            level,
            name_or_id(&attribute.names, attribute.id.as_str()),
        ));
        let mut about = words::attribute_type(attribute.attribute_type).to_owned();
        if usage.required {
            about = format!("{about} · {}", words::REQUIRED);
        }
        self.blocks.push(Block::aside(about));
        self.description(&attribute.description, level);
        self.choices(attribute);
    }

    /// The names of the choices, unless the guideline explains each of them already.
    fn choices(&mut self, attribute: &Attribute) {
        let names: Vec<&str> = attribute
            .choices
            .iter()
            .map(|choice| name_or_id(&choice.names, &choice.id))
            .collect();
        let text = fold(words_in(&attribute.description, words::LANG).unwrap_or_default());
        if names.iter().any(|name| !text.contains(&fold(name))) {
            let all = format!("{} {}", words::CHOICES, names.join(" · "));
            self.blocks.push(Block::aside(all));
        }
    }

    /// The names of labels, or that any will do.
    fn labels(&self, ids: &[LabelId]) -> String {
        if ids.is_empty() {
            return words::ANY_LABEL.to_owned();
        }
        let names: Vec<&str> = ids.iter().map(|id| label_name(self.codebook, id)).collect();
        names.join(", ")
    }

    fn description(&mut self, description: &Words, level: u8) {
        match words_in(description, words::LANG).filter(|text| !text.trim().is_empty()) {
            Some(text) => self.blocks.extend(blocks(text, level + 1)),
            None => self.blocks.push(Block::aside(words::NO_GUIDELINE)),
        }
    }
}

/// The lines of the contents: parts, and in them labels, relations, and events; each leads to its heading.
fn contents(blocks: &[Block]) -> Vec<Block> {
    let headings = blocks
        .iter()
        .enumerate()
        .filter_map(|(number, block)| match block.kind {
            BlockKind::Heading(2) => Some((number, block, 0)),
            BlockKind::Heading(3) => Some((number, block, 1)),
            _ => None,
        });
    let headings: Vec<_> = headings.collect();
    // The heading of the codebook and the lines themselves come to stand before.
    let before = headings.len() + 1;
    headings
        .into_iter()
        .map(|(number, block, depth)| Block {
            depth,
            swatch: block.swatch,
            ..Block::new(BlockKind::Link(number + before), block.text.clone())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Event;
    use crate::session::codebook_toml::default_codebook;

    fn shown(thing: &Thing, codebook: &Codebook) -> Vec<Block> {
        thing.blocks(codebook, Keys::defaults())
    }

    fn headings(blocks: &[Block]) -> Vec<String> {
        let heading = |block: &Block| match block.kind {
            BlockKind::Heading(level) => Some(format!("{level} {}", block.text)),
            _ => None,
        };
        blocks.iter().filter_map(heading).collect()
    }

    #[test]
    fn a_label_is_shown_with_its_attributes_and_their_choices() {
        let codebook = default_codebook();
        let casualty = Thing::Label(LabelId::new("casualty").unwrap());
        let blocks = shown(&casualty, &codebook);
        let names = headings(&blocks);
        assert_eq!(names.first().map(String::as_str), Some("1 Casualty"));
        assert!(
            names.contains(&"2 Figure".to_owned()) && names.contains(&"2 Assertion".to_owned()),
            "{names:?}"
        );
        assert!(blocks.iter().any(|block| block.text == "key 3"));
        let has_line = |part: &str| blocks.iter().any(|block| block.text.contains(part));
        assert!(has_line("Civilians · Combatants"));
        assert!(
            !has_line("Alleged · Claimed"),
            "its guideline explains each of them"
        );
    }

    #[test]
    fn the_contents_lead_to_the_headings_they_name() {
        let codebook = default_codebook();
        let blocks = shown(&Thing::Codebook, &codebook);
        let mut links = 0;
        for block in &blocks {
            if let BlockKind::Link(target) = block.kind {
                assert_eq!(blocks[target].text, block.text);
                assert!(matches!(blocks[target].kind, BlockKind::Heading(2 | 3)));
                links += 1;
            }
        }
        // Four parts, five labels, four relations, one event, one label of the article.
        assert_eq!(links, 15);
        assert_eq!(headings(&blocks).first().map(String::as_str), Some("1 Codebook"));
    }

    #[test]
    fn what_is_selected_leads_to_its_type() {
        let mut layer = Layer::default();
        let id = EventId::new("e1").unwrap();
        assert_eq!(Thing::of_event(&layer, &id), None);
        let event = Event {
            rank: 0,
            id: id.clone(),
            event_type: EventTypeId::new("incident").unwrap(),
            trigger: None,
            roles: Vec::new(),
            attributes: crate::model::Attributes::new(),
            extra: crate::model::Extra::new(),
        };
        layer.events.insert(id.clone(), event);
        let thing = Thing::of_event(&layer, &id).unwrap();
        assert_eq!(thing, Thing::EventType(EventTypeId::new("incident").unwrap()));
        assert_eq!(thing.name(&default_codebook()), "Incident");
        assert_eq!(Thing::of_span(&layer, &SpanId::new("s1").unwrap()), None);
        assert_eq!(Thing::of_relation(&layer, &RelationId::new("r1").unwrap()), None);
    }

    #[test]
    fn an_event_names_its_roles_and_what_is_gone_gives_the_whole_codebook() {
        let codebook = default_codebook();
        let incident = shown(
            &Thing::EventType(EventTypeId::new("incident").unwrap()),
            &codebook,
        );
        assert!(
            incident
                .iter()
                .any(|block| block.text == "filled by Actor, Location; any number")
        );
        assert!(headings(&incident).contains(&"2 Perpetrator".to_owned()));
        let gone = Thing::Label(LabelId::new("gone").unwrap());
        assert_eq!(headings(&shown(&gone, &codebook))[0], "1 Codebook");
        assert_eq!(
            shown(&Thing::Codebook, &Codebook::default())[1].text,
            words::EMPTY_CODEBOOK
        );
    }
}
