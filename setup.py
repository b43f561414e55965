"""Packages of the wheel: the program, and the data that lie beside it in a checkout."""

from setuptools import find_packages, setup

# Where a checkout has them, and where the wheel takes them along (`dashboard/settings.py`).
DATA = {"dashboard.packaged.seeds": "seeds", "dashboard.packaged.data": "data"}

setup(
    packages=[*find_packages(include=["dashboard", "dashboard.*"]), *DATA],
    package_dir=DATA,
    package_data={
        "": ["**/*"],
        "dashboard": ["**/*", ".streamlit/*.toml"],
    },
    exclude_package_data={"": ["**/__pycache__/*", "**/*.pyc"]},
)
