//! An article as one annotator marked it, in the shape of spaCy's `Doc`: tokens, all spans, and entities, which are the
//! spans' flat choice.

use std::io;

use serde_json::{Map, Value as Json};

use crate::model::{Annotator, Article, Layer, Value};
use crate::text::Text;

use super::super::flat::flat_choice;
use super::super::piece_ids::{NamedPiece, NamedPieces};
use super::super::position::code_points;
use super::super::spacy_tokens::{SpacyToken, spacy_tokens, tokens_of};
use super::super::value_text::attributes_json;
use super::categories::Category;
use super::strings::Strings;
use super::{GROUP, msgpack};

/// How a token stands to entities, as `ENT_IOB` has it.
const INSIDE: u64 = 1;
const OUTSIDE: u64 = 2;
const BEGINS: u64 = 3;

/// An article as one annotator marked it.
pub(super) struct Document<'a> {
    article: &'a Article,
    annotator: Option<&'a Annotator>,
    layer: &'a Layer,
    tokens: Vec<SpacyToken>,
    spans: Vec<DocSpan<'a>>,
    entities: Vec<Entity>,
    /// Fragments that no entity is, as they overlap a longer one.
    pub(super) overlapping: usize,
    /// Entities without the white space at the edges of their spans.
    pub(super) trimmed: usize,
    /// Fragments of nothing but white space, which no entity may be.
    pub(super) blank: usize,
}

/// A fragment of a span with its places.
struct DocSpan<'a> {
    piece: NamedPiece<'a>,
    chars: (usize, usize),
    /// Its first and its last token.
    tokens: (usize, usize),
}

/// An entity: which of the spans it is, and its first and last token.
struct Entity {
    span: usize,
    tokens: (usize, usize),
}

