"""Reads the JSON exports as their own tools would, and compares every span with the native JSONL of the same project.

doccano: plain Python, with the checks of its importer. Label Studio: its SDK's LabelInterface. Prodigy: spaCy's Doc and
char_span. Argilla: its SDK. GLiNER and chat: as their trainers index and parse them.
"""

import argparse
import json
import sys
from collections import Counter


def native(path):
    """The layers by article, and the texts."""
    articles = {}
    with open(path, encoding="utf-8", newline="\n") as file:
        for line in file:
            row = json.loads(line)
            articles.setdefault(row["id"], []).append(row)
    return articles


def pieces(row):
    """Every fragment of every span as (start, end, label, words)."""
    return Counter(
        (start, end, span["label"], row["text"][start:end])
        for span in row.get("spans", [])
        for start, end in span.get("fragments", [[span["start"], span["end"]]])
    )


def by_annotator(rows):
    return {row.get("annotator", ""): row for row in rows}


def relations(row):
    """Every relation as (type, first fragment of the one end, of the other)."""
    place = {s["id"]: (*s.get("fragments", [[s["start"], s["end"]]])[0], s["label"]) for s in row.get("spans", [])}
    return Counter((r["type"], place[r["from"]], place[r["to"]]) for r in row.get("relations", []))


def lines(path):
    with open(path, encoding="utf-8") as file:  # Python's text mode, as doccano reads
        return [json.loads(line) for line in file]


def same(expected, found, what):
    assert expected == found, f"{what}: missing {expected - found}, more {found - expected}"
    return sum(found.values())


def doccano(path, articles):
    with open(path, "rb") as file:
        assert file.read().isascii(), "doccano guesses encodings"
    rows, count = lines(path), 0
    assert len({tuple(row) for row in rows}) <= 1, "rows with different keys become NaN in doccano's table"
    assert {row["id"] for row in rows} == {id for id, layers in articles.items() if layers[0]["text"]}
    for row in rows:
        own = by_annotator(articles[row["id"]])[row["annotator"]]
        assert row["text"] == own["text"] and row["text"]
        spans = row["label"] if "label" in row else [(e["start_offset"], e["end_offset"], e["label"]) for e in row["entities"]]
        assert all(type(s) is int and type(e) is int and 0 <= s < e <= len(row["text"]) for s, e, _ in spans)
        count += same(pieces(own), Counter((s, e, label, row["text"][s:e]) for s, e, label in spans), row["id"])
        entities = {e["id"]: (e["start_offset"], e["end_offset"], e["label"]) for e in row.get("entities", [])}
        assert len(entities) == len(row.get("entities", [])), "ids are there twice"
        same(relations(own), Counter((r["type"], entities[r["from_id"]], entities[r["to_id"]]) for r in row.get("relations", [])), row["id"])
    return count


def labelstudio(path, articles):
    from label_studio_sdk.label_interface import LabelInterface

    with open(path.removesuffix(".json") + ".config.xml", encoding="utf-8") as file:
        interface = LabelInterface(file.read())
    interface.validate()
    tasks, count = json.load(open(path, encoding="utf-8")), 0
    assert len(tasks) == len(articles)
    for task in tasks:
        assert interface.validate_task({"data": task["data"]}), "the task does not fit the config"
        layers = by_annotator(articles[task["data"]["id"]])
        for annotation in task["annotations"]:
            errors = interface._validate_object(annotation, return_errors=True)
            assert not errors, errors
            own, text = layers[annotation["annotator"]], task["data"]["text"].encode("utf-16-le", "surrogatepass")
            found, ends = Counter(), {}
            for region in annotation["result"]:
                if region["type"] != "labels":
                    continue
                value = region["value"]
                words = text[2 * value["start"] : 2 * value["end"]].decode("utf-16-le")
                assert words == value["text"], f"{words!r} is not {value['text']!r}"
                start = len(text[: 2 * value["start"]].decode("utf-16-le"))
                found[start, start + len(words), value["labels"][0], words] += 1
                ends[region["id"]] = (start, start + len(words), value["labels"][0])
            count += same(pieces(own), found, task["data"]["id"])
            linked = [r for r in annotation["result"] if r["type"] == "relation"]
            same(relations(own), Counter((r["labels"][0], ends[r["from_id"]], ends[r["to_id"]]) for r in linked), task["data"]["id"])
    return count


