"""The core verifies a transcript on a bare Python: no site packages, no environment, no assertions."""

import subprocess
import sys
from pathlib import Path

from tests.support import vectors
from tests.support.sealed_raffle import publication

PROGRAM = """
import sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from riff_critical.draw import verify
folder = Path(sys.argv[2])
pools = {bytes.fromhex(path.stem): path.read_bytes() for path in (folder / "pools").iterdir()}
steps = verify((folder / "transcript.json").read_bytes(), pools)
print(sum(step.passed for step in steps), len(steps), *(step.fault for step in steps if not step.passed))
"""


def verified(folder: Path) -> list[str]:
    source = vectors.ROOT / "src" / "python"
    command: list[str | Path] = [
        sys.executable,
        "-S",
        "-E",
        "-s",
        "-O",
        "-B",
        "-W",
        "error",
        "-c",
        PROGRAM,
        source,
        folder,
    ]
    run = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - a fixed list
    return run.stdout.split()


def test_an_honest_transcript_passes(tmp_path: Path) -> None:
    publication().write(tmp_path)
    passed, steps = verified(tmp_path)
    assert passed == steps


def test_a_tampered_pool_is_named(tmp_path: Path) -> None:
    publication().write(tmp_path)
    pool = tmp_path / "pools" / f"{publication().transcript.seal.pools[1].root.hex()}.pool"
    pool.write_bytes(pool.read_bytes()[:-2])
    assert "pool-count-wrong" in verified(tmp_path)
