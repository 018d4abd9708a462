"""`python -m benchmarks`: measure the app in Chromium and under a class, and the engine; write the table."""

import argparse
import os
import platform
import sys
import time
from importlib.metadata import version

from benchmarks import engine, table
from benchmarks.browser import chromium
from benchmarks.changes import change
from benchmarks.classroom import classroom
from benchmarks.counts import FULL, QUICK, Counts
from benchmarks.course import course
from benchmarks.keys import keys
from benchmarks.lab import answers, together
from benchmarks.opening import opening
from benchmarks.row import Row
from benchmarks.scrub import scrub
from benchmarks.server import running

IN_PAGE = {
    "keys": lambda browser, url, n: keys(browser, url, n.presses),
    "scrub": lambda browser, url, n: scrub(browser, url, n.moves),
    "change": lambda browser, url, n: change(browser, url, n.changes),
}
ALL = (*IN_PAGE, "open", "course", "class", "lab", "engine")


def main() -> int:
    """Measure what is asked for, print as it comes, write the table unless it was only a quick look."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", default=",".join(ALL), help="some of %(default)s")
    parser.add_argument("--quick", action="store_true", help="a few of each; the table is left as it is")
    parser.add_argument("--date", default="", help="written beside the table")
    args = parser.parse_args()
    wanted = args.only.split(",")
    if unknown := set(wanted) - set(ALL):
        parser.error(f"--only knows {', '.join(ALL)}; not {', '.join(sorted(unknown))}")
    busy = os.getloadavg()[0]
    with chromium() as browser:
        chosen = [name for name in ALL if name in wanted]
        rows = measure(browser, chosen, QUICK if args.quick else FULL)
        where = f"{machine(browser.version)}, load before the run {busy:.1f}"
    print(f"\n{where}")
    if not args.quick:
        table.write(rows, f"Last run ({', '.join(chosen)}): {', '.join(filter(None, [args.date, where]))}.")
    return 0


def measure(browser, wanted: list[str], counts: Counts) -> list[Row]:
    """The rows of all that is wanted, in the table's order."""
    rows = []
    if set(wanted) & set(IN_PAGE):
        with running() as server:
            for name in wanted:
                if name in IN_PAGE:
                    rows += shown(name, IN_PAGE[name], browser, server.url, counts)
    if "open" in wanted:
        rows += shown("open", opening, browser, counts.openings)
    if "course" in wanted:
        rows += shown("course", course, browser)
    if "class" in wanted:
        rows += shown("class", classroom, counts.sessions, counts.seconds)
    if "lab" in wanted:
        rows += shown("lab: a control", answers, browser, counts.presses // 2)
        rows += shown("lab: a class", together, counts.sessions, counts.seconds)
    if "engine" in wanted:
        rows += shown("engine", engine.rows, counts.contest)
    return rows


def shown(name: str, benchmark, *args) -> list[Row]:
    """Run one benchmark and print its rows."""
    print(name, flush=True)
    began, rows = time.perf_counter(), benchmark(*args)
    for row in rows:
        print(f"  {row.what}\n    {row.reached}  [{row.target}{'' if row.met else ', MISSED'}]")
    print(f"  took {time.perf_counter() - began:.0f} s", flush=True)
    return rows


def machine(browser: str) -> str:
    """The class of machine and the versions, without names."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return (
        f"{platform.system()}, {cores} cores, Python {platform.python_version()}, "
        f"Streamlit {version('streamlit')}, NumPy {version('numpy')}, Chromium {browser.split('.')[0]}"
    )


if __name__ == "__main__":
    sys.exit(main())
