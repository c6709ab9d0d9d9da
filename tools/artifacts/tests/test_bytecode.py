"""Bytecode that ships."""

import importlib.util
import marshal
import sys
import types
from pathlib import Path

import pytest

from tools.artifacts.bytecode import Bytecode, BytecodeError, cached_name

SOURCE = (
    b'"""Doc."""\n\n\ndef handler(event, context):\n    assert event\n    return {"event", "context", 1.5}\n'
)


def test_python_finds_it_where_it_looks() -> None:
    assert importlib.util.cache_from_source("riff/x.py") == cached_name("riff/x.py")


def test_it_is_taken_without_a_look_at_the_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = Bytecode().of({"shipped_module.py": SOURCE})
    for name, content in compiled.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    (tmp_path / "shipped_module.py").write_text("raise RuntimeError\n")  # would be noticed
    monkeypatch.syspath_prepend(tmp_path)
    module = importlib.import_module("shipped_module")
    assert module.handler(1, None) == {"event", "context", 1.5}
    del sys.modules["shipped_module"]


def test_equal_sources_give_equal_bytes_whatever_was_compiled_before() -> None:
    """Marshal looks at how often a string is referred to, so a busy compiler could write other bytes."""
    alone = Bytecode().of({"m.py": SOURCE})
    crowd = {f"other_{n}.py": f"handler = event = context = {n}\n".encode() for n in range(20)}
    assert Bytecode().of({**crowd, "m.py": SOURCE})[cached_name("m.py")] == alone[cached_name("m.py")]


def test_tracebacks_name_the_place_inside_the_zip() -> None:
    (content,) = Bytecode().of({"riff/m.py": SOURCE}).values()
    code = marshal.loads(content[16:])  # noqa: S302 - written a line above
    assert isinstance(code, types.CodeType)
    assert code.co_filename == "riff/m.py"


def test_what_is_not_python_is_refused_by_name() -> None:
    with pytest.raises(BytecodeError, match=r"broken\.py: invalid syntax"):
        Bytecode().of({"broken.py": b"def\n"})
