"""The migration as a release does it: the built function, invoked by name, with the owner's parameters."""

import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.postgres import OWNER, PASSWORDS, Cluster, running_cluster
from tools.local_aws.tests.conftest import REGION, LocalAws

pytestmark = pytest.mark.slow

_ROOT = Path(__file__).resolve().parents[3]
_DATABASE = "riff_release"
_FUNCTION = "local-release-migrate-database"


@pytest.fixture(name="built")
def _built() -> Path:
    """The function's zip."""
    found = sorted((_ROOT / "dist").glob("release-migrate-database-*.zip"))
    if not found:
        pytest.skip("the function is not built: ./riff build migrate_database")
    return found[0]


@pytest.fixture(name="cluster")
def _cluster() -> Iterator[Cluster]:
    with running_cluster() as running:
        running.create(_DATABASE)
        yield running


@pytest.fixture(name="aws")
def _aws(tmp_path: Path, cluster: Cluster, built: Path) -> Iterator[LocalAws]:
    """A local AWS with the function and what it reads."""
    server = LocalAws(tmp_path / "aws")
    server.start()
    parameters = {"database/host": str(cluster.home), "database/port": "5432", "database/name": _DATABASE}
    store = server.client("ssm")
    for name, value in parameters.items():
        store.put_parameter(Name=f"/riff/local/{name}", Value=value, Type="String")
    for role, password in {**PASSWORDS, OWNER: "trusted"}.items():
        part = f"/riff/local-{role.removeprefix('riff_')}/database"
        store.put_parameter(Name=f"{part}/user", Value=role, Type="String")
        store.put_parameter(Name=f"{part}/password", Value=password, Type="SecureString")
    functions = server.client("lambda")
    functions.create_function(
        FunctionName=_FUNCTION,
        Runtime="python3.13",
        Role="arn:aws:iam::000000000000:role/release",
        Handler="riff.handlers.release.migrate_database.handler",
        Code={"ZipFile": built.read_bytes()},
        Timeout=60,
        Publish=True,
        Environment={
            "Variables": {
                "RIFF_ENVIRONMENT": "local",
                "RIFF_CONFIG_PATH": "/riff/local",
                "RIFF_DATABASE_ROLE": "owner",
                "AWS_ENDPOINT_URL": server.endpoint,
            }
        },
    )
    functions.create_alias(FunctionName=_FUNCTION, Name="live", FunctionVersion="1")
    yield server
    server.stop()


def _release(aws: LocalAws) -> list[str]:
    command = [sys.executable, "-m", "tools.release", "migrate", "local"]
    imports = os.pathsep.join((str(_ROOT / "src" / "python"), str(_ROOT)))
    done = subprocess.run(
        [*command, "--endpoint", aws.endpoint, "--region", REGION],
        env={**os.environ, "PYTHONPATH": imports},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


def test_applies_what_its_zip_holds_and_nothing_twice(aws: LocalAws, built: Path) -> None:
    with zipfile.ZipFile(built) as archive:
        names = sorted(Path(name).stem for name in archive.namelist() if name.startswith("db/migrations/0"))
    at = f"schema at migration {len(names)}"
    assert _release(aws) == [*(f"applied {name}" for name in names), at]
    assert _release(aws) == [at]
