//! The format `tei`: a TEI P5 corpus with the texts as they are and all marks in `standOff`. It is written only.
//!
//! Every pointer leads to an id of the same file; `string-range` counts code points.

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::model::{Annotator, Article, Attributes, Layer};

use super::files::{Files, Out};
use super::first_element::first_element;
use super::registry::{Claim, DatasetWriter, Format, OffsetUnit, Shape, WriteOptions};
use super::value_text::value_text;
use super::xml_text::XmlText;
use super::{Diagnostic, Feature};

pub(super) const FORMAT: Format = Format {
    id: "tei",
    name: "TEI standOff",
    endings: &["tei.xml"],
    offset_unit: OffsetUnit::CodePoints,
    unit_is_open: false,
    cannot_hold: &[
        Feature::Events,
        Feature::ArticleLabels,
        Feature::Status,
        Feature::Review,
        Feature::Unconfirmed,
        Feature::Provenance,
        Feature::NoteThreads,
        Feature::FurtherKeys,
    ],
    shape: Shape::File,
    several_annotators: true,
    is_for_training: false,
    holds_splits: false,
    page: include_str!("../../assets/help/formats/tei.md"),
    columns: None,
    claim: |file| {
        let is_one =
            first_element(file.head).is_some_and(|(name, _)| matches!(name.as_str(), "TEI" | "teiCorpus"));
        if is_one { Claim::Reads } else { Claim::No }
    },
    read: None,
    write: Some(writer),
};

struct Writer<'a> {
    out: Out<'a>,
    articles: usize,
    xml: XmlText,
}

fn writer<'a>(
    mut files: Box<dyn Files<'a> + 'a>,
    options: &WriteOptions,
) -> io::Result<Box<dyn DatasetWriter + 'a>> {
    let mut writer = Writer {
        out: files.main()?,
        articles: 0,
        xml: XmlText::default(),
    };
    let title = writer.xml.content(&options.name);
    writer.out.write_all(
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<teiCorpus xmlns=\"http://www.tei-c.org/ns/1.0\">\n{}\n</teiHeader>\n",
            header(&title, "")
        )
        .as_bytes(),
    )?;
    Ok(Box::new(writer))
}

/// The kinds of marks of an article, numbered as they come; its header lists them.
struct Kinds {
    /// What the ids of the article begin with.
    key: String,
    numbers: BTreeMap<String, usize>,
}

impl Kinds {
    fn new(key: &str) -> Self {
        Self {
            key: key.to_owned(),
            numbers: BTreeMap::new(),
        }
    }

    fn pointer(&mut self, kind: &str) -> String {
        let next = self.numbers.len() + 1;
        let number = self.numbers.entry(kind.to_owned()).or_insert(next);
        format!("#{}.k{number}", self.key)
    }

    fn text_id(&self) -> String {
        format!("{}.t", self.key)
    }
}

/// The elements of one layer by what they are, and the ids that its spans and relations have in the file.
#[derive(Default)]
struct Marks {
    spans: String,
    relations: String,
    features: String,
    ids: BTreeMap<String, String>,
}

impl DatasetWriter for Writer<'_> {
    fn article(&mut self, article: &Article, layers: &[(Annotator, Layer)]) -> io::Result<()> {
        self.articles += 1;
        let key = format!("d{}", self.articles);
        let mut kinds = Kinds::new(&key);
        let mut marks = String::new();
        for (number, (annotator, layer)) in layers.iter().filter(|(_, layer)| layer.exists()).enumerate() {
            let base = format!("{key}.a{}", number + 1);
            marks.push_str(&self.layer(article, annotator, layer, &base, &mut kinds));
        }
        let mut xml = format!("<TEI xml:id=\"{key}\">\n");
        let title = article.header.title.as_deref().unwrap_or(article.id.as_str());
        let mut notes = format!(
            "<note type=\"id\">{}</note>",
            self.xml.content(article.id.as_str())
        );
        if !article.header.meta.is_empty() {
            let meta = serde_json::Value::Object(article.header.meta.clone()).to_string();
            notes.extend([format!("<note type=\"meta\">{}</note>", self.xml.content(&meta))]);
        }
        let title = self.xml.content(title);
        xml.push_str(&header(&title, &format!("<notesStmt>{notes}</notesStmt>")));
        xml.push_str(&self.taxonomy(&kinds));
        xml.push_str("\n</teiHeader>\n");
        xml.push_str(&marks);
        let lang = article.header.lang.as_deref().unwrap_or("und");
        let (lang, text) = (self.xml.content(lang), self.xml.content(article.text.as_str()));
        xml.extend([format!(
            "<text xml:lang=\"{lang}\"><body><ab xml:id=\"{key}.t\" xml:space=\"preserve\">{text}</ab></body></text>\n</TEI>\n"
        )]);
        self.out.write_all(xml.as_bytes())
    }

    fn finish(mut self: Box<Self>) -> io::Result<Vec<Diagnostic>> {
        self.out.write_all(b"</teiCorpus>\n")?;
        self.out.flush()?;
        Ok(self.xml.finding().into_iter().collect())
    }
}

