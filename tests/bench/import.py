#!/usr/bin/env python3
"""Measures reading: bytes a second, and what other programs take for the same templates.

    import.py --archq target/release/archq --corpus FOLDER [--estate FOLDER …]
              [--cfn-lint PROGRAM] [--cfn-diagram PROGRAM] [--runs 3]

`--corpus` holds templates (searched below it); every program reads each in a process of its own, one after
the other in one run, so that all see the same machine. `--estate` holds many large templates of one
format; archq reads the folder whole, bound to one core and not. For the reader alone the same
files are read with `Resources` renamed, so that they are documents and no templates. Times are medians.
"""
import argparse
import os
import pathlib
import re
import resource
import shutil
import statistics
import subprocess
import tempfile
import time


def run(command, **more):
    """Gives wall and CPU seconds of a process and of those it starts."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **more)
    wall, after = time.monotonic() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu, done.returncode


def median(runs, command, **more):
    times = [run(command, **more)[:2] for _ in range(runs)]
    return [statistics.median(column) for column in zip(*times)]


def templates(folder):
    for path in sorted(pathlib.Path(folder).rglob("*")):
        if path.suffix in (".yaml", ".yml", ".json", ".template") and path.is_file():
            text = path.read_text(errors="replace")
            if re.search(r"""["']?Resources["']?\s*:""", text) and "AWS::" in text:
                yield path


def peers(arguments):
    read = arguments.archq
    yield "archq edges", lambda path: [read, "edges", "--format", "json", str(path)]
    if arguments.cfn_lint:
        yield "cfn-lint", lambda path: [arguments.cfn_lint, "-t", str(path)]
    if arguments.cfn_diagram:
        out = os.path.join(tempfile.gettempdir(), "diagram.html")
        yield "cfn-diagram", lambda path: [arguments.cfn_diagram, "mermaid", "-t", str(path), "-o", out]


def corpus(arguments):
    paths = list(templates(arguments.corpus))[: arguments.most]
    print(f"\n{len(paths)} templates of {arguments.corpus}, a process each\n")
    print("| program | wall s per 100 | CPU s per 100 | ended by a signal |")
    print("|---|---|---|---|")
    for name, command in peers(arguments):
        times = [run(command(path)) for path in paths]
        wall, cpu = (100 * sum(time[column] for time in times) / len(times) for column in (0, 1))
        print(f"| {name} | {wall:.2f} | {cpu:.2f} | {sum(time[2] < 0 for time in times)} |")


def without_resources(folder, into):
    for path in templates(folder):
        text = path.read_text()
        text = re.sub(r"""^(\s*["']?)Resources(["']?\s*:)""", r"\1Things\2", text, count=1, flags=re.M)
        text = text.replace("AWSTemplateFormatVersion", "FormatVersion", 1)
        pathlib.Path(into, path.name).write_text(text)


def estate(folder, arguments):
    size = sum(path.stat().st_size for path in templates(folder)) / 1e6
    empty = pathlib.Path(tempfile.mkdtemp())
    documents = tempfile.mkdtemp()
    without_resources(folder, documents)
    pinned = ["taskset", "-c", "0"] if shutil.which("taskset") else []
    read = [arguments.archq, "edges", "--format", "json"]
    start = median(arguments.runs, pinned + read + [str(empty)])[1]
    print(f"\n{folder}: {size:.1f} MB\n")
    print("| what | wall s | CPU s | MB/s |")
    print("|---|---|---|---|")
    for what, command in [
        ("reader alone, one core", pinned + read + [documents]),
        ("whole process to edges, one core", pinned + read + [str(folder)]),
        ("whole process to edges, all cores", read + [str(folder)]),
    ]:
        wall, cpu = median(arguments.runs, command)
        spent = wall if what.endswith("all cores") else cpu - start
        print(f"| {what} | {wall:.2f} | {cpu:.2f} | {size / max(spent, 1e-3):.1f} |")
    shutil.rmtree(documents)
    empty.rmdir()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--archq", required=True)
    parser.add_argument("--corpus")
    parser.add_argument("--estate", action="append", default=[])
    parser.add_argument("--cfn-lint")
    parser.add_argument("--cfn-diagram")
    parser.add_argument("--most", type=int, default=100, help="templates of the corpus")
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    for folder in arguments.estate:
        estate(folder, arguments)
    if arguments.corpus:
        corpus(arguments)


if __name__ == "__main__":
    main()
