//! Writing XMI: a file for each article and annotator, and one `TypeSystem.xml`.

use std::io::{self, Write};

use crate::model::{Annotator, Article, Layer};

use super::super::Diagnostic;
use super::super::files::Files;
use super::super::registry::{DatasetWriter, WriteOptions};
use super::build::{FIRST, structures};
use super::json::documents;
use super::types::{FeatureValue, TypeSystem, is_refused};

struct Writer<'a> {
    files: Box<dyn Files<'a> + 'a>,
    types: TypeSystem,
    replaced: u64,
}

pub(super) fn writer<'a>(
    mut files: Box<dyn Files<'a> + 'a>,
    options: &WriteOptions,
) -> io::Result<Box<dyn DatasetWriter + 'a>> {
    let types = TypeSystem::new(&options.codebook);
    if let Some(mut out) = files.further("TypeSystem.xml")? {
        out.write_all(type_system(&types).as_bytes())?;
        out.flush()?;
    }
    Ok(Box::new(Writer {
        files,
        types,
        replaced: 0,
    }))
}

impl DatasetWriter for Writer<'_> {
    fn article(&mut self, article: &Article, layers: &[(Annotator, Layer)]) -> io::Result<()> {
        for (path, annotator, layer) in documents(article, layers) {
            if let Some(mut out) = self.files.further(&format!("{path}.xmi"))? {
                out.write_all(self.document(article, annotator, &layer).as_bytes())?;
                out.flush()?;
            }
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> io::Result<Vec<Diagnostic>> {
        if self.replaced == 0 {
            return Ok(Vec::new());
        }
        let message = format!(
            "control characters that XML cannot hold: {}; spaces stand for them",
            self.replaced
        );
        Ok(vec![Diagnostic::warning("characters_replaced", message)])
    }
}

impl Writer<'_> {
    fn document(&mut self, article: &Article, annotator: Option<&Annotator>, layer: &Layer) -> String {
        let mut xml = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xmi:XMI xmlns:xmi=\"http://www.omg.org/XMI\" \
             xmlns:cas=\"http:///uima/cas.ecore\" xmlns:custom=\"http:///custom.ecore\" \
             xmlns:hashiya=\"http:///hashiya.ecore\" xmi:version=\"2.0\">\n<cas:NULL xmi:id=\"0\"/>\n",
        );
        let structures = structures(&self.types, article, annotator, layer);
        for (number, structure) in structures.iter().enumerate() {
            let number = number + FIRST;
            let element = structure.kind.replace('.', ":");
            xml.extend([format!("<{element} xmi:id=\"{number}\"")]);
            if let Some((begin, end)) = structure.place {
                xml.extend([format!(" sofa=\"1\" begin=\"{begin}\" end=\"{end}\"")]);
            }
            for (name, value) in &structure.features {
                match value {
                    FeatureValue::Text(text) => xml.extend([format!(" {name}=\"{}\"", self.escaped(text))]),
                    FeatureValue::Number(literal) => xml.extend([format!(" {name}=\"{literal}\"")]),
                    FeatureValue::Boolean(yes) => xml.extend([format!(" {name}=\"{yes}\"")]),
                    FeatureValue::Structure(number) => xml.extend([format!(" {name}=\"{number}\"")]),
                }
            }
            xml.push_str("/>\n");
        }
        let text = self.escaped(article.text.as_str());
        xml.extend([format!(
            "<cas:Sofa xmi:id=\"1\" sofaNum=\"1\" sofaID=\"_InitialView\" mimeType=\"text/plain\" sofaString=\"{text}\"/>\n"
        )]);
        let members: Vec<String> = (FIRST..FIRST + structures.len())
            .map(|number| number.to_string())
            .collect();
        xml.extend([format!(
            "<cas:View sofa=\"1\" members=\"{}\"/>\n</xmi:XMI>\n",
            members.join(" ")
        )]);
        xml
    }

    /// As the value of an attribute. Each character that XML cannot hold is one code unit, and so is its space.
    fn escaped(&mut self, text: &str) -> String {
        let mut escaped = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                '&' => escaped.push_str("&amp;"),
                '<' => escaped.push_str("&lt;"),
                '>' => escaped.push_str("&gt;"),
                '"' => escaped.push_str("&quot;"),
                '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' => {
                    escaped.extend([format!("&#{};", u32::from(c))]);
                }
                c if is_refused(c) => {
                    self.replaced += 1;
                    escaped.push(' ');
                }
                c => escaped.push(c),
            }
        }
        escaped
    }
}

fn type_system(types: &TypeSystem) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <typeSystemDescription xmlns=\"http://uima.apache.org/resourceSpecifier\">\n<types>\n",
    );
    for kind in types.types() {
        let (name, above) = (kind.name, kind.above);
        xml.extend([format!(
            "<typeDescription>\n<name>{name}</name>\n<supertypeName>{above}</supertypeName>\n<features>\n"
        )]);
        for (feature, range) in kind.features {
            xml.extend([format!(
                "<featureDescription><name>{feature}</name><rangeTypeName>{range}</rangeTypeName></featureDescription>\n"
            )]);
        }
        xml.push_str("</features>\n</typeDescription>\n");
    }
    xml.push_str("</types>\n</typeSystemDescription>\n");
    xml
}
