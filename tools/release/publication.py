"""A release: what was built, put into an environment's bucket under names that say what it is.

Zips lie at `functions/<SHA-256>.zip`, documents at `releases/<id>/`; the id is the digest of the list of
artifacts, so that equal builds are one release.  `releases/newest` names the last one.  Nothing is ever
replaced but that name.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from botocore.exceptions import BotoCoreError, ClientError

from riff_critical.verification import Manifest, files
from tools.release.comparison import certified_changes, changes
from tools.release.migration import ReleaseError

_NEWEST: Final = "releases/newest"
_ID_LENGTH: Final = 16
DOCUMENTS: Final = ("artifacts.json", "openapi.json", "verification.json")


class RecertificationError(ReleaseError):
    """Something that was certified is another, and nobody has said that it was certified anew."""

    def __init__(self, found: list[str]) -> None:
        lines = "\n".join(f"  {line}" for line in found)
        super().__init__(
            f"certified code has changed:\n{lines}\nOnce it is certified anew, release with --recertified."
        )


class Store:
    """The bucket of an environment's artifacts."""

    def __init__(self, client: Any, environment: str, account: str) -> None:  # noqa: ANN401 - botocore has no types
        self._client = client
        self._bucket = f"riff-{environment}-artifacts-{account}"

    def newest(self) -> str | None:
        """The id of the last release; None before the first."""
        found = self._read(_NEWEST)
        return None if found is None else found.decode().strip()

    def artifacts(self, release: str) -> dict[str, Any]:
        """What a release consists of.

        Raises:
            ReleaseError: there is no such release.
        """
        found = self._read(f"releases/{release}/artifacts.json")
        if found is None:
            raise ReleaseError(f"{self._bucket} has no release {release}")
        return dict(json.loads(found))

    def fetch(self, release: str, folder: Path) -> None:
        """Write a release's documents to a folder, as a build would have left them there.

        Raises:
            ReleaseError: there is no such release.
        """
        folder.mkdir(parents=True, exist_ok=True)
        for name in DOCUMENTS:
            found = self._read(f"releases/{release}/{name}")
            if found is None:
                raise ReleaseError(f"{self._bucket} has no release {release}")
            (folder / name).write_bytes(found)

    def put_zip(self, sha256: str, file: Path) -> bool:
        """Upload a zip unless it is there; whether it was uploaded.

        Raises:
            ReleaseError: the file is another than the list says.
        """
        key = f"functions/{sha256}.zip"
        if self._size(key) == file.stat().st_size:
            return False
        data = file.read_bytes()
        if hashlib.sha256(data).hexdigest() != sha256:
            raise ReleaseError(f"{file} is not the zip that was built ({sha256}): build again")
        self._write(key, data, "application/zip")
        return True

    def put_release(self, release: str, documents: Mapping[str, bytes]) -> None:
        """Store a release's documents, and name it the newest."""
        for name, data in documents.items():
            self._write(f"releases/{release}/{name}", data, "application/json")
        self._write(_NEWEST, release.encode(), "text/plain")

    def _read(self, key: str) -> bytes | None:
        try:
            return bytes(self._client.get_object(Bucket=self._bucket, Key=key)["Body"].read())
        except ClientError as error:
            if error.response["Error"]["Code"] in {"NoSuchKey", "404"}:
                return None
            raise self._refused(error) from error
        except BotoCoreError as error:
            raise self._refused(error) from error

    def _size(self, key: str) -> int:
        try:
            return int(self._client.head_object(Bucket=self._bucket, Key=key)["ContentLength"])
        except ClientError as error:
            if error.response["Error"]["Code"] in {"NoSuchKey", "404"}:
                return -1
            raise self._refused(error) from error

    def _write(self, key: str, data: bytes, kind: str) -> None:
        try:
            self._client.put_object(Bucket=self._bucket, Key=key, Body=data, ContentType=kind)
        except (BotoCoreError, ClientError) as error:
            raise self._refused(error) from error

    def _refused(self, error: Exception) -> ReleaseError:
        return ReleaseError(
            f"bucket {self._bucket}: {error} (does the unit artifacts exist? ./riff deploy makes it)"
        )


def publish(store: Store, dist: Path, core: Path, *, recertified: bool) -> Iterator[str]:
    """Release what stands in a folder of artifacts; what is done, line by line.

    Args:
        store: the environment's bucket.
        dist: artifacts.json, openapi.json and the zips.
        core: the package riff_critical, for the manifest that others verify it with.
        recertified: whether changes of certified code are meant.

    Raises:
        RecertificationError: certified code is another; nothing was uploaded.
        ReleaseError: the build is not whole, or the bucket refuses.
    """
    listed = (dist / "artifacts.json").read_bytes()
    fresh = json.loads(listed)
    former_id = store.newest()
    former = None if former_id is None else store.artifacts(former_id)
    lines = list(changes(former, fresh))
    certified = list(certified_changes(former, fresh))
    yield from lines or ["no function has changed"]
    if certified and not recertified:
        raise RecertificationError(certified)
    release = hashlib.sha256(listed).hexdigest()[:_ID_LENGTH]
    zips = {
        zip_["sha256"]: dist / zip_["file"]
        for told in fresh["functions"].values()
        for zip_ in told["zips"].values()
    }
    uploaded = sum(store.put_zip(sha256, file) for sha256, file in sorted(zips.items()))
    documents = {
        "artifacts.json": listed,
        "openapi.json": (dist / "openapi.json").read_bytes(),
        "verification.json": _verification(fresh, core),
    }
    store.put_release(release, documents)
    yield from (f"recertified: {line}" for line in certified)
    yield f"certified digest {fresh['critical_digest']}{'' if certified else ', as before' if former else ''}"
    yield f"uploaded {uploaded} of {len(zips)} zips"
    yield f"release {release}{f' after {former_id}' if former_id else ', the first'}"


def _verification(fresh: Mapping[str, Any], core: Path) -> bytes:
    """What somebody who was not there compares a running function with: the core's files, and every zip."""
    manifest = Manifest.of(files(core))
    if manifest.digest.hex() != fresh["critical_digest"]:
        raise ReleaseError("the core in the sources is not the one that was built: build again")
    told = {
        "format": 1,
        "core": json.loads(manifest.to_bytes()),
        "functions": {
            function["name"]: {
                processor: {"code_sha256": zip_["code_sha256"], "sha256": zip_["sha256"]}
                for processor, zip_ in function["zips"].items()
            }
            for function in fresh["functions"].values()
        },
    }
    return (json.dumps(told, indent=2, sort_keys=True) + "\n").encode()
