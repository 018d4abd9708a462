"""The real app in a process of its own: started on a free port, watched, ended."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
OPTIONS = {"server.address": "127.0.0.1", "server.headless": "true", "server.fileWatcherType": "none"}
PATIENCE = 60


class Server(NamedTuple):
    """A running app: its address, its process, and the seconds from the process's start to "healthy"."""

    url: str
    pid: int
    start: float


@contextmanager
def running() -> Iterator[Server]:
    """A new server process, ready to answer; RuntimeError where it does not become healthy in a minute."""
    port = free_port()
    options = [f"--{name}={value}" for name, value in OPTIONS.items()] + [f"--server.port={port}"]
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), *options]
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not healthy(port):
            if process.poll() is not None or time.perf_counter() - began > PATIENCE:
                raise RuntimeError(f"The app did not start: {' '.join(command)}")
            time.sleep(0.02)
        yield Server(f"http://127.0.0.1:{port}", process.pid, time.perf_counter() - began)
    finally:
        process.terminate()
        process.wait()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def healthy(port: int) -> bool:
    """Whether the server says that it is ready."""
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/_stcore/health")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def memory(pid: int) -> float:
    """The resident memory in MB of a process and all that it started, from Linux's /proc."""
    family, parents = {pid}, {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(entry.parent.name)] = int(entry.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue  # it has ended meanwhile
    for child in sorted(parents):
        if parents[child] in family:
            family.add(child)
    return sum(resident(p) for p in family)


def resident(pid: int) -> float:
    """VmRSS of one process in MB, 0 for one that has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024
