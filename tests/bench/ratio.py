#!/usr/bin/env python3
"""Compare programs that speak the line protocol of `archq batch`, in one run.

    ratio.py GRAPH QUESTIONS PROGRAM [PROGRAM ...] [--runs 15] [--first]

GRAPH is what each program loads. QUESTIONS is a file with a question a line; a line that begins
with `//` names the next one. Each question goes round the programs once unmeasured, then `--runs`
times, so that a change of the machine's speed meets all of them. Printed are medians in
milliseconds as the program reports them (`elapsed_us`), and the ratio to the first program. With
`--first` no text is asked twice, so that reading and planning it count. A different answer is said.
"""
import argparse
import json
import statistics
import subprocess


class Program:
    def __init__(self, path, graph):
        command = [path, "batch", "--empty", graph]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.name = path

    def ask(self, text):
        self.process.stdin.write(json.dumps({"id": 1, "query": text}) + "\n")
        self.process.stdin.flush()
        reply = json.loads(self.process.stdout.readline())
        if not reply.get("ok"):
            raise SystemExit(f"{self.name}: {reply['error']['message']}: {text}")
        return reply["rows"], reply["elapsed_us"] / 1000

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def questions(path):
    name = None
    with open(path, encoding="utf-8") as lines:
        for line in map(str.strip, lines):
            if line.startswith("//"):
                name = line[2:].strip()
            elif line:
                yield name or line[:24], line
                name = None


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("graph")
    parser.add_argument("questions")
    parser.add_argument("programs", nargs="+")
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--first", action="store_true")
    args = parser.parse_args()
    programs = [Program(path, args.graph) for path in args.programs]
    print("\t".join(["question", *(program.name for program in programs), "ratios"]))
    for name, text in questions(args.questions):
        times = [[] for _ in programs]
        answers = []
        for run in range(args.runs + 1):
            for at, program in enumerate(programs):
                rows, time = program.ask(text + " " * (run if args.first else 0))
                if run:
                    times[at].append(time)
                else:
                    answers.append(sorted(map(str, rows)))
        medians = [statistics.median(own) for own in times]
        ratios = " ".join(f"{own / max(medians[0], 1e-6):.2f}" for own in medians)
        differ = "" if all(own == answers[0] for own in answers) else "\tANSWERS DIFFER"
        print("\t".join([name, *(f"{own:.3f}" for own in medians), ratios]) + differ)
    for program in programs:
        program.end()


if __name__ == "__main__":
    main()
