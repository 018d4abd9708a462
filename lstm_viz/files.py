"""Where data and trained models lie: beside the package in the repository, inside it when installed."""

from pathlib import Path

HERE = Path(__file__).parent
ASSETS = next(
    (folder for folder in (HERE / "assets", HERE.parent / "assets") if folder.is_dir()), HERE / "assets"
)
