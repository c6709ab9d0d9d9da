"""What the local AWS is started with, and the environment that ministack reads."""

import dataclasses
import os
from collections.abc import Mapping, MutableMapping
from pathlib import Path
from typing import Final

HOST: Final = "127.0.0.1"
DEFAULT_REGION: Final = "eu-central-1"

# All that survives of the caller's environment: functions inherit the server's.
_KEPT: Final = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "SSL_CERT_FILE")


@dataclasses.dataclass(frozen=True)
class Settings:
    """One local AWS: where it listens, where its state is kept."""

    port: int
    state: Path
    region: str = DEFAULT_REGION
    snapshot_interval_s: float = 3.0
    requests_at_once: int = 16
    log_level: str = "INFO"

    @property
    def endpoint(self) -> str:
        """The address for SDKs, Terraform and functions."""
        return f"http://{HOST}:{self.port}"

    @property
    def services(self) -> Path:
        """Saved state, one JSON file per service."""
        return self.state / "services"

    @property
    def objects(self) -> Path:
        """Contents of buckets."""
        return self.state / "objects"

    @property
    def scratch(self) -> Path:
        """Unpacked functions; of no value once the server has ended."""
        return self.state / "scratch"


def ministack_environment(settings: Settings) -> dict[str, str]:
    """The variables that ministack reads when it is imported."""
    return {
        "BIND_HOST": HOST,
        "GATEWAY_PORT": str(settings.port),
        "MINISTACK_REGION": settings.region,
        "LOG_LEVEL": settings.log_level,
        "PERSIST_STATE": "1",
        "STATE_DIR": str(settings.services),
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(settings.objects),
        "TMPDIR": str(settings.scratch),
        "IOT_MTLS_ENABLED": "0",  # would listen on every address
        "SFTP_ENABLED": "0",  # likewise
        # ministack removes containers that it takes for its own from any Docker it finds: it shall find none.
        "DOCKER_HOST": f"unix://{settings.scratch}/no-docker.sock",
    }


def replace_environment(environment: MutableMapping[str, str], settings: Settings) -> None:
    """Leave nothing in the environment but the basics and the settings of ministack."""
    kept: Mapping[str, str] = {name: environment[name] for name in _KEPT if name in environment}
    environment.clear()
    environment.update(kept, **ministack_environment(settings))


def apply(settings: Settings) -> None:
    """Make this process's environment the one of the server; must happen before ministack is imported."""
    replace_environment(os.environ, settings)
