"""Reads the DocBin and the CoNLL columns as spaCy does, and compares every span with the native JSONL.

DocBin: every document with its tokens, spans, entities, categories, and user data; then the bytes that spaCy itself
writes of them, its Corpus, `spacy debug data`, and a short `spacy train`. CoNLL: spaCy's own converter behind a strict
check of IOB2; its entities are those of `doc.ents`.
"""

import argparse
import contextlib
import io
import json
import re
import sys
import tempfile
import zlib
from collections import Counter
from pathlib import Path

import spacy
import srsly
from spacy.cli.debug_data import debug_data
from spacy.cli.init_config import init_config
from spacy.cli.train import train as spacy_train
from spacy.tokens import DocBin
from spacy.training import Corpus
from spacy.training.converters import conll_ner_to_docs

BARE = {"ORTH", "ENT_IOB", "ENT_TYPE", "ENT_KB_ID", "ENT_ID"}


def native(path):
    """The rows, one for each article and annotator, in the order of the export."""
    with open(path, encoding="utf-8", newline="\n") as file:
        return [json.loads(line) for line in file]


def fragments(row):
    """Every fragment of every span as (start, end, label, id), in the order of the text."""
    parts = [
        (start, -end, span["id"], number, span)
        for span in row.get("spans", [])
        for number, (start, end) in enumerate(span.get("fragments", [[span["start"], span["end"]]]))
    ]
    parts.sort(key=lambda part: part[:4])
    return [(start, -end, span["label"], span) for start, end, _, _, span in parts]


def flat(row):
    """The longest fragments in code points first, each unless it overlaps one before; without white space at the edges."""
    size = lambda part: part[0] - part[1]
    chosen = []
    for start, end, label, _ in sorted(fragments(row), key=size):
        if all(end <= other_start or other_end <= start for other_start, other_end, _ in chosen):
            chosen.append((start, end, label))
    trimmed = []
    for start, end, label in sorted(chosen):
        words = row["text"][start:end]
        start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
        if start < end:
            trimmed.append((start, end, label))
    return trimmed


def read_docbin(path, rows):
    """Holds every document against its row."""
    vocab, count = spacy.blank("xx").vocab, 0
    docs = list(DocBin().from_disk(path).get_docs(vocab))
    for doc, row in zip(docs, rows, strict=True):
        assert doc.text == row["text"], f"{row['id']}: another text"
        assert not doc.has_unknown_spaces and (len(doc) < 2 or not doc.has_annotation("SENT_START"))
        parts = fragments(row)
        found = [(s.start_char, s.end_char, s.label_, s.text) for s in doc.spans["sc"]]
        assert found == [(*part[:3], row["text"][part[0] : part[1]]) for part in parts], f"{row['id']}: {found}"
        for span, (start, end, label, own) in zip(doc.spans["sc"], parts, strict=True):
            placed = doc.char_span(start, end, label=label)
            assert placed is not None and (placed.start, placed.end) == (span.start, span.end)
            assert span.id_ == own["id"] or span.id_.startswith(own["id"] + "~")
            attributes = doc.spans["sc"].attrs.get("attributes", {}).get(span.id_, {})
            assert attributes == own.get("attributes", {}), f"{row['id']}: {attributes}"
            values = [value for _, value in sorted(attributes.items())]
            entities = [value["id"] for value in values if isinstance(value, dict) and "id" in value]
            assert span.kb_id_ == (entities or [""])[0]
        entities = [(e.start_char, e.end_char, e.label_) for e in doc.ents]
        assert entities == flat(row), f"{row['id']}: {entities} but {flat(row)}"
        ids = {(s.id_, s.label_, s.kb_id_) for s in doc.spans["sc"]}
        assert all((e.id_, e.label_, e.kb_id_) in ids for e in doc.ents)
        told = {key: row[key] for key in ("id", "title", "lang", "annotator", "status", "labels") if row.get(key)}
        data = json.loads(json.dumps(doc.user_data))
        assert data == told | ({"meta": row["meta"]} if row.get("meta") else {}), f"{row['id']}: {data}"
        for key, value in row.get("labels", {}).items():
            answers = [value] if isinstance(value, str) else value
            assert not doc.cats or all(doc.cats[f"{key}={answer}"] == 1.0 for answer in answers)
            assert sum(doc.cats.values()) <= len(row["labels"])
        count += len(found)
    return docs, count


