"""The bundler: what it adds, and what it refuses."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tools.openapi.bundle import BundleError, bundle, operations, rendered

ROOT = Path(__file__).resolve().parents[3]

PROBLEMS = "\n".join(
    f'[{code}]\ntitle = "Title of {code}"\nstatus = {status}\n'
    for code, status in {
        "invalid-request": 422,
        "limit-reached": 429,
        "unavailable": 503,
        "internal-error": 500,
        "integrity-failure": 500,
        "malformed-request": 400,
        "request-too-large": 413,
        "not-authenticated": 401,
        "not-permitted": 403,
        "not-found": 404,
        "idempotency-key-reused": 409,
        "sold-out": 409,
    }.items()
)
ROOT_PART = "openapi: 3.0.1\ninfo: {title: t, version: '1'}\ntags: [{name: sales}, {name: public}]\n"
SALES = """
paths:
  /orders/{id}:
    post:
      operationId: void_order
      security: [{staff: []}]
      x-permission: orders:void
      x-problems: [sold-out]
      parameters: [{$ref: "#/components/parameters/IdempotencyKey"}]
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Body"}}}}
      responses: {"200": {description: done}}
components:
  schemas:
    Body: {type: object}
"""
PUBLIC = """
paths:
  /orders/{id}:
    get:
      operationId: show_order
      security: []
      responses:
        "200": {description: shown, content: {application/json: {example: {at: 2026-05-01T18:00:00Z}}}}
"""
COMPONENTS = """
schemas: {Problem: {type: object}}
parameters: {IdempotencyKey: {name: Idempotency-Key, in: header}}
"""

type Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write the parts, some of them replaced; the folder."""

    def written(**parts: str | None) -> Path:
        fine: dict[str, str | None] = {
            "catalogue/problems.toml": PROBLEMS,
            "openapi/openapi.yaml": ROOT_PART,
            "openapi/sales.yaml": SALES,
            "openapi/public.yaml": PUBLIC,
            "openapi/components/shared.yaml": COMPONENTS,
        }
        for name, text in (fine | {f"openapi/{name}.yaml": text for name, text in parts.items()}).items():
            if text is not None:
                path = tmp_path / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, "utf-8")
        return tmp_path / "openapi"

    return written


def test_joins_the_parts(write: Write) -> None:
    document = bundle(write())
    assert {operation["operationId"]: operation["tags"] for _, _, operation in operations(document)} == {
        "void_order": ["sales"],
        "show_order": ["public"],
    }
    assert document["components"]["schemas"].keys() == {"Problem", "Body"}


def test_adds_the_problems_that_follow_from_an_operation(write: Write) -> None:
    document = bundle(write())
    void, show = document["paths"]["/orders/{id}"]["post"], document["paths"]["/orders/{id}"]["get"]
    assert void["responses"].keys() == {
        *("200", "400", "401", "403", "404", "409", "413", "422", "429", "500", "503")
    }
    assert show["responses"].keys() == {"200", "404", "422", "429", "500", "503"}
    assert void["responses"]["409"]["description"] == (
        "- `idempotency-key-reused`: Title of idempotency-key-reused\n- `sold-out`: Title of sold-out"
    )


def test_dates_stay_text(write: Write) -> None:
    document = bundle(write())
    shown = document["paths"]["/orders/{id}"]["get"]["responses"]["200"]
    assert shown["content"]["application/json"]["example"] == {"at": "2026-05-01T18:00:00Z"}


REFUSED: dict[str, tuple[dict[str, str | None], str]] = {
    "part missing": ({"public": None}, "public.yaml is missing"),
    "part of no tag": ({"stray": "paths: {}"}, "no tag is named like stray.yaml"),
    "part with more": ({"public": PUBLIC + "info: {}\n"}, "has no place for info"),
    "part that is no mapping": ({"public": "[]"}, "public.yaml is not a mapping"),
    "name twice": ({"public": PUBLIC + "paths: {}\n"}, "occurs twice: paths"),
    "method twice": (
        {"public": PUBLIC.replace("get:", "post:")},
        "post exists already",
    ),
    "unknown method": ({"public": PUBLIC.replace("get:", "fetch:")}, "fetch is not a method"),
    "operation twice": ({"public": PUBLIC.replace("show_order", "void_order")}, "operationId occurs twice"),
    "operation in camel case": ({"public": PUBLIC.replace("show_order", "showOrder")}, "words joined by"),
    "operation that ends open": ({"public": PUBLIC.replace("show_order", "show_")}, "words joined by"),
    "unknown problem": ({"sales": SALES.replace("sold-out", "sold-in")}, "no such problem: sold-in"),
    "unknown schema": (
        {"sales": SALES.replace("schemas/Body", "schemas/Elsewhere")},
        "nothing is found at #/components/schemas/Elsewhere",
    ),
    "reference to a file": (
        {"sales": SALES.replace("#/components/schemas/Body", "body.yaml")},
        "nothing is found at body.yaml",
    ),
    "unused schema": (
        {"sales": SALES + "    Spare: {type: object}\n"},
        "nothing refers to #/components/schemas/Spare",
    ),
    "schema twice": (
        {"sales": SALES + "    Problem: {type: object}\n"},
        "schemas exist already: Problem",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refuses_parts_that_make_no_document(write: Write, name: str) -> None:
    parts, message = REFUSED[name]
    folder = write(**parts)
    if parts.get("public", "") is None:
        (folder / "public.yaml").unlink(missing_ok=True)
    with pytest.raises(BundleError, match=message):
        bundle(folder)


def test_own_document_is_bundled_alike_wherever_it_is_run(tmp_path: Path) -> None:
    target = tmp_path / "dist" / "openapi.json"
    command = [sys.executable, "-m", "tools.openapi.bundle", str(ROOT / "openapi"), str(target)]
    subprocess.run(command, check=True, cwd=ROOT)
    assert target.read_text("utf-8") == rendered(bundle(ROOT / "openapi"))
    assert json.loads(target.read_text("utf-8"))["openapi"] == "3.0.1"


def test_says_what_is_wrong_and_writes_nothing(tmp_path: Path, write: Write) -> None:
    folder = write(stray="paths: {}")
    command = [sys.executable, "-m", "tools.openapi.bundle", str(folder), str(tmp_path / "out.json")]
    found = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True)
    assert (found.returncode, found.stderr) == (1, "openapi: no tag is named like stray.yaml\n")
    assert not (tmp_path / "out.json").exists()
