//! One line of columns, and what its tag says. All ways of tagging are read alike; which one a file follows is found
//! out from the whole file, so that breaches of it can be told.

/// A token with its tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Row<'a> {
    pub token: &'a str,
    pub tag: Tag<'a>,
    /// How many columns the line has.
    pub columns: usize,
}

/// What a tag says of its token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag<'a> {
    /// It is in no span.
    Outside,
    /// It is in one: how, and under which label.
    In(Place, &'a str),
}

/// Where in a span a token stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Begin,
    Inside,
    End,
    Single,
}

impl<'a> Tag<'a> {
    fn of(tag: &'a str) -> Option<Self> {
        if matches!(tag, "O" | "o" | "_" | "-") {
            return Some(Self::Outside);
        }
        let (place, label) = tag.split_once('-')?;
        let place = match place {
            "B" => Place::Begin,
            "I" | "M" => Place::Inside,
            "E" | "L" => Place::End,
            "S" | "U" | "W" => Place::Single,
            _ => return None,
        };
        (!label.is_empty()).then_some(Self::In(place, label))
    }
}

impl<'a> Row<'a> {
    /// The line in its columns; `None` where it has fewer than two or its last is no tag.
    pub(super) fn of(line: &'a str) -> Option<Self> {
        let columns = columns(line);
        let (token, tag) = (columns.first()?, columns.last()?);
        let tag = Tag::of(tag)?;
        (columns.len() > 1 && !token.trim().is_empty()).then_some(Self {
            token,
            tag,
            columns: columns.len(),
        })
    }
}

/// Cut at tabs where there are any, else at spaces. Other white space belongs to its token.
pub(super) fn columns(line: &str) -> Vec<&str> {
    let line = line.trim_end_matches(['\t', ' ', '\r']);
    if line.contains('\t') {
        line.split('\t').map(|column| column.trim_matches(' ')).collect()
    } else {
        line.split(' ').filter(|column| !column.is_empty()).collect()
    }
}

/// What was seen of the ways of tagging in a file.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Scheme {
    /// `I-` where no span of that label goes on.
    begins_with_inside: u64,
    /// `B-` where no span of that label stands right before.
    begins_needlessly: u64,
    /// `E-`, `S-`, and their like.
    ends: u64,
}

/// The ways of tagging.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// `B-` only where a span follows another one of its label.
    Iob1,
    /// `B-` at every beginning.
    Iob2,
    /// With ends and single tokens.
    Bioes,
}

impl Scheme {
    /// Counts a tag in. The label before is that of the token before in the same sentence.
    pub(super) fn add(&mut self, before: Option<&str>, tag: Tag<'_>) {
        match tag {
            Tag::In(Place::Inside, label) if before != Some(label) => self.begins_with_inside += 1,
            Tag::In(Place::Begin, label) if before != Some(label) => self.begins_needlessly += 1,
            Tag::In(Place::End | Place::Single, _) => self.ends += 1,
            _ => {}
        }
    }

    /// The way that the file follows.
    pub(super) fn way(self) -> Way {
        if self.ends > 0 {
            Way::Bioes
        } else if self.begins_with_inside > 0 && self.begins_needlessly == 0 {
            Way::Iob1
        } else {
            Way::Iob2
        }
    }

    /// How many spans begin as they must not in that way.
    pub(super) fn broken(self) -> u64 {
        if self.way() == Way::Iob1 {
            0
        } else {
            self.begins_with_inside
        }
    }
}
