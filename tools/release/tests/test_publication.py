"""Releases in a bucket of the local AWS."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from riff_critical.verification import Manifest, files
from tools.local_aws.tests.conftest import REGION, LocalAws
from tools.release.clients import client
from tools.release.migration import ReleaseError
from tools.release.publication import RecertificationError, Store, publish

ACCOUNT = "000000000000"
CORE = Path(__file__).parents[3] / "src" / "python" / "riff_critical"


@pytest.fixture
def store(aws: LocalAws, request: pytest.FixtureRequest) -> Store:
    """The empty bucket of an environment named after the test."""
    environment = f"t{hashlib.sha256(request.node.name.encode()).hexdigest()[:8]}"
    s3 = client("s3", aws.endpoint, REGION, ACCOUNT)
    s3.create_bucket(
        Bucket=f"riff-{environment}-artifacts-{ACCOUNT}",
        CreateBucketConfiguration={"LocationConstraint": REGION},
    )
    return Store(s3, environment, ACCOUNT)


def build(dist: Path, code: bytes = b"one", *, critical: bytes = b"core", digest: str | None = None) -> Path:
    """A build of one function and of a critical one."""
    dist.mkdir(exist_ok=True)
    functions: dict[str, Any] = {}
    for operation, context, data in (("void_order", "sales", code), ("select_winners", "critical", critical)):
        name = f"{context}-{operation.replace('_', '-')}"
        (dist / f"{name}.zip").write_bytes(data)
        sha256 = hashlib.sha256(data).hexdigest()
        zip_ = {"file": f"{name}.zip", "sha256": sha256, "code_sha256": "c", "size": len(data)}
        functions[operation] = {"context": context, "name": name, "zips": {"arm64": zip_}}
    told = digest or Manifest.of(files(CORE)).digest.hex()
    (dist / "artifacts.json").write_text(
        json.dumps({"format": 1, "critical_digest": told, "functions": functions})
    )
    (dist / "openapi.json").write_text("{}")
    return dist


def released(store: Store, dist: Path, *, recertified: bool = False) -> list[str]:
    return list(publish(store, dist, CORE, recertified=recertified))


def test_a_release_can_be_fetched_as_it_was_built(store: Store, tmp_path: Path) -> None:
    dist = build(tmp_path / "dist")
    lines = released(store, dist)
    assert lines[:2] == ["+ critical-select-winners", "+ sales-void-order"]
    assert "uploaded 2 of 2 zips" in lines
    newest = store.newest()
    assert newest is not None
    store.fetch(newest, tmp_path / "fetched")
    assert (tmp_path / "fetched" / "artifacts.json").read_bytes() == (dist / "artifacts.json").read_bytes()


def test_the_verification_manifest_names_the_core_s_files_and_every_zip(store: Store, tmp_path: Path) -> None:
    released(store, build(tmp_path / "dist"))
    store.fetch(str(store.newest()), tmp_path / "fetched")
    told = json.loads((tmp_path / "fetched" / "verification.json").read_text())
    assert Manifest.from_json(told["core"]).files == files(CORE)
    assert told["functions"]["sales-void-order"]["arm64"]["sha256"] == hashlib.sha256(b"one").hexdigest()


def test_only_what_changed_is_uploaded_and_named(store: Store, tmp_path: Path) -> None:
    released(store, build(tmp_path / "dist"))
    first = store.newest()
    lines = released(store, build(tmp_path / "dist", b"two"))
    assert lines[0] == "~ sales-void-order: code for arm64"
    assert "uploaded 1 of 2 zips" in lines
    assert lines[-1] == f"release {store.newest()} after {first}"


def test_the_same_build_is_the_same_release(store: Store, tmp_path: Path) -> None:
    released(store, build(tmp_path / "dist"))
    first = store.newest()
    assert released(store, tmp_path / "dist")[0] == "no function has changed"
    assert store.newest() == first


def test_refuses_another_critical_function_unless_it_was_certified_anew(store: Store, tmp_path: Path) -> None:
    released(store, build(tmp_path / "dist"))
    first = store.newest()
    build(tmp_path / "dist", critical=b"other")
    with pytest.raises(RecertificationError, match="critical function: critical-select-winners"):
        released(store, tmp_path / "dist")
    assert store.newest() == first
    assert "recertified: critical function: critical-select-winners" in released(
        store, tmp_path / "dist", recertified=True
    )
    assert store.newest() != first


def test_refuses_zips_of_another_build(store: Store, tmp_path: Path) -> None:
    dist = build(tmp_path / "dist")
    (dist / "sales-void-order.zip").write_bytes(b"changed by hand")
    with pytest.raises(ReleaseError, match="is not the zip that was built"):
        released(store, dist)
    assert store.newest() is None


def test_refuses_a_core_that_is_not_the_built_one(store: Store, tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="not the one that was built"):
        released(store, build(tmp_path / "dist", digest="00" * 32))
    assert store.newest() is None


def test_says_which_unit_makes_the_bucket(aws: LocalAws, tmp_path: Path) -> None:
    nowhere = Store(client("s3", aws.endpoint, REGION, ACCOUNT), "nowhere", ACCOUNT)
    with pytest.raises(ReleaseError, match=r"\./riff deploy makes it"):
        released(nowhere, build(tmp_path / "dist"))
