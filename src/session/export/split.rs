//! Parts of a dataset for training, development, and test: by article, the same each time, near-identical articles
//! together.

use std::collections::{BTreeMap, HashMap};

use crate::model::{ArticleId, Sha256};
use crate::session::refusal::Refusal;

use super::alike::{Trace, groups};

/// The parts of a split and how large they are.
#[derive(Clone, Debug, PartialEq)]
pub struct Split {
    parts: Vec<(String, f64)>,
    seed: u64,
}

impl Split {
    /// Reads `train=0.8,dev=0.1,test=0.1`; shares may also be given as counts or per cent (`8,1,1`), only their
    /// proportion matters.
    ///
    /// # Errors
    /// `bad_split` for anything else, with what is wrong.
    pub fn parse(text: &str, seed: u64) -> Result<Self, Refusal> {
        let bad =
            |what: String| Refusal::new("bad_split", what).hint("write it as train=0.8,dev=0.1,test=0.1");
        let mut parts: Vec<(String, f64)> = Vec::new();
        for part in text.split(',') {
            let (name, share) = part
                .split_once('=')
                .ok_or_else(|| bad(format!("{part:?} is no part with its share")))?;
            let (name, share) = (name.trim(), share.trim());
            if !is_part_name(name) {
                return Err(bad(format!(
                    "{name:?} cannot be the name of a part: letters, digits, - and _ can"
                )));
            }
            let share: f64 = share
                .parse()
                .ok()
                .filter(|share: &f64| share.is_finite() && *share > 0.0)
                .ok_or_else(|| bad(format!("{share:?} is no share: a number above 0 is")))?;
            // Of files whose names differ in case alone, some systems would keep one.
            if parts.iter().any(|(there, _)| there.eq_ignore_ascii_case(name)) {
                return Err(bad(format!("the part {name} is there twice")));
            }
            parts.push((name.to_owned(), share));
        }
        if parts.len() < 2 {
            return Err(bad("a split has at least two parts".to_owned()));
        }
        Ok(Self { parts, seed })
    }

    /// The names of the parts.
    pub fn names(&self) -> Vec<String> {
        self.parts.iter().map(|(name, _)| name.clone()).collect()
    }

    /// Puts articles into parts. Groups of near-identical ones stay together; in an order that the seed and the
    /// articles' ids decide, each goes where most is lacking.
    pub(super) fn assign(&self, articles: &[(ArticleId, Trace)]) -> Assignment {
        let traces: Vec<Trace> = articles.iter().map(|(_, trace)| *trace).collect();
        let mut members: BTreeMap<usize, Vec<&ArticleId>> = BTreeMap::new();
        for ((id, _), group) in articles.iter().zip(groups(&traces)) {
            members.entry(group).or_default().push(id);
        }
        let near_identical = members.values().map(|group| group.len() as u64 - 1).sum();
        let mut groups: Vec<(String, Vec<&ArticleId>)> = members
            .into_values()
            .map(|ids| (self.order_of(&ids), ids))
            .collect();
        groups.sort();
        let shares: f64 = self.parts.iter().map(|(_, share)| share).sum();
        let mut sizes = vec![0_usize; self.parts.len()];
        let mut part_of = HashMap::new();
        for (_, ids) in groups {
            let lacking = self
                .parts
                .iter()
                .zip(&sizes)
                .map(|((_, share), size)| share / shares * articles.len() as f64 - *size as f64);
            // Of equal ones the first.
            let part = lacking
                .enumerate()
                .rev()
                .max_by(|(_, one), (_, other)| one.total_cmp(other))
                .map_or(0, |(part, _)| part);
            if let Some(size) = sizes.get_mut(part) {
                *size += ids.len();
            }
            part_of.extend(ids.into_iter().map(|id| (id.clone(), part)));
        }
        Assignment {
            part_of,
            near_identical,
        }
    }

    /// Where a group stands in the order: by a digest of the seed and its first id, which no other article changes.
    fn order_of(&self, ids: &[&ArticleId]) -> String {
        let first = ids.iter().min().map_or("", |id| id.as_str());
        Sha256::of(&format!("{} {first}", self.seed)).hex()
    }
}

/// Whether a part may be called so.
pub(super) fn is_part_name(name: &str) -> bool {
    let is_kept = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    !name.is_empty() && name.chars().all(is_kept)
}

/// Which part each article is in.
#[derive(Debug)]
pub(super) struct Assignment {
    part_of: HashMap<ArticleId, usize>,
    /// Articles that are nearly the same as one before them.
    pub near_identical: u64,
}

impl Assignment {
    /// The part of an article; of one that came in meanwhile the first.
    pub(super) fn part_of(&self, id: &ArticleId) -> usize {
        self.part_of.get(id).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn articles(count: usize) -> Vec<(ArticleId, Trace)> {
        (0..count)
            .map(|n| {
                let text = Sha256::of(&n.to_string()).hex();
                (ArticleId::new(format!("a{n}")).unwrap(), Trace::of(&text))
            })
            .collect()
    }

    fn sizes(split: &Split, articles: &[(ArticleId, Trace)]) -> Vec<usize> {
        let assignment = split.assign(articles);
        let count = |part| {
            articles
                .iter()
                .filter(|(id, _)| assignment.part_of(id) == part)
                .count()
        };
        (0..split.parts.len()).map(count).collect()
    }

    #[test]
    fn shares_are_kept_also_of_few_articles() {
        let split = Split::parse("train=0.8,dev=0.1,test=0.1", 1).unwrap();
        assert_eq!(sizes(&split, &articles(10)), [8, 1, 1]);
        assert_eq!(sizes(&split, &articles(1000)), [800, 100, 100]);
        assert_eq!(sizes(&split, &articles(0)), [0, 0, 0]);
        assert_eq!(sizes(&Split::parse("a=2,b=1", 1).unwrap(), &articles(9)), [6, 3]);
    }

    #[test]
    fn the_seed_decides_and_the_same_seed_decides_the_same() {
        let articles = articles(50);
        let parts = |seed| {
            let split = Split::parse("train=1,test=1", seed).unwrap();
            let assignment = split.assign(&articles);
            articles
                .iter()
                .map(|(id, _)| assignment.part_of(id))
                .collect::<Vec<_>>()
        };
        assert_eq!(parts(7), parts(7));
        assert_ne!(parts(7), parts(8));
    }

    #[test]
    fn near_identical_articles_stay_together() {
        let mut articles = articles(40);
        let text =
            "Une attaque a fait douze morts au marché, selon la police, qui cherche encore les auteurs.";
        for n in 0..10 {
            let id = ArticleId::new(format!("twin{n}")).unwrap();
            articles.push((id, Trace::of(&format!("{text} {n}"))));
        }
        let split = Split::parse("train=1,dev=1,test=1", 3).unwrap();
        let assignment = split.assign(&articles);
        let of_twins: std::collections::BTreeSet<usize> = articles
            .iter()
            .skip(40)
            .map(|(id, _)| assignment.part_of(id))
            .collect();
        assert_eq!((of_twins.len(), assignment.near_identical), (1, 9));
    }

    #[test]
    fn a_split_that_is_none_is_refused_with_the_reason() {
        for (text, word) in [
            ("train", "share"),
            ("train=1", "two"),
            ("train=1,train=2", "twice"),
            ("train=1,Train=2", "twice"),
            ("train=x,b=1", "number"),
            ("train=-1,b=1", "above 0"),
            ("../x=1,b=1", "name"),
        ] {
            let refusal = Split::parse(text, 1).unwrap_err();
            assert!(refusal.message.contains(word), "{text}: {refusal}");
        }
    }
}
