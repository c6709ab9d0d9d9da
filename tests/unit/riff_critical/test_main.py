"""The command line for the laboratory."""

import io
import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

import riff_critical
from riff_critical import __main__ as program
from riff_critical import rng
from riff_critical.rng import SelfTestError
from riff_critical.verification import Manifest, critical_digest, files

SOURCES = Path(riff_critical.__file__).parents[1]


def run(*arguments: str) -> tuple[int, str]:
    output = io.BytesIO()
    return program.main(arguments, output), output.getvalue().decode()


@pytest.mark.parametrize("size", [0, 1, 65_536, 70_000])
def test_raw_gives_as_many_bytes_as_asked_for(size: int) -> None:
    output = io.BytesIO()
    assert program.main(["rng-raw", "--bytes", str(size)], output) == 0
    assert len(output.getvalue()) == size


def test_draws_are_lines_of_distinct_numbers_in_the_range() -> None:
    status, text = run("rng-draws", "--range", "10", "--picks", "10", "--rows", "50")
    assert status == 0
    rows = [[int(number) for number in line.split(" ")] for line in text.splitlines()]
    assert len(rows) == 50
    assert all(sorted(row) == list(range(10)) for row in rows)


def test_draws_with_replacement_may_repeat() -> None:
    status, text = run("rng-draws", "--range", "1", "--picks", "3", "--rows", "2", "--replacement")
    assert (status, text) == (0, "0 0 0\n0 0 0\n")


def test_refuses_more_picks_than_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    status, text = run("rng-draws", "--range", "2", "--picks", "3", "--rows", "1")
    assert (status, text) == (2, "")
    assert capsys.readouterr().err.startswith("riff_critical: ")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["unknown"],
        ["rng-raw", "--bytes", "-1"],
        ["rng-raw", "--bytes", "1e3"],
        ["rng-draws", "--range", "10"],
        ["rng-draws", "--range", "10", "--picks", "1", "--rows", "١"],
        ["digest", "--json", "--manifest", "file"],
    ],
)
def test_explains_its_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        run(*arguments)
    assert exit_.value.code == 2
    assert "usage: python -m riff_critical" in capsys.readouterr().err


def test_digest_lists_every_file_and_ends_with_the_aggregate() -> None:
    status, text = run("digest")
    assert status == 0
    *each, last = text.splitlines()
    assert each == [f"{found.sha256.hex()}  {found.path}" for found in files()]
    assert last == f"{critical_digest()}  riff_critical"


def test_a_manifest_written_compares_equal(tmp_path: Path) -> None:
    file = tmp_path / "manifest.json"
    _, text = run("digest", "--json")
    file.write_text(text)
    assert Manifest.from_bytes(text.strip().encode()) == Manifest.of(files())
    assert run("digest", "--manifest", str(file)) == (0, f"{critical_digest()}  riff_critical\n")


def test_another_core_is_compared_and_each_difference_named(tmp_path: Path) -> None:
    core = tmp_path / "core"
    core.mkdir()
    (core / "kept.py").write_text("x = 1\n")
    (core / "lost.py").write_text("")
    (core / "changed.py").write_text("x = 1\n")
    file = tmp_path / "manifest.json"
    file.write_text(run("digest", "--json", "--of", str(core))[1])
    (core / "lost.py").unlink()
    (core / "changed.py").write_text("x = 2\n")
    (core / "new.py").write_text("")
    status, text = run("digest", "--of", str(core), "--manifest", str(file))
    assert (status, text) == (1, "changed  changed.py\nmissing  lost.py\nadded  new.py\n")


def test_a_core_with_foreign_code_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "rng.so").write_bytes(b"")
    assert run("digest", "--of", str(tmp_path)) == (1, "")
    assert "rng.so can be imported and is no source" in capsys.readouterr().err


@pytest.mark.parametrize("content", [None, "", "{}", '{"format":1}', "\0"])
def test_refuses_a_manifest_that_is_none(
    tmp_path: Path, content: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "manifest.json"
    if content is not None:
        file.write_text(content)
    assert run("digest", "--manifest", str(file)) == (2, "")
    assert capsys.readouterr().err.startswith("riff_critical: ")


def test_selftest_says_what_it_tested() -> None:
    assert run("selftest") == (
        0,
        f"generator: known answers agree\nentropy: health tests pass\ncore: {critical_digest()}\n",
    )


def test_selftest_fails_when_an_answer_differs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise SelfTestError("generate differs from the published answer")

    monkeypatch.setattr(rng, "self_test", fail)
    assert run("selftest") == (1, "")
    assert "generate differs" in capsys.readouterr().err


def test_runs_as_a_program(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr(sys, "argv", ["riff_critical", "rng-raw", "--bytes", "7"])
    with pytest.raises(SystemExit) as exit_:
        runpy.run_path(str(program.__file__), run_name="__main__")
    assert exit_.value.code == 0
    assert len(capfdbinary.readouterr().out) == 7


def test_a_reader_that_stops_reading_ends_it_without_a_word(capfd: pytest.CaptureFixture[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as output:
        assert program.main(["rng-raw", "--bytes", "1000000"], output) == 0
    assert capfd.readouterr() == ("", "")


def test_in_a_pipeline_nothing_is_said_on_standard_error() -> None:
    command = [sys.executable, "-m", "riff_critical", "rng-raw"]
    with subprocess.Popen(  # noqa: S603  # our own interpreter
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=SOURCES
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert len(running.stdout.read(100_000)) == 100_000
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(timeout=60) == 0


ROWS_MEMORY = """
import resource, sys
from riff_critical.__main__ import main
class Nowhere:
    def write(self, data): pass
    def flush(self): pass
def peak(rows):
    main(["rng-draws", "--range", "100", "--picks", "2", "--rows", str(rows)], Nowhere())
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(peak(10_000), peak(60_000))
"""


def test_memory_does_not_grow_with_the_number_of_rows() -> None:
    run_ = subprocess.run(  # noqa: S603  # our own interpreter
        [sys.executable, "-c", ROWS_MEMORY], capture_output=True, text=True, check=True, cwd=SOURCES
    )
    few, many = map(int, run_.stdout.split())
    assert many - few < 1_000  # kilobytes
