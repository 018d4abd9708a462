"""Where data and trained models lie: beside the package in the repository, inside it when installed.

And how a file is written: whole or not at all.
"""

import os
from pathlib import Path

from lstm_viz.errors import LearnerError

HERE = Path(__file__).parent
ASSETS = next(
    (folder for folder in (HERE / "assets", HERE.parent / "assets") if folder.is_dir()), HERE / "assets"
)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, whatever happens meanwhile; a sentence where it cannot be written."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        try:
            with open(part, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(part, path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or "no reason is known"
        raise LearnerError(f"{path} cannot be written: {reason}. Allowed: a folder to write to.") from error