impl Writer<'_> {
    fn layer(
        &mut self,
        article: &Article,
        annotator: &Annotator,
        layer: &Layer,
        base: &str,
        kinds: &mut Kinds,
    ) -> String {
        let mut marks = Marks::default();
        self.spans(article, layer, base, kinds, &mut marks);
        self.relations(layer, base, kinds, &mut marks);
        let who = self.xml.content(annotator.as_str());
        let mut xml = format!("<standOff xml:id=\"{base}\" n=\"{who}\">\n");
        if !marks.spans.is_empty() {
            xml.extend([format!("<spanGrp n=\"{who}\">\n{}</spanGrp>\n", marks.spans)]);
        }
        if !marks.relations.is_empty() {
            xml.extend([format!("<listRelation>\n{}</listRelation>\n", marks.relations)]);
        }
        xml.push_str(&marks.features);
        for note in layer.notes.values() {
            let target = note.target.as_ref();
            let target = target.and_then(|target| marks.ids.get(target.as_str()));
            let target = target.map_or_else(|| kinds.text_id(), Clone::clone);
            let text = self.xml.content(&note.text);
            let own = self.xml.content(note.id.as_str());
            xml.extend([format!("<note n=\"{own}\" target=\"#{target}\">{text}</note>\n")]);
        }
        xml.push_str("</standOff>\n");
        xml
    }

    fn spans(&mut self, article: &Article, layer: &Layer, base: &str, kinds: &mut Kinds, marks: &mut Marks) {
        let text_id = kinds.text_id();
        for (number, span) in layer.spans.iter().enumerate() {
            let id = format!("{base}.s{}", number + 1);
            let ranges = span
                .ranges
                .as_slice()
                .iter()
                .filter_map(|range| article.text.char_range(*range));
            let targets: Vec<String> = ranges
                .map(|range| {
                    let (start, length) = (range.start().get(), range.end().get() - range.start().get());
                    format!("#string-range({text_id},{start},{length})")
                })
                .collect();
            let mut ana = kinds.pointer(span.label.as_str());
            ana.push_str(&self.features(&id, &span.attributes, &mut marks.features));
            marks.spans.extend([format!(
                "<span xml:id=\"{id}\" n=\"{}\" target=\"{}\" ana=\"{ana}\"/>\n",
                self.xml.content(span.id.as_str()),
                targets.join(" ")
            )]);
            marks.ids.insert(span.id.to_string(), id);
        }
    }

    fn relations(&mut self, layer: &Layer, base: &str, kinds: &mut Kinds, marks: &mut Marks) {
        for (number, relation) in layer.relations.values().enumerate() {
            let ends = marks
                .ids
                .get(relation.from.as_str())
                .zip(marks.ids.get(relation.to.as_str()));
            let Some((from, to)) = ends else { continue };
            let id = format!("{base}.r{}", number + 1);
            let mut ana = kinds.pointer(relation.relation_type.as_str());
            ana.push_str(&self.features(&id, &relation.attributes, &mut marks.features));
            marks.relations.extend([format!(
                "<relation xml:id=\"{id}\" n=\"{}\" name=\"{}\" active=\"#{from}\" passive=\"#{to}\" ana=\"{ana}\"/>\n",
                self.xml.content(relation.id.as_str()),
                word(relation.relation_type.as_str())
            )]);
            // A note on what is called like a span is on the span.
            marks.ids.entry(relation.id.to_string()).or_insert(id);
        }
    }

    /// The kinds of marks, for the header.
    fn taxonomy(&mut self, kinds: &Kinds) -> String {
        if kinds.numbers.is_empty() {
            return String::new();
        }
        let mut xml = "\n<encodingDesc><classDecl><taxonomy>\n".to_owned();
        for (kind, number) in &kinds.numbers {
            let kind = self.xml.content(kind);
            xml.extend([format!(
                "<category xml:id=\"{}.k{number}\"><catDesc>{kind}</catDesc></category>\n",
                kinds.key
            )]);
        }
        xml.push_str("</taxonomy></classDecl></encodingDesc>");
        xml
    }

    /// Adds the attributes of an element and gives the pointer to them.
    fn features(&mut self, id: &str, attributes: &Attributes, features: &mut String) -> String {
        if attributes.is_empty() {
            return String::new();
        }
        features.extend([format!("<fs xml:id=\"{id}.f\">")]);
        for (name, value) in attributes {
            let value = self.xml.content(&value_text(value));
            let (plain, own) = (word(name.as_str()), self.xml.content(name.as_str()));
            let own = if plain == own {
                String::new()
            } else {
                format!(" n=\"{own}\"")
            };
            features.extend([format!("<f name=\"{plain}\"{own}><string>{value}</string></f>")]);
        }
        features.push_str("</fs>\n");
        format!(" #{id}.f")
    }
}

