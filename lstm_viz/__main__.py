"""The command line: `python -m lstm_viz COMMAND`, one module a command."""

import argparse
import os
import sys
from importlib import import_module

COMMANDS = {
    "verify": ("lstm_viz.verify", "compare the engine with reference vectors"),
    "train": ("lstm_viz.runs.command", "train a cell on a task"),
    "sweep": ("lstm_viz.runs.sweep", "train every combination of settings"),
    "papers": ("lstm_viz.papers.command", "run the papers' experiments"),
}


def main(argv: list[str] | None = None) -> int:
    """Run one command; its exit status. Only the module of that command is imported."""
    argv = sys.argv[1:] if argv is None else argv
    # Before NumPy loads: at these sizes a second thread gains nothing and costs much when cores are shared.
    for threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(threads, "1")
    parser = argparse.ArgumentParser(prog="python -m lstm_viz")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, (module, sentence) in COMMANDS.items():
        command = commands.add_parser(name, help=sentence, description=sentence)
        if argv[:1] == [name]:
            import_module(module).add_arguments(command)
    args = parser.parse_args(argv)
    return import_module(COMMANDS[args.command][0]).main(args)


if __name__ == "__main__":
    # A terminal or pipe that lacks a character gets a question mark, not a traceback.
    sys.stdout.reconfigure(errors="replace")
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("\nStopped.")