def prodigy(path, articles):
    import spacy
    from spacy.tokens import Doc

    vocab, count = spacy.blank("xx").vocab, 0
    for row in lines(path):
        own = by_annotator(articles[row["id"]])[row["_annotator_id"]]
        doc = Doc(vocab, words=[t["text"] for t in row["tokens"]], spaces=[t["ws"] for t in row["tokens"]])
        assert doc.text == row["text"] == own["text"], "the tokens do not rebuild the text"
        for token, given in zip(doc, row["tokens"], strict=True):
            assert (token.i, token.idx, token.idx + len(token)) == (given["id"], given["start"], given["end"])
        found = Counter()
        for given in row["spans"]:
            span = doc.char_span(given["start"], given["end"], label=given["label"])
            assert span is not None, f"no span at {given}"
            assert (span.start, span.end - 1, span.text) == (given["token_start"], given["token_end"], given["text"])
            found[span.start_char, span.end_char, span.label_, span.text] += 1
        count += same(pieces(own), found, row["id"])
        place = lambda span: (span["start"], span["end"], span["label"])
        for relation in row["relations"]:
            assert relation["head"] == relation["head_span"]["token_end"] < len(doc)
        same(relations(own), Counter((r["label"], place(r["head_span"]), place(r["child_span"])) for r in row["relations"]), row["id"])
    return count


def argilla(path, articles):
    from argilla.records._io import JsonIO

    count = 0
    records = JsonIO._records_from_json(path)
    assert [record.id for record in records] == list(articles)
    for record in records:
        layers, metadata = by_annotator(articles[record.id]), record.metadata
        assert record.fields["text"] == articles[record.id][0]["text"]
        for response in record.responses["spans"]:
            own = layers[metadata[f"annotator.{response.user_id}"]]
            spans = Counter((s["start"], s["end"], s["label"], own["text"][s["start"] : s["end"]]) for s in response.value)
            count += same(pieces(own), spans, record.id)
    return count


def gliner(path, articles):
    rows, count = json.load(open(path, encoding="utf-8")), 0
    layers = [layer for layers in articles.values() for layer in layers]
    solid = lambda words: "".join("".join(words).split())
    for row, own in zip(rows, layers, strict=True):
        tokens = row["tokenized_text"]
        assert row["id"] == own["id"] and all(token and not token.isspace() for token in tokens)
        assert all(0 <= first <= last < len(tokens) for first, last, _ in row["ner"])
        found = Counter((label, solid(tokens[first : last + 1])) for first, last, label in row["ner"])
        expected = Counter((label, solid(words)) for (_, _, label, words), n in pieces(own).items() for _ in range(n) if solid(words))
        count += same(expected, found, row["id"])
        assert all(head < len(row["ner"]) and tail < len(row["ner"]) for head, tail, _ in row["relations"])
        assert len(row["relations"]) == len(own.get("relations", []))
    return count


def chat(path, articles):
    count = 0
    layers = [layer for layers in articles.values() for layer in layers if layer["text"].strip()]
    with open(path, encoding="utf-8", newline="\n") as file:
        rows = [json.loads(line) for line in file]
    for row, own in zip(rows, layers, strict=True):
        system, user, assistant = row["messages"]
        assert [m["role"] for m in row["messages"]] == ["system", "user", "assistant"] and system["content"]
        assert user["content"] == own["text"]
        answer = json.loads(assistant["content"])
        parts = lambda span: span["text"] if isinstance(span["text"], list) else [span["text"]]
        assert all(part in own["text"] for span in answer["spans"] for part in parts(span))
        found = Counter((s["label"], " ".join(parts(s)), json.dumps(s.get("attributes"))) for s in answer["spans"])
        count += same(Counter((s["label"], s["text"], json.dumps(s.get("attributes"))) for s in own.get("spans", [])), found, own["id"])
        ids = {span["id"] for span in answer["spans"]}
        assert all({r["from"], r["to"]} <= ids for r in answer.get("relations", []))
        assert len(answer.get("relations", [])) == len(own.get("relations", []))
        assert len(answer.get("events", [])) == len(own.get("events", []))
    return count


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("native", help="the same project as native JSONL")
    parser.add_argument("stem", help="FOLDER/NAME of FOLDER/NAME.FORMAT.ENDING")
    arguments = parser.parse_args()
    articles = native(arguments.native)
    endings = {doccano: "jsonl", labelstudio: "json", prodigy: "jsonl", argilla: "json", gliner: "json", chat: "jsonl"}
    for reader, ending in endings.items():
        path = f"{arguments.stem}.{reader.__name__}.{ending}"
        try:
            count = reader(path, articles)
        except (AssertionError, KeyError, TypeError, ValueError) as error:
            sys.exit(f"{path}: {type(error).__name__}: {error}")
        assert count > 0, f"{path} holds no span, so it proves nothing"
        print(f"{path}: {reader.__name__} agrees on {count} spans in {len(articles)} articles")


if __name__ == "__main__":
    main()
