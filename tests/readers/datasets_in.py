"""Writes datasets as their authors do, with the library, and checks what an import made of them.

`write FOLDER` writes them; `check JSONL NATIVE` compares the export of the project that they were imported into,
together with the tricky project's own dataset, whose native lines the second file holds."""

import json
import sys
from pathlib import Path

import datasets
from datasets import ClassLabel, Dataset, Features, List, Value

TAGS = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"]
TOKENS = {"tokens": List(Value("string")), "ner_tags": List(ClassLabel(names=TAGS))}
SPAN = {"start": Value("int64"), "end": Value("int64"), "label": ClassLabel(names=["city", "river"])}

TAGGED = [
    (["Bob", "Lee", "quitte", "Alep", ",", "dit", "-", "il", "."], [1, 2, 0, 3, 0, 0, 0, 0, 0]),
    (["قُتل", "٥٠", "في", "حلب", "."], [0, 0, 0, 3, 0]),
]
SPANNED = [("😀 Alep et l'Euphrate", [(2, 6, 0), (12, 20, 1)]), ("rien", [])]


def write(folder):
    folder.mkdir()
    tokens, tags = (list(column) for column in zip(*TAGGED))
    # Another article in each file: the same text under the same id comes in once.
    def tagged(name):
        rows = {"tokens": [[*words, name] for words in tokens], "ner_tags": [[*row, 0] for row in tags]}
        return Dataset.from_dict(rows, features=Features(TOKENS))
    tagged("un").to_parquet(folder / "tagged" / "train-00000-of-00001.parquet")
    tagged("deux").to_parquet(folder / "tagged" / "validation-00000-of-00001.parquet")
    # JSON has no room for the names; the card has them.
    (folder / "lines").mkdir()
    tagged("trois").to_json(folder / "lines" / "data.jsonl")
    names = "".join(f"          '{at}': {name}\n" for at, name in enumerate(TAGS))
    head = f"dataset_info:\n  features:\n  - name: ner_tags\n    list:\n      class_label:\n        names:\n{names}"
    (folder / "lines" / "README.md").write_text(f"---\n{head}---\n")
    texts = [text for text, _ in SPANNED]
    spans = [[dict(zip(SPAN, span)) for span in row] for _, row in SPANNED]
    features = Features({"text": Value("string"), "entities": [SPAN]})
    Dataset.from_dict({"text": [f"{text}." for text in texts], "entities": spans}, features=features).to_parquet(
        folder / "objects.parquet"
    )
    lists = [{key: [span[key] for span in row] for key in SPAN} for row in spans]
    features = Features({"text": Value("string"), "entities": {key: List(of) for key, of in SPAN.items()}})
    Dataset.from_dict({"text": texts, "entities": lists}, features=features).to_parquet(folder / "lists.parquet")


def expected():
    """The spans of each text, by their words."""
    for name, split in [("un", "train"), ("deux", "validation"), ("trois", None)]:
        yield f"Bob Lee quitte Alep, dit - il. {name}", [("PER", "Bob Lee"), ("LOC", "Alep")], split
        yield f"قُتل ٥٠ في حلب. {name}", [("LOC", "حلب")], split
    for end in ["", "."]:
        yield f"😀 Alep et l'Euphrate{end}", [("city", "Alep"), ("river", "Euphrate")], None
        yield f"rien{end}", [], None


def rows(path):
    with open(path, encoding="utf-8", newline="\n") as file:
        return [json.loads(line) for line in file]


def check(path, native):
    found = {row["text"]: row for row in rows(path)}
    for text, spans, split in expected():
        row = found.pop(text)
        actual = [(span["label"], text[span["start"] : span["end"]]) for span in row.get("spans", [])]
        assert actual == spans, f"{text}: {actual}"
        assert row.get("meta", {}).get("split") == split, row
    ours = lambda row: sorted((s["id"], s["label"], s["start"], s["end"], s["text"]) for s in row.get("spans", []))
    native = {row["text"]: row for row in rows(native)}
    assert found.keys() == native.keys(), f"{found.keys() ^ native.keys()}"
    for text, row in native.items():
        back = found[text]
        assert ours(back) == ours(row), f"{ours(back)} {ours(row)}"
        assert [back.get(key) for key in ("id", "title", "lang", "meta")] == [
            row.get(key) for key in ("id", "title", "lang", "meta")
        ], f"{back} {row}"
    print(f"datasets {datasets.__version__}: every span of {len(native) + 10} articles came in")


if __name__ == "__main__":
    if sys.argv[1] == "write":
        write(Path(sys.argv[2]))
    else:
        check(sys.argv[2], sys.argv[3])