def same_bytes(path, docs):
    """spaCy writes the same map of the same documents. Beside it has norms among its strings, which it makes itself."""
    own = srsly.msgpack_loads(zlib.decompress(Path(path).read_bytes()))
    theirs = DocBin(attrs=sorted(BARE), docs=docs, store_user_data=True)
    theirs = srsly.msgpack_loads(zlib.decompress(theirs.to_bytes()))
    assert list(own) == list(theirs), list(own)
    strings = set(own.pop("strings"))
    assert strings <= set(theirs.pop("strings"))
    for key, value in own.items():
        assert value == theirs[key], f"{key} is not as spaCy writes it"
    assert strings >= {token.text for doc in docs for token in doc}


def read_corpus(path, docs):
    """Both ways in which `spacy train` reads: on the pipeline's tokens, and on those of the file."""
    nlp = spacy.blank("xx")
    given = [doc for doc in docs if len(doc)]
    examples = list(Corpus(path)(nlp))
    assert [example.predicted.text for example in examples] == [doc.text for doc in given]
    exact = list(Corpus(path, gold_preproc=True)(nlp))
    for example, doc in zip(exact, given, strict=True):
        assert [token.text for token in example.predicted] == [token.text for token in doc]
        spans = lambda found: [(s.start_char, s.end_char, s.label_) for s in found]
        assert spans(example.reference.ents) == spans(doc.ents)
        # A document of one token counts as one whose sentences are known, and spaCy copies no groups with a sentence.
        assert spans(example.reference.spans.get("sc", [])) == spans(doc.spans["sc"]) or len(doc) == 1
        tags = example.get_aligned_ner()
        learnt = Counter(tag[2:] for tag in tags if tag and tag[0] in "BU")
        assert None not in tags and learnt == Counter(entity.label_ for entity in doc.ents)
    return len(examples)


def train(path, docs, on_own_tokens):
    """`spacy debug data` finds no fault with the spans, and a few steps of `spacy train` learn their labels."""
    with tempfile.TemporaryDirectory() as folder:
        pipeline = ["ner", "spancat"] + ["textcat_multilabel"] * any(doc.cats for doc in docs)
        config = init_config(lang="xx", pipeline=pipeline, optimize="efficiency", gpu=False)
        config["paths"]["train"] = config["paths"]["dev"] = str(path)
        for corpus in ("train", "dev"):
            config["corpora"][corpus]["gold_preproc"] = on_own_tokens
        config["training"].update({"max_steps": 4, "eval_frequency": 2, "max_epochs": 0})
        config_path, model = Path(folder) / "config.cfg", Path(folder) / "model"
        config.to_disk(config_path)
        said = io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            with contextlib.suppress(SystemExit):  # it counts too few examples as an error
                debug_data(config_path, silent=False, no_format=True)
            spacy_train(config_path, model)
        said = said.getvalue()
        faults = re.findall(r".*(?:invalid whitespace|Empty label|span\(s\) crossing|Unsupported values).*", said)
        assert "Corpus is loadable" in said and not faults, said
        assert not on_own_tokens or "misaligned" not in said, said
        nlp = spacy.load(model / "model-last")
        labels = set(nlp.get_pipe("ner").labels)
        assert labels and labels <= set(nlp.get_pipe("spancat").labels)
        return len(labels)