impl<'a> Document<'a> {
    /// Cuts the text into tokens and places the layer's spans on them.
    pub(super) fn new(
        article: &'a Article,
        annotator: Option<&'a Annotator>,
        layer: &'a Layer,
    ) -> io::Result<Self> {
        let mut document = Self {
            article,
            annotator,
            layer,
            tokens: Vec::new(),
            spans: Vec::new(),
            entities: Vec::new(),
            overlapping: 0,
            trimmed: 0,
            blank: 0,
        };
        let named = NamedPieces::of(layer).list;
        document.tokens = spacy_tokens(&article.text, named.iter().map(|piece| piece.range));
        let place = |piece: NamedPiece<'a>| {
            let chars = code_points(article, piece.range)?;
            let tokens = tokens_of(&document.tokens, piece.range)?;
            Ok(DocSpan { piece, chars, tokens })
        };
        document.spans = named.into_iter().map(place).collect::<io::Result<_>>()?;
        document.choose();
        Ok(document)
    }

    /// Chooses the entities. Both the spans and the choice are in the order of the text.
    fn choose(&mut self) {
        let choice = flat_choice(&self.article.text, self.layer);
        self.overlapping = choice.left_out;
        let mut chosen = choice.pieces.into_iter().peekable();
        for (at, span) in self.spans.iter().enumerate() {
            let is_it = chosen
                .next_if(|piece| piece.range == span.piece.range && piece.span.id == span.piece.span.id);
            if is_it.is_none() {
                continue;
            }
            let (first, last) = span.tokens;
            let is_word = |token: &usize| !is_space(&self.article.text, self.tokens.get(*token));
            let words = (first..=last).find(is_word).zip((first..=last).rfind(is_word));
            let Some(tokens) = words else {
                self.blank += 1;
                continue;
            };
            self.trimmed += usize::from(tokens != span.tokens);
            self.entities.push(Entity { span: at, tokens });
        }
    }

    /// How many tokens it has.
    pub(super) fn length(&self) -> usize {
        self.tokens.len()
    }

    /// The numbers of every token: its word, how it stands to an entity, and the entity's label, value, and id.
    pub(super) fn write_tokens(&self, out: &mut Vec<u8>, strings: &mut Strings) {
        let mut entities = self.entities.iter().peekable();
        let nothing = strings.number("");
        for (at, token) in self.tokens.iter().enumerate() {
            while entities.next_if(|entity| entity.tokens.1 < at).is_some() {}
            let word = self.article.text.slice(token.range).unwrap_or_default();
            let entity = entities.peek().filter(|entity| entity.tokens.0 <= at);
            let span = entity.and_then(|entity| self.spans.get(entity.span));
            let iob = match entity {
                None => OUTSIDE,
                Some(entity) if entity.tokens.0 == at => BEGINS,
                Some(_) => INSIDE,
            };
            let word = strings.number(word);
            let names = span.map(|span| span.names().map(|name| strings.number(name)));
            let [id, value, label] = names.unwrap_or([nothing; 3]);
            let row = [word, iob, label, value, id];
            out.extend(row.iter().flat_map(|number| number.to_le_bytes()));
        }
    }

    /// Of every token, whether a space follows.
    pub(super) fn write_spaces(&self, out: &mut Vec<u8>) {
        out.extend(self.tokens.iter().map(|token| u8::from(token.space)));
    }

    /// The span groups as `SpanGroups.to_bytes` has them: one, which is there also where it has no spans, because a
    /// document without it counts as one in which nobody looked for spans.
    pub(super) fn write_groups(&self, out: &mut Vec<u8>, strings: &mut Strings) -> io::Result<()> {
        let mut group = Vec::new();
        msgpack::map(&mut group, 3)?;
        msgpack::text(&mut group, "name")?;
        msgpack::text(&mut group, GROUP)?;
        msgpack::text(&mut group, "attrs")?;
        self.write_attributes(&mut group)?;
        msgpack::text(&mut group, "spans")?;
        msgpack::list(&mut group, self.spans.len())?;
        for span in &self.spans {
            msgpack::bytes(&mut group, &span.packed(strings)?)?;
        }
        msgpack::map(out, 1)?;
        msgpack::bytes(out, &group)?;
        msgpack::list(out, 1)?;
        msgpack::text(out, GROUP)
    }

    /// The attributes of the spans by their ids, where there are any.
    fn write_attributes(&self, out: &mut Vec<u8>) -> io::Result<()> {
        let spans = self.spans.iter().map(|span| &span.piece);
        let valued = spans.filter(|piece| !piece.span.attributes.is_empty());
        let by_id: Map<String, Json> = valued
            .map(|piece| (piece.id.clone(), attributes_json(&piece.span.attributes).into()))
            .collect();
        let mut all = Map::new();
        if !by_id.is_empty() {
            all.insert("attributes".to_owned(), Json::Object(by_id));
        }
        msgpack::json(out, &Json::Object(all))
    }

    /// The text categories: the article labels that are a choice among some.
    pub(super) fn write_categories(&self, out: &mut Vec<u8>, known: &[Category]) -> io::Result<()> {
        let mut all = Vec::new();
        for category in known {
            if let Some(value) = self.layer.labels.get(&category.attribute) {
                all.extend(category.answers(value));
            }
        }
        msgpack::map(out, all.len())?;
        for (name, holds) in all {
            msgpack::text(out, &name)?;
            msgpack::double(out, f64::from(u8::from(holds)));
        }
        Ok(())
    }

    /// What spaCy has no place for: whose work on which article this is, and what is known of both.
    pub(super) fn write_user_data(&self, out: &mut Vec<u8>) -> io::Result<()> {
        let header = &self.article.header;
        let mut data = Map::new();
        let mut put = |key: &str, value: Json| data.insert(key.to_owned(), value);
        put("id", self.article.id.as_str().into());
        if let Some(title) = &header.title {
            put("title", title.as_str().into());
        }
        if let Some(lang) = &header.lang {
            put("lang", lang.as_str().into());
        }
        if let Some(annotator) = self.annotator {
            put("annotator", annotator.as_str().into());
        }
        if let Some(status) = self.layer.status {
            put("status", status.name().into());
        }
        if !self.layer.labels.is_empty() {
            put("labels", Json::Object(attributes_json(&self.layer.labels)));
        }
        if !header.meta.is_empty() {
            put("meta", Json::Object(header.meta.clone()));
        }
        msgpack::json(out, &Json::Object(data))
    }
}

impl DocSpan<'_> {
    /// Its id, the id of the actor or place that it refers to, and its label.
    fn names(&self) -> [&str; 3] {
        let span = self.piece.span;
        let entity = span.attributes.values().find_map(|value| match value {
            Value::Entity(entity) => Some(entity.id.as_str()),
            _ => None,
        });
        [&self.piece.id, entity.unwrap_or_default(), span.label.as_str()]
    }

    /// As `SpanGroup.to_bytes` has it: three numbers of strings, its tokens, and its characters, the ends exclusive.
    fn packed(&self, strings: &mut Strings) -> io::Result<Vec<u8>> {
        let mut packed = Vec::with_capacity(40);
        for name in self.names() {
            packed.extend_from_slice(&strings.number(name).to_be_bytes());
        }
        for place in [self.tokens.0, self.tokens.1 + 1, self.chars.0, self.chars.1] {
            let place = i32::try_from(place).map_err(|_too_far| msgpack::too_large())?;
            packed.extend_from_slice(&place.to_be_bytes());
        }
        Ok(packed)
    }
}

/// Whether a token is white space for Python, which counts four controls to it. No entity of spaCy begins or ends with
/// such a token.
fn is_space(text: &Text, token: Option<&SpacyToken>) -> bool {
    let word = token
        .and_then(|token| text.slice(token.range))
        .unwrap_or_default();
    word.chars()
        .all(|c| c.is_whitespace() || matches!(c, '\u{1c}'..='\u{1f}'))
}
