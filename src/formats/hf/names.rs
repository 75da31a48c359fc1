//! The names of labels that a dataset writes as numbers: from the metadata of a Parquet file, from the card, or from the
//! file of features that older datasets have.
//!
//! Names that are nowhere are not made up.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::rc::Rc;

use serde_json::{Map, Value as Json, json};

use super::FENCE;
use super::yaml;

/// Bytes of a card that are looked at.
const MOST_OF_CARD: u64 = 4 << 20;
/// Folders above a file in which its card may lie.
const FOLDERS_UP: usize = 3;

/// Names in the order of their numbers.
type Names = Rc<[String]>;

/// What is known of the columns of a dataset, in the shape that the library keeps in Parquet files.
#[derive(Debug, Default)]
pub(super) struct Features {
    /// What files say, the nearest first.
    all: Vec<Json>,
    /// What was asked for before: each row asks for the same.
    asked: RefCell<BTreeMap<(String, String), Option<Names>>>,
}

impl Features {
    /// The features of a file: from its own metadata, where it has some, then from what lies beside it or above it.
    pub(super) fn of(path: &Path, metadata: Option<&str>) -> Self {
        let own = metadata.and_then(|text| serde_json::from_str::<Json>(text).ok());
        let own = own.and_then(|json| json.pointer("/info/features").cloned());
        let mut all: Vec<Json> = own.into_iter().collect();
        let config = path.parent().and_then(Path::file_name);
        let config = config.unwrap_or_default().to_string_lossy();
        for folder in path.ancestors().skip(1).take(FOLDERS_UP) {
            for (name, read) in [
                ("README.md", of_card as fn(&str) -> Option<Json>),
                ("dataset_infos.json", |text| serde_json::from_str(text).ok()),
                ("dataset_info.json", |text| serde_json::from_str(text).ok()),
            ] {
                if let Some(json) = text_of(&folder.join(name)).and_then(|text| read(&text)) {
                    all.extend(in_info(&json, &config));
                }
            }
        }
        Self {
            all,
            asked: RefCell::default(),
        }
    }

    /// The names of the classes in a column, or in a field of its elements, in the order of their numbers.
    pub(super) fn class_names(&self, column: &str, field: Option<&str>) -> Option<Names> {
        let key = (column.to_owned(), field.unwrap_or_default().to_owned());
        let mut asked = self.asked.borrow_mut();
        let find = || self.find(column, field).map(Rc::from);
        asked.entry(key).or_insert_with(find).clone()
    }

    fn find(&self, column: &str, field: Option<&str>) -> Option<Vec<String>> {
        self.all.iter().find_map(|features| {
            let feature = features.get(column)?;
            let feature = match field {
                Some(field) => element(feature).get(field)?,
                None => feature,
            };
            classes(feature)
        })
    }
}

fn text_of(path: &Path) -> Option<String> {
    let mut bytes = Vec::new();
    File::open(path)
        .ok()?
        .take(MOST_OF_CARD)
        .read_to_end(&mut bytes)
        .ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// The head of a card, in the shape of JSON files of features.
fn of_card(card: &str) -> Option<Json> {
    let inside = card.trim_start_matches('\u{feff}').strip_prefix(FENCE)?;
    let end = inside.find("\n---")?;
    let head = yaml::read(inside.get(..=end)?)?;
    let info = head.get("dataset_info")?;
    let infos = match info {
        Json::Array(all) => all.iter().collect(),
        one => vec![one],
    };
    let read = infos.into_iter().filter_map(|info| {
        let name = info
            .get("config_name")
            .and_then(Json::as_str)
            .unwrap_or("default");
        let features = fields(info.get("features")?);
        Some((name.to_owned(), json!({"features": features})))
    });
    Some(Json::Object(read.collect()))
}

/// The features in what a file tells of one configuration or of several: those of the one named like the folder first.
fn in_info(json: &Json, config: &str) -> Vec<Json> {
    if let Some(features) = json.get("features") {
        return vec![features.clone()];
    }
    let Some(all) = json.as_object() else {
        return Vec::new();
    };
    let named = all.get(config).into_iter();
    let features = named.chain(all.values()).filter_map(|info| info.get("features"));
    features.cloned().collect()
}

/// What a list, however it is written, has for elements.
fn element(feature: &Json) -> &Json {
    match feature {
        Json::Array(list) => list.first().map_or(feature, element),
        Json::Object(object) if object.get("_type").is_some_and(Json::is_string) => {
            object.get("feature").map_or(feature, element)
        }
        _ => feature,
    }
}

fn classes(feature: &Json) -> Option<Vec<String>> {
    let feature = element(feature);
    if feature.get("_type")?.as_str()? != "ClassLabel" {
        return None;
    }
    match feature.get("names")? {
        Json::Array(names) => names
            .iter()
            .map(|name| name.as_str().map(str::to_owned))
            .collect(),
        Json::Object(names) => {
            let numbered = names
                .iter()
                .map(|(number, name)| Some((number.parse::<usize>().ok()?, name.as_str()?.to_owned())));
            let mut numbered: Vec<(usize, String)> = numbered.collect::<Option<_>>()?;
            numbered.sort();
            let is_whole = numbered.iter().enumerate().all(|(at, (number, _))| at == *number);
            is_whole.then(|| numbered.into_iter().map(|(_, name)| name).collect())
        }
        _ => None,
    }
}

/// The columns that a card lists, as an object.
fn fields(list: &Json) -> Json {
    let list = list.as_array().map(Vec::as_slice).unwrap_or_default();
    let fields = list.iter().filter_map(|field| {
        let name = field.get("name")?.as_str()?;
        Some((name.to_owned(), feature(field)))
    });
    Json::Object(fields.collect::<Map<_, _>>())
}

/// One column of a card.
fn feature(of: &Json) -> Json {
    let list = |inner: &Json| json!({"feature": feature_or_fields(inner), "_type": "List"});
    if let Some(class) = of.get("class_label") {
        return json!({"names": class.get("names"), "_type": "ClassLabel"});
    }
    if let Some(inner) = ["sequence", "list", "large_list"]
        .iter()
        .find_map(|key| of.get(*key))
    {
        return list(inner);
    }
    match of.get("struct").or_else(|| of.get("dtype")) {
        Some(inner) => feature_or_fields(inner),
        None => Json::Null,
    }
}

fn feature_or_fields(of: &Json) -> Json {
    match of {
        Json::String(kind) => json!({"dtype": kind, "_type": "Value"}),
        Json::Array(_) => fields(of),
        other => feature(other),
    }
}
