//! Article labels as spaCy's text categories, `doc.cats`: each possible answer is one, with 1 or 0.

use crate::model::{AttributeId, AttributeType, Codebook, Value};

/// An article label that is a choice among some answers, or yes or no.
pub(super) struct Category {
    /// The attribute that it is.
    pub(super) attribute: AttributeId,
    /// The answers there are; none for yes or no.
    answers: Vec<String>,
}

impl Category {
    /// Those of a codebook.
    pub(super) fn all_of(codebook: &Codebook) -> Vec<Self> {
        let uses = codebook.article_labels.iter();
        let attributes = uses.filter_map(|asked| codebook.attribute(&asked.id));
        let chosen = attributes.filter(|attribute| {
            matches!(
                attribute.attribute_type,
                AttributeType::Choice | AttributeType::Choices | AttributeType::Boolean
            )
        });
        chosen
            .map(|attribute| Self {
                attribute: attribute.id.clone(),
                answers: attribute.choices.iter().map(|choice| choice.id.clone()).collect(),
            })
            .collect()
    }

    /// What a value says to each answer, by its name `ATTRIBUTE=ANSWER`. A value of another type says nothing.
    pub(super) fn answers(&self, value: &Value) -> Vec<(String, bool)> {
        let given = match value {
            Value::Boolean(holds) => return vec![(self.attribute.to_string(), *holds)],
            Value::Text(answer) => std::slice::from_ref(answer),
            Value::Choices(answers) => answers.as_slice(),
            _ => return Vec::new(),
        };
        let unknown = given.iter().filter(|answer| !self.answers.contains(answer));
        let all = self.answers.iter().chain(unknown);
        let mut all: Vec<(String, bool)> = all
            .map(|answer| (format!("{}={answer}", self.attribute), given.contains(answer)))
            .collect();
        all.sort();
        all.dedup();
        all
    }
}
