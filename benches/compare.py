#!/usr/bin/env python3
"""Measures `biaodan convert` as a whole process, in turns with a peer, and prints the table of benches/README.md.

    benches/compare.py [--megabytes 200] [--large 2000] [--runs 5] [--work target/compare] [--peer 'NAME=COMMAND']…

The peer that is always there is DuckDB copying every line of the dumps into one ZSTD Parquet file on one thread: the least
that a database does to the same bytes. It runs from a virtual environment that this script makes in the work folder.
A COMMAND of another peer holds {dumps} and {out}, and is run by the shell with that environment's python3 first in PATH.

Needs cargo, python3 with venv, a POSIX system, and about four times the corpus in free space. Ratios are taken from runs
in alternation, medians over all of them; single seconds mean little on a busy machine.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

PROJECT = Path(__file__).resolve().parent.parent
PACKAGES = ["duckdb", "pandas", "pyarrow"]
LINES = r"""
import sys, duckdb
dumps, out = sys.argv[1:3]
duckdb.sql("SET threads = 1")
duckdb.sql("SET preserve_insertion_order = false")
reading = "columns = {'line': 'VARCHAR'}, delim = '\x01', quote = '', escape = '', header = false, auto_detect = false"
more = "null_padding = true, filename = true, max_line_size = 4000000"
lines = f"SELECT filename, line FROM read_csv('{dumps}/**/*.txt', {reading}, {more})"
duckdb.sql(f"COPY ({lines}) TO '{out}' (FORMAT parquet, COMPRESSION zstd)")
"""
SUM = """
import sys, time, duckdb
amounts = f"read_parquet('{sys.argv[1]}/amounts/**/*.parquet', hive_partitioning = true)"
duckdb.sql("SET threads = 1")
rows = duckdb.sql(f"SELECT count(*) FROM {amounts}").fetchall()[0][0]
began = time.perf_counter()
duckdb.sql(f"SELECT item_code, fiscal_year, sum(amount_yuan) FROM {amounts} GROUP BY ALL").fetchall()
print(rows, time.perf_counter() - began)
"""


class Cost(NamedTuple):
    """What one run of a process took."""

    cpu: float
    """Seconds of all its threads, in the program and in the system."""
    wall: float
    """Seconds from its start to its end."""
    memory: int
    """Bytes resident at the most."""


def measure(command: list[str] | str, environment: dict[str, str]) -> Cost:
    """Runs a command to its end. Ends the script where it fails; 1 is biaodan's word for a dump partly unread."""
    began = os.times().elapsed
    process = subprocess.Popen(
        command, env=environment, shell=isinstance(command, str), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    errors = process.stderr.read().decode(errors="replace")
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode and not (process.returncode == 1 and "biaodan" in command[0]):
        sys.exit(f"{command} ended with code {process.returncode}:\n{errors}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Cost(usage.ru_utime + usage.ru_stime, os.times().elapsed - began, usage.ru_maxrss * unit)


def in_turns(runs: int, tasks: dict[str, list[str] | str], environment: dict[str, str]) -> dict[str, Cost]:
    """The median costs of some commands, each run once a round."""
    taken: dict[str, list[Cost]] = {name: [] for name in tasks}
    for nth in range(runs):
        for name, command in tasks.items():
            taken[name].append(measure(command, environment))
            print(f"  round {nth + 1}: {name}: {taken[name][-1].cpu:.2f} s CPU", file=sys.stderr)
    return {name: Cost(*map(statistics.median, zip(*costs))) for name, costs in taken.items()}


def size(folder: Path) -> int:
    """Bytes of all files below a folder, or of one file."""
    return sum(path.stat().st_size for path in [folder, *folder.rglob("*")] if path.is_file())


class Bench:
    """The built program, its corpora and the peers' environment, all in one work folder."""

    def __init__(self, work: Path):
        self.work = work
        work.mkdir(parents=True, exist_ok=True)
        build = ["cargo", "build", "--release", "--quiet", "--bin", "biaodan", "--example", "corpus"]
        subprocess.run(build, cwd=PROJECT, check=True)
        release = Path(os.environ.get("CARGO_TARGET_DIR", PROJECT / "target")) / "release"
        self.biaodan, self.writer = release / "biaodan", release / "examples" / "corpus"
        self.environment = dict(os.environ, PATH=f"{self.peers() / 'bin'}{os.pathsep}{os.environ['PATH']}")

    def peers(self) -> Path:
        """A virtual environment with what the peers import."""
        folder = self.work / "venv"
        python = folder / "bin" / "python3"
        if not python.exists() or subprocess.run([python, "-c", f"import {', '.join(PACKAGES)}"], capture_output=True).returncode:
            subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
            subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
        return folder

    def corpus(self, megabytes: int, projects: int = 18) -> Path:
        """A folder of dumps of about so many megabytes, kept from an earlier call."""
        folder = self.work / f"dumps-{megabytes}-{projects}"
        if not folder.exists():
            subprocess.run([self.writer, folder, str(megabytes), str(projects)], check=True, stdout=subprocess.DEVNULL)
        return folder

    def joined(self, dumps: Path, each: int) -> Path:
        """The same bytes with so many documents put into each file."""
        folder = dumps.with_name(f"{dumps.name}-joined-{each}")
        if not folder.exists():
            folder.mkdir()
            files = sorted(dumps.rglob("*.txt"))
            for nth in range(0, len(files), each):
                text = b"".join(file.read_bytes() for file in files[nth : nth + each])
                (folder / f"{nth // each:06}.txt").write_bytes(text)
        return folder

    def convert(self, dumps: Path, jobs: int = 1) -> list[str]:
        """The command that converts a folder."""
        return [*map(str, (self.biaodan, "convert", dumps, "--out", self.out)), "--force", "--quiet", "--jobs", str(jobs)]

    @property
    def out(self) -> Path:
        return self.work / "dataset"

    def sum(self) -> tuple[int, float]:
        """Rows of `amounts` in the dataset at hand, and the seconds that DuckDB's sum by item and year takes."""
        command = ["python3", "-c", SUM, str(self.out)]
        runs = [subprocess.check_output(command, env=self.environment, text=True).split() for _ in range(3)]
        return int(runs[0][0]), min(float(seconds) for _, seconds in runs)


def report(bench: Bench, arguments: argparse.Namespace) -> None:
    """Measures all, and prints a row of the table as soon as it is known."""
    dumps = bench.corpus(arguments.megabytes)
    megabytes, lines = size(dumps) / 1e6, bench.work / "lines.parquet"
    tasks = {"biaodan, one job": bench.convert(dumps), "biaodan, two jobs": bench.convert(dumps, 2)}
    tasks["DuckDB, bare lines"] = ["python3", "-c", LINES, str(dumps), str(lines)]
    for peer in arguments.peer:
        name, command = peer.split("=", 1)
        tasks[name] = command.format(dumps=dumps, out=bench.work / "peer")
    costs = in_turns(arguments.runs, tasks, bench.environment)
    one, two = costs["biaodan, one job"], costs["biaodan, two jobs"]
    print("| figure | measured |\n| --- | --- |")
    row(f"dump text a second and core, {megabytes:.0f} MB", f"{megabytes / one.cpu:.1f} MB/s")
    for name in list(costs)[2:]:
        row(f"CPU time of {name} over biaodan's", f"{costs[name].cpu / one.cpu:.2f}")
    row("wall time of one job over two jobs'", f"{one.wall / two.wall:.2f}")
    row(f"peak memory, one job, {megabytes:.0f} MB", f"{one.memory / 1e6:.0f} MB")
    row("dataset over DuckDB's file of the bare lines", f"{size(bench.out) / size(lines):.2f}")
    rows, seconds = bench.sum()
    row(f"DuckDB's sum by item and year over {rows:,} sums", f"{seconds:.2f} s")
    small(bench, arguments)
    large(bench, arguments, one.cpu / megabytes)


def small(bench: Bench, arguments: argparse.Namespace) -> None:
    """Many small documents against the same bytes in few."""
    dumps = bench.corpus(max(arguments.megabytes // 4, 1), 6)
    tasks = {"small": bench.convert(dumps), "joined": bench.convert(bench.joined(dumps, 100))}
    costs = in_turns(arguments.runs, tasks, bench.environment)
    documents = sum(1 for _ in dumps.rglob("*.txt"))
    row(f"speed of {documents:,} small documents over the same bytes in a hundredth of the files",
        f"{costs['joined'].cpu / costs['small'].cpu:.2f}")


def large(bench: Bench, arguments: argparse.Namespace, per_megabyte: float) -> None:
    """What grows with the input: time and memory."""
    if not arguments.large:
        return
    dumps = bench.corpus(arguments.large)
    megabytes, cost = size(dumps) / 1e6, measure(bench.convert(dumps, 2), bench.environment)
    row(f"peak memory, two jobs, {megabytes:.0f} MB", f"{cost.memory / 1e6:.0f} MB")
    row(f"CPU time a megabyte at {megabytes:.0f} MB over that at {arguments.megabytes} MB",
        f"{cost.cpu / megabytes / per_megabyte:.2f}")
    document = bench.joined(bench.corpus(arguments.large // 2), sys.maxsize)
    megabytes, cost = size(document) / 1e6, measure(bench.convert(document), bench.environment)
    row(f"peak memory of one document of {megabytes:.0f} MB over its size", f"{cost.memory / 1e6 / megabytes:.1f}")


def row(figure: str, measured: str) -> None:
    print(f"| {figure} | {measured} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=int, default=200, help="size of the corpus that is measured in turns")
    parser.add_argument("--large", type=int, default=2000, help="size of the corpus that is converted once; 0: none")
    parser.add_argument("--runs", type=int, default=5, help="rounds")
    parser.add_argument("--work", type=Path, default=PROJECT / "target" / "compare", help="folder for all of it; kept")
    parser.add_argument("--peer", action="append", default=[], metavar="NAME=COMMAND", help="another peer")
    arguments = parser.parse_args()
    if not shutil.which("cargo"):
        sys.exit("cargo is not in PATH; install Rust first")
    report(Bench(arguments.work.resolve()), arguments)


if __name__ == "__main__":
    main()
