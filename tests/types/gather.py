#!/usr/bin/env python3
"""Gathers the names of types and properties that AWS publishes for CloudFormation and SAM.

    gather.py SCHEMAS > published.tsv

SCHEMAS is the folder `data/schemas` of an unpacked cfn-lint (MIT-0): `providers/*.json` lists the types
of each Region with the file of each schema, `resources/` holds the schemas. Only facts are taken:
names, and how they nest. One line a type that `data/types` has a row for: its name, a tab, its
properties as `A B(C D)`. Below a first property only what `data/types` names goes deeper, so that the table stays
small. `*` is any key of a map, `**` anything: the schema does not say what is inside.
"""
import glob
import json
import os
import re
import sys
import tomllib

DEEPEST = 12


def rows():
    here = os.path.dirname(os.path.abspath(__file__))
    for language in ("cloudformation", "sam"):
        for file in sorted(glob.glob(f"{here}/../../data/types/{language}/*.toml")):
            with open(file, "rb") as table:
                yield from tomllib.load(table)["type"]


def first_names(row):
    """First properties that a row names something inside of."""
    for text in re.findall(r"'([^']*)'", repr(row)):
        head, dot, _ = text.partition(".")
        if dot or "[" in head:
            yield head.partition("[")[0]


class Schema:
    def __init__(self, document):
        self.document, self.found = document, set()

    def resolve(self, node):
        for _ in range(10):
            reference = node.get("$ref", "")
            if not reference.startswith("#/"):
                break
            node = self.document
            for part in reference[2:].split("/"):
                node = node.get(part, {})
        return node

    def walk(self, node, path, seen, deep):
        reference = node.get("$ref")
        if reference and (reference in seen or len(seen) > DEEPEST):
            self.found.add(path + ".**")
            return
        seen = seen + (reference,) if reference else seen
        node = self.resolve(node)
        if path:
            self.found.add(path)
        if path and not deep(path):
            return
        inside = self.children(node)
        if path and not inside and self.is_free(node, reference):
            self.found.add(path + ".**")
        for name, child in inside:
            below = path if name is None else f"{path}.{name}".lstrip(".")
            self.walk(child, below, seen, deep)

    def children(self, node):
        """Names and schemas inside; an item of a list has no name of its own."""
        inside = list((node.get("properties") or {}).items())
        items = node.get("items")
        if isinstance(items, dict):
            inside.append((None, items))
        for more in list((node.get("patternProperties") or {}).values()) + [node.get("additionalProperties")]:
            if isinstance(more, dict):
                inside.append(("*", more))
        for way in ("anyOf", "oneOf", "allOf"):
            inside += [(None, one) for one in node.get(way) or [] if set(one) & {"$ref", "properties", "items", "patternProperties"}]
        return inside

    def is_free(self, node, reference):
        kinds = node.get("type")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        free = node.get("format") == "json" or "object" in kinds or kinds == [None]
        return free or str(reference).endswith("PassThroughProp")


def nested(paths):
    """Writes paths as `A B(C D(E))`."""
    tree = {}
    for path in sorted(paths):
        place = tree
        for part in path.split("."):
            place = place.setdefault(part, {})

    def shown(place):
        return " ".join(name + (f"({shown(inside)})" if inside else "") for name, inside in place.items())

    return shown(tree)


def main(folder):
    files = {}
    for listing in sorted(glob.glob(f"{folder}/providers/*.json")):
        with open(listing) as types:
            for name, digest in json.load(types).items():
                files.setdefault(name, digest)
    deep = {}
    for row in rows():
        deep.setdefault(row["name"], set()).update(first_names(row))
    for name in sorted(deep):
        if name not in files:
            continue
        with open(f"{folder}/resources/{files[name]}.json") as file:
            schema = Schema(json.load(file))
        wanted = deep[name]
        top = {"properties": schema.document.get("properties", {})}
        schema.walk(top, "", (), lambda path: path.partition(".")[0] in wanted)
        print(name, nested(schema.found), sep="\t")


if __name__ == "__main__":
    main(sys.argv[1])
