"""Packages of the wheel: the program, and the data that lie beside it in a checkout."""

import subprocess
import sys
from pathlib import Path

from setuptools import find_packages, setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent
# Where a checkout has them, and where the wheel takes them along (`dashboard/settings.py`).
DATA = {"dashboard.packaged.seeds": "seeds", "dashboard.packaged.data": "data"}


class BuildWithAssets(build_py):
    """A wheel has scripts, font and basemap in it: the folder it is installed in may be read-only."""

    def run(self) -> None:
        """Copy the package, then the assets, as `make assets` does in a checkout."""
        super().run()
        if not self.editable_mode:
            static = Path(self.build_lib).resolve() / "dashboard" / "static"
            command = [sys.executable, "-m", "dashboard.static_files", str(static)]
            subprocess.run(command, cwd=ROOT, check=True)


setup(
    cmdclass={"build_py": BuildWithAssets},
    packages=[*find_packages(include=["dashboard", "dashboard.*"]), *DATA],
    package_dir=DATA,
    package_data={
        "": ["**/*"],
        "dashboard": ["**/*", ".streamlit/*.toml"],
    },
    exclude_package_data={"": ["**/__pycache__/*", "**/*.pyc"]},
)
