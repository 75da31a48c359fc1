//! Writing JSON CAS 0.4: a file for each article and annotator, which holds its own types.

use std::io;

use serde_json::{Map, Value as Json, json};

use crate::model::{Annotator, Article, Layer, parse_json};

use super::super::Diagnostic;
use super::super::each_layer::each_document;
use super::super::files::{Files, put_file};
use super::super::registry::{DatasetWriter, WriteOptions};
use super::build::{FIRST, structures};
use super::types::{FeatureValue, TypeSystem};

struct Writer<'a> {
    files: Box<dyn Files<'a> + 'a>,
    types: TypeSystem,
}

#[allow(
    clippy::unnecessary_wraps,
    reason = "the table of formats wants one kind of function, and others write at once"
)]
pub(super) fn writer<'a>(
    files: Box<dyn Files<'a> + 'a>,
    options: &WriteOptions,
) -> io::Result<Box<dyn DatasetWriter + 'a>> {
    Ok(Box::new(Writer {
        files,
        types: TypeSystem::new(&options.codebook),
    }))
}

impl DatasetWriter for Writer<'_> {
    fn article(&mut self, article: &Article, layers: &[(Annotator, Layer)]) -> io::Result<()> {
        for (path, annotator, layer) in each_document(article, layers) {
            let cas = cas(&self.types, article, annotator, &layer);
            put_file(&mut *self.files, &format!("{path}.json"), &format!("{cas}\n"))?;
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> io::Result<Vec<Diagnostic>> {
        Ok(Vec::new())
    }
}

fn cas(types: &TypeSystem, article: &Article, annotator: Option<&Annotator>, layer: &Layer) -> Json {
    let mut declared = Map::new();
    for kind in types.types() {
        let mut object = json!({ "%NAME": kind.name, "%SUPER_TYPE": kind.above });
        for (feature, range) in kind.features {
            object[&feature] = json!({ "%NAME": feature, "%RANGE": range });
        }
        declared.insert(kind.name.to_owned(), object);
    }
    let mut all = vec![json!({
        "%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView", "mimeType": "text/plain",
        "sofaString": article.text.as_str(),
    })];
    let structures = structures(types, article, annotator, layer);
    for (number, structure) in structures.iter().enumerate() {
        let mut object = json!({ "%ID": number + FIRST, "%TYPE": structure.kind });
        if let Some((begin, end)) = structure.place {
            object["@sofa"] = 1.into();
            object["begin"] = begin.into();
            object["end"] = end.into();
        }
        for (name, value) in &structure.features {
            match value {
                FeatureValue::Text(text) => object[name] = text.as_str().into(),
                FeatureValue::Number(literal) => {
                    object[name] = parse_json(literal).map_or(Json::Null, |parsed| parsed.value);
                }
                FeatureValue::Boolean(yes) => object[name] = (*yes).into(),
                FeatureValue::Structure(number) => object[format!("@{name}")] = (*number).into(),
            }
        }
        all.push(object);
    }
    let members: Vec<usize> = (FIRST..FIRST + structures.len()).collect();
    json!({
        "%TYPES": declared,
        "%FEATURE_STRUCTURES": all,
        "%VIEWS": { "_InitialView": { "%SOFA": 1, "%MEMBERS": members } },
    })
}
