//! Writing XMI: a file for each article and annotator, and one `TypeSystem.xml`.

use std::io;

use crate::model::{Annotator, Article, Layer};

use super::super::Diagnostic;
use super::super::each_layer::each_document;
use super::super::files::{Files, put_file};
use super::super::registry::{DatasetWriter, WriteOptions};
use super::super::xml_text::XmlText;
use super::build::{FIRST, structures};
use super::types::{FeatureValue, TypeSystem, type_system};

struct Writer<'a> {
    files: Box<dyn Files<'a> + 'a>,
    types: TypeSystem,
    xml: XmlText,
}

pub(super) fn writer<'a>(
    mut files: Box<dyn Files<'a> + 'a>,
    options: &WriteOptions,
) -> io::Result<Box<dyn DatasetWriter + 'a>> {
    let types = TypeSystem::new(&options.codebook);
    put_file(&mut *files, "TypeSystem.xml", &type_system(types.types()))?;
    Ok(Box::new(Writer {
        files,
        types,
        xml: XmlText::default(),
    }))
}

impl DatasetWriter for Writer<'_> {
    fn article(&mut self, article: &Article, layers: &[(Annotator, Layer)]) -> io::Result<()> {
        for (path, annotator, layer) in each_document(article, layers) {
            let document = self.document(article, annotator, &layer);
            put_file(&mut *self.files, &format!("{path}.xmi"), &document)?;
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> io::Result<Vec<Diagnostic>> {
        Ok(self.xml.finding().into_iter().collect())
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
                    FeatureValue::Text(text) => {
                        xml.extend([format!(" {name}=\"{}\"", self.xml.attribute(text))]);
                    }
                    FeatureValue::Number(literal) => xml.extend([format!(" {name}=\"{literal}\"")]),
                    FeatureValue::Boolean(yes) => xml.extend([format!(" {name}=\"{yes}\"")]),
                    FeatureValue::Structure(number) => xml.extend([format!(" {name}=\"{number}\"")]),
                }
            }
            xml.push_str("/>\n");
        }
        let text = self.xml.attribute(article.text.as_str());
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
}
