"""How the door knows that something has not changed."""

from pathlib import Path

import pytest

from tools.door import traces
from tools.door.digests import Stamps, digest


def test_a_changed_a_renamed_and_a_new_file_change_the_digest(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("1")
    seen = [digest([tmp_path])]
    (tmp_path / "a.py").write_text("2")
    seen.append(digest([tmp_path]))
    (tmp_path / "a.py").rename(tmp_path / "b.py")
    seen.append(digest([tmp_path]))
    (tmp_path / "c.py").touch()
    seen += [digest([tmp_path]), digest([tmp_path], "word")]
    assert len(set(seen)) == len(seen)


def test_what_tools_leave_behind_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("1")
    before = digest([tmp_path])
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.pyc").touch()
    (tmp_path / ".terraform.lock.hcl").touch()  # `init` writes it beside the modules
    assert before == digest([tmp_path])


def test_the_place_of_a_folder_does_not_matter(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name / "src").mkdir(parents=True)
        (tmp_path / name / "src" / "a.py").write_text("1")
    assert digest([tmp_path / "one" / "src"]) == digest([tmp_path / "two" / "src"])


def test_stamps_are_kept_and_forgotten(tmp_path: Path) -> None:
    stamps = Stamps(tmp_path / "deep" / "stamps.json")
    assert not stamps.current("zips", "1")
    stamps.record("zips", "1")
    stamps.record("terraform", "2")
    assert Stamps(tmp_path / "deep" / "stamps.json").current("zips", "1")
    stamps.forget("zips")
    assert not stamps.current("zips", "1")
    assert stamps.current("terraform", "2")


def test_a_damaged_record_counts_as_none(tmp_path: Path) -> None:
    (tmp_path / "stamps.json").write_text("{")
    assert not Stamps(tmp_path / "stamps.json").current("zips", "1")


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("see https://py" + "pi.org/simple", "names a registry's host"),
        ("cd /" + "home/someone/riff", "names a path of one machine"),
        ("PATH=/" + "opt/tool", "names a path of one machine"),
    ],
)
def test_a_trace_of_a_machine_is_found(tmp_path: Path, line: str, what: str) -> None:
    (tmp_path / "notes.md").write_text(f"fine\n{line}\n")
    assert list(traces.faults(["notes.md", ""], tmp_path)) == [f"notes.md:2: {what}: {line}"]


@pytest.mark.parametrize(
    "line", ["/opt/python is Lambda's", "GET /raffles/{id}", 'Path("/opt").glob("*")', "src/work/x"]
)
def test_what_is_the_same_everywhere_is_left_alone(tmp_path: Path, line: str) -> None:
    (tmp_path / "notes.md").write_text(line)
    assert list(traces.faults(["notes.md", "absent.md"], tmp_path)) == []
