"""Reads exported JSONL as a user of spaCy would and compares each span with the text that the file quotes for it."""

import argparse
import hashlib
import json
import re
import sys

import spacy
from spacy.tokens import Doc, DocBin


def rows(path):
    """The file's objects. Only a line feed ends a line: U+2028 and its like must not."""
    with open(path, encoding="utf-8", newline="\n") as file:
        return [json.loads(line) for line in file]


def tokens(text, parts):
    """Words, and whether a space follows each, that rebuild the text; cut also at both edges of every part."""
    starts, ends = {start for start, _ in parts}, {end for _, end in parts}
    cuts = {edge for match in re.finditer(r"\w+|\s", text) for edge in match.span()}
    words, spaces, begin = [], [], 0
    for cut in sorted(starts | ends | cuts | {len(text)}):
        piece = text[begin:cut]
        # spaCy keeps a single space with the word before it, unless a part begins or ends with that space.
        follows = piece == " " and words and not spaces[-1] and not words[-1].isspace()
        if follows and begin not in starts and cut not in ends:
            spaces[-1] = True
        elif piece:
            words.append(piece)
            spaces.append(False)
        begin = cut
    return words, spaces


def ranges(span):
    return span.get("fragments", [[span["start"], span["end"]]])


def check_row(row, vocab):
    """One article: a spaCy document that holds every span under its label, or an error."""
    text = row["text"]
    if "sha256" in row:
        assert hashlib.sha256(text.encode()).hexdigest() == row["sha256"], "the digest is another text's"
    words, spaces = tokens(text, [part for span in row.get("spans", []) for part in ranges(span)])
    doc = Doc(vocab, words=words, spaces=spaces)
    assert doc.text == text, "spaCy's document has another text"
    found = []
    for span in row.get("spans", []):
        parts = [check_range(doc, span["label"], start, end) for start, end in ranges(span)]
        quoted = " ".join(part.text for part in parts)
        assert quoted == span["text"], f"spaCy reads {quoted!r}, the file says {span['text']!r}"
        found.extend(parts)
    doc.spans["sc"] = found
    return doc, len(row.get("spans", []))


def check_range(doc, label, start, end):
    assert type(start) is int and type(end) is int and 0 <= start < end <= len(doc.text), f"{start}–{end}"
    span = doc.char_span(start, end, label=label)
    assert span is not None, f"no span at {start}–{end}"
    assert (span.start_char, span.end_char, span.label_) == (start, end, label)
    return span


def round_trip(docs, vocab):
    """What a training run would do: through the binary form and back."""
    back = list(DocBin(docs=docs).get_docs(vocab))
    for before, after in zip(docs, back, strict=True):
        spans = [[(s.start_char, s.end_char, s.label_, s.text) for s in doc.spans["sc"]] for doc in (before, after)]
        assert spans[0] == spans[1], "spans changed on their way through DocBin"


def same_spans(given, exported):
    """Every span of the input is in the export at the same code points, and no other."""
    expected = {row["id"]: sorted(tuple(label) for label in row["label"]) for row in rows(given)}
    actual = {row["id"]: sorted((s["start"], s["end"], s["label"]) for s in row.get("spans", [])) for row in exported}
    assert expected == actual, f"expected {expected}\nexported {actual}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--same-spans-as", metavar="FILE")
    arguments = parser.parse_args()
    vocab = spacy.blank("xx").vocab
    for path in arguments.files:
        exported, docs, count = rows(path), [], 0
        for number, row in enumerate(exported, 1):
            try:
                doc, spans = check_row(row, vocab)
            except (AssertionError, KeyError, TypeError) as error:
                sys.exit(f"{path}:{number}: {error}")
            docs.append(doc)
            count += spans
        assert count > 0, f"{path} holds no span, so it proves nothing"
        round_trip(docs, vocab)
        if arguments.same_spans_as:
            same_spans(arguments.same_spans_as, exported)
        print(f"{path}: spaCy {spacy.__version__} agrees on {count} spans in {len(docs)} articles")


if __name__ == "__main__":
    main()
