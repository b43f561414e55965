"""The Compare page: what each account of an event asserts, denies and leaves out."""

from dashboard.ui import shell


def page() -> None:
    """To be."""
    shell.open_page()