def strict_iob2(text):
    """The entities of a file of columns, document by document, as (label, words without white space)."""
    documents, last = [], "O"
    for number, line in enumerate(text.split("\n"), 1):
        columns = line.split()
        if not columns:
            last = "O"
            continue
        if line == "-DOCSTART- -X- O O":
            documents.append([])
            continue
        assert len(columns) == 4 and columns[1:3] == ["-X-", "O"], f"line {number}: {line!r}"
        tag = columns[3]
        assert re.fullmatch(r"O|[BI]-\S+", tag), f"line {number}: {tag}"
        if tag[0] == "I":
            assert last[2:] == tag[2:] and last[0] in "BI", f"line {number}: {tag} after {last}"
            documents[-1][-1][1] += columns[0]
        elif tag[0] == "B":
            documents[-1].append([tag[2:], columns[0]])
        last = tag
    return [[tuple(entity) for entity in document] for document in documents]


def same_in_parts(folder, docs):
    """A folder of a split's files is a corpus too, and has each document once."""
    shown = lambda docs: Counter((doc.user_data["id"], doc.text, len(doc.spans["sc"]), len(doc.ents)) for doc in docs)
    paths = sorted(Path(folder).glob("*.spacy"))
    parts = [list(DocBin().from_disk(path).get_docs(docs[0].vocab)) for path in paths]
    assert len(parts) > 1 and all(parts), f"{[path.name for path in paths]}"
    assert sum(map(shown, parts), Counter()) == shown(docs)
    assert len(list(Corpus(folder)(spacy.blank("xx")))) == sum(1 for doc in docs if len(doc))
    return ", ".join(f"{len(part)} documents in {path.name}" for part, path in zip(parts, paths))


def solid(text):
    return "".join(text.split())


def conll(path, docs):
    """The columns have the entities of the DocBin, read strictly and by spaCy's own converter."""
    with open(path, encoding="utf-8", newline="") as file:
        text = file.read()
    label = lambda name: re.sub(r"\s", lambda space: f"_x{ord(space[0]):X}_", name)
    expected = [[(label(e.label_), solid(e.text)) for e in doc.ents] for doc in docs]
    found = strict_iob2(text)
    assert found == expected, [pair for pair in zip(expected, found) if pair[0] != pair[1]][:1]
    with contextlib.redirect_stdout(io.StringIO()):
        converted = list(conll_ner_to_docs(text, n_sents=0, no_print=True))
    words = [doc for doc in docs if any(solid(token.text) for token in doc)]
    assert len(converted) == len(words)
    for doc, own in zip(converted, words, strict=True):
        assert [(e.label_, solid(e.text)) for e in doc.ents] == [(label(e.label_), solid(e.text)) for e in own.ents]
        assert solid(doc.text) == solid(own.text)
    return sum(map(len, found))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("native", help="the same project as native JSONL")
    parser.add_argument("docbin", help="the project as DocBin")
    parser.add_argument("conll", help="the project as CoNLL columns")
    parser.add_argument("--parts", help="a folder with the DocBins of a split of the project")
    arguments = parser.parse_args()
    rows = native(arguments.native)
    docs, count = read_docbin(arguments.docbin, rows)
    assert count > 0, f"{arguments.docbin} holds no span, so it proves nothing"
    same_bytes(arguments.docbin, docs)
    examples = read_corpus(arguments.docbin, docs)
    labels = [train(arguments.docbin, docs, on_own_tokens) for on_own_tokens in (True, False)][0]
    agreed = f"spaCy agrees on {count} spans in {len(docs)} documents"
    print(f"{arguments.docbin}: {agreed}, trains on {examples} of them for {labels} labels")
    if arguments.parts:
        print(f"{arguments.parts}: {same_in_parts(arguments.parts, docs)}")
    entities = conll(arguments.conll, docs)
    print(f"{arguments.conll}: strict IOB2, and the {entities} entities that the DocBin has")


if __name__ == "__main__":
    try:
        main()
    except (AssertionError, KeyError, TypeError, ValueError) as error:
        sys.exit(f"{sys.argv[2:]}: {type(error).__name__}: {error}")
