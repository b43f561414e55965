"""The exit status of commands: 70 for an error that nobody foresaw."""

import pytest

from dashboard.exit_status import ExitStatus, report_crashes


def test_the_status_of_a_command_is_passed_on():
    assert report_crashes(lambda status: status)(ExitStatus.FAULTS) == 1


def test_an_unforeseen_error_is_printed_and_is_70(capsys: pytest.CaptureFixture[str]):
    def fails() -> int:
        raise ZeroDivisionError("for this test")

    assert report_crashes(fails)() == ExitStatus.CRASH == 70
    printed = capsys.readouterr().err
    assert "internal error: ZeroDivisionError: for this test" in printed
    assert "Traceback" in printed


def test_the_exit_status_of_several_files_is_the_highest():
    assert max(ExitStatus.OK, ExitStatus.STOPPED, ExitStatus.FAULTS) is ExitStatus.STOPPED


def test_what_ends_a_program_on_purpose_is_no_crash():
    def ends() -> int:
        raise SystemExit(3)

    with pytest.raises(SystemExit):
        report_crashes(ends)()