/// A word as TEI wants it for a name: letters and digits of any script, `_` for everything else.
fn word(name: &str) -> String {
    name.chars()
        .map(|c| if c.is_alphanumeric() { c } else { '_' })
        .collect()
}

/// The header up to what follows its `fileDesc`; the caller closes it.
fn header(title: &str, notes: &str) -> String {
    format!(
        "<teiHeader><fileDesc><titleStmt><title>{title}</title></titleStmt>\
         <publicationStmt><p>Exported from Hashiya</p></publicationStmt>{notes}\
         <sourceDesc><p>News articles</p></sourceDesc></fileDesc>"
    )
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::prelude::*;
    use quick_xml::events::Event as Xml;

    use super::super::generated::{Dataset, long_article};
    use super::super::generated_full::full_datasets;
    use super::super::testing::{marked, options, write_to};
    use super::*;

    /// An element with its attributes and the words directly in it.
    type Element = (String, BTreeMap<String, String>, String);

    /// Every element of a file.
    fn elements(path: &Path) -> Vec<Element> {
        let xml = std::fs::read_to_string(path).unwrap();
        let mut reader = quick_xml::Reader::from_str(&xml);
        let (mut all, mut open): (Vec<Element>, Vec<usize>) = (Vec::new(), Vec::new());
        loop {
            let event = reader.read_event().unwrap();
            let words = match &event {
                Xml::Start(element) | Xml::Empty(element) => {
                    let attributes = element.attributes().map(|attribute| {
                        let attribute = attribute.unwrap();
                        let name = String::from_utf8(attribute.key.as_ref().to_vec()).unwrap();
                        let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0);
                        (name, value.unwrap().into_owned())
                    });
                    let name = String::from_utf8(element.name().as_ref().to_vec()).unwrap();
                    all.push((name, attributes.collect(), String::new()));
                    if matches!(event, Xml::Start(_)) {
                        open.push(all.len() - 1);
                    }
                    continue;
                }
                Xml::End(_) => {
                    open.pop();
                    continue;
                }
                Xml::Text(text) => text.xml10_content().unwrap().into_owned(),
                Xml::GeneralRef(entity) => {
                    let name = String::from_utf8(entity.to_vec()).unwrap();
                    let named = || {
                        quick_xml::escape::resolve_predefined_entity(&name)
                            .unwrap()
                            .to_owned()
                    };
                    entity
                        .resolve_char_ref()
                        .unwrap()
                        .map_or_else(named, String::from)
                }
                Xml::Eof => return all,
                _ => continue,
            };
            if let Some(at) = open.last() {
                all[*at].2.push_str(&words);
            }
        }
    }

    fn blank(text: &str) -> String {
        let is_refused = |c: char| c < ' ' && !matches!(c, '\t' | '\n' | '\r');
        text.replace(is_refused, " ")
    }

    /// What the file says of each range: the id of its span, the kind of the mark, and the words.
    fn pointed_at(all: &[Element], by_id: &BTreeMap<&str, &Element>) -> Vec<String> {
        let mut found = Vec::new();
        for element in all {
            for pointer in ["ana", "active", "passive", "target"]
                .into_iter()
                .filter_map(|key| element.1.get(key))
                .flat_map(|pointers| pointers.split(' '))
            {
                let pointer = pointer.strip_prefix('#').unwrap();
                let Some(place) = pointer.strip_prefix("string-range(") else {
                    assert!(by_id.contains_key(pointer), "{pointer} leads nowhere");
                    continue;
                };
                let parts: Vec<&str> = place.trim_end_matches(')').split(',').collect();
                let number = |at: usize| parts[at].parse::<usize>().unwrap();
                let text = by_id[parts[0]].2.chars();
                let words: String = text.skip(number(1)).take(number(2)).collect();
                let kind = element.1["ana"].split(' ').next().unwrap();
                let kind = by_id[kind.trim_start_matches('#')];
                // A category holds its description, which stands right behind it.
                let at = all.iter().position(|one| std::ptr::eq(one, kind)).unwrap();
                found.push(format!("{} {} {words}", element.1["n"], all[at + 1].2));
            }
        }
        found
    }

    /// The same of what the file was made of.
    fn marked_words(dataset: &Dataset) -> Vec<String> {
        let mut expected = Vec::new();
        for (article, layers) in dataset {
            for span in layers.iter().flat_map(|(_, layer)| layer.spans.iter()) {
                for range in span.ranges.as_slice() {
                    let words = blank(article.text.slice(*range).unwrap());
                    expected.push(format!("{} {} {words}", span.id, span.label));
                }
            }
        }
        expected
    }

    /// Every pointer leads somewhere, every text is as it was, and every span slices what it is a span of.
    fn check(dataset: &Dataset) {
        let folder = tempfile::tempdir().unwrap();
        let (path, _) = write_to(folder.path(), &FORMAT, &options(), dataset);
        let all = elements(&path);
        let mut by_id: BTreeMap<&str, &Element> = BTreeMap::new();
        for element in &all {
            if let Some(id) = element.1.get("xml:id") {
                assert!(by_id.insert(id, element).is_none(), "{id} is there twice");
            }
        }
        let texts = all.iter().filter(|element| element.0 == "ab");
        let texts: Vec<&str> = texts.map(|element| element.2.as_str()).collect();
        let own: Vec<String> = dataset
            .iter()
            .map(|(article, _)| blank(article.text.as_str()))
            .collect();
        assert_eq!(texts, own);
        let found = pointed_at(&all, &by_id);
        let expected = marked_words(dataset);
        assert!(found == expected, "{found:.2000?}\n{expected:.2000?}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn every_pointer_slices_the_words_of_its_span(dataset in full_datasets()) {
            check(&dataset);
        }
    }

    #[test]
    fn a_span_of_67_000_characters_is_pointed_at() {
        check(&long_article());
    }

    #[test]
    fn spans_point_into_the_text_in_code_points() {
        let folder = tempfile::tempdir().unwrap();
        let article = marked("a", "😀 {1:b é|x\r\ny|1} & {1|z|1}\u{1}");
        let (path, said) = write_to(folder.path(), &FORMAT, &options(), &[article]);
        let xml = std::fs::read_to_string(path).unwrap();
        let span = "<span xml:id=\"d1.a1.s1\" n=\"1\" target=\"#string-range(d1.t,2,4) #string-range(d1.t,9,1)\" ana=\"#d1.k1\"/>";
        assert!(xml.contains(span), "{xml}");
        assert!(
            xml.contains("xml:space=\"preserve\">😀 x&#13;\ny &amp; z </ab>"),
            "{xml}"
        );
        assert_eq!(said[0].code, "characters_replaced");
    }
}
