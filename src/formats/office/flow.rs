//! The text of a document as it grows: paragraphs, rows of tables, and what stands aside. Knows no format.

use std::mem;

/// Paragraphs one line feed apart; the cells of a table's row one tab apart.
#[derive(Debug, Default)]
pub(super) struct Flow {
    /// Finished lines, of the document and of every open cell and aside.
    lines: Vec<Vec<String>>,
    done: Vec<String>,
    /// Open paragraphs; one may hold a text box with others.
    open: Vec<Paragraph>,
    rows: Vec<Row>,
    /// The start of a paragraph whose end was deleted.
    carried: String,
}

#[derive(Debug, Default)]
struct Paragraph {
    text: String,
    is_joined: bool,
}

#[derive(Debug, Default)]
struct Row {
    cells: Vec<String>,
    is_deleted: bool,
}

impl Flow {
    pub fn start_paragraph(&mut self) {
        self.open.push(Paragraph {
            text: mem::take(&mut self.carried),
            is_joined: false,
        });
    }

    pub fn end_paragraph(&mut self) {
        match self.open.pop() {
            Some(paragraph) if paragraph.is_joined => self.carried = paragraph.text,
            Some(paragraph) => self.done.push(paragraph.text),
            None => {}
        }
    }

    /// The end of the open paragraph was deleted: the next one goes on in its line.
    pub fn join_next(&mut self) {
        if let Some(paragraph) = self.open.last_mut() {
            paragraph.is_joined = true;
        }
    }

    /// Adds words; outside paragraphs there are none.
    pub fn push(&mut self, text: &str) {
        if let Some(paragraph) = self.open.last_mut() {
            paragraph.text.push_str(text);
        }
    }

    /// The last character of the open paragraph.
    pub fn last(&self) -> Option<char> {
        self.open.last()?.text.chars().next_back()
    }

    pub fn start_row(&mut self) {
        // A table is no paragraph that could go on in the line of another.
        self.flush();
        self.rows.push(Row::default());
    }

    pub fn delete_row(&mut self) {
        if let Some(row) = self.rows.last_mut() {
            row.is_deleted = true;
        }
    }

    pub fn end_row(&mut self) {
        if let Some(row) = self.rows.pop().filter(|row| !row.is_deleted) {
            self.done.push(row.cells.join("\t"));
        }
    }

    pub fn start_cell(&mut self) {
        self.start_aside();
    }

    pub fn end_cell(&mut self) {
        let cell = self.end_aside();
        if let Some(row) = self.rows.last_mut() {
            row.cells.push(cell);
        }
    }

    /// What follows is no part of the text around it, up to [`Self::end_aside`].
    pub fn start_aside(&mut self) {
        self.lines.push(mem::take(&mut self.done));
    }

    /// The text of what stood aside.
    pub fn end_aside(&mut self) -> String {
        self.flush();
        let outer = self.lines.pop().unwrap_or_default();
        mem::replace(&mut self.done, outer).join("\n")
    }

    /// The whole text, with the notes in lines of their own at its end.
    pub fn finish(mut self, notes: impl IntoIterator<Item = String>) -> String {
        self.flush();
        self.done.extend(notes);
        self.done.join("\n")
    }

    fn flush(&mut self) {
        if !self.carried.is_empty() {
            self.done.push(mem::take(&mut self.carried));
        }
    }
}
