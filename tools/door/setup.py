"""`./riff setup`: everything that the other verbs would otherwise make when they first need it."""

from tools.door import environment, pants, pythons, terraform, terragrunt, verbs
from tools.door.failure import DoorError, MissingToolError
from tools.door.progress import say


def setup(arguments: list[str]) -> int:
    """Make the environment, Pants with its tools and Terraform's settings; what is there is left alone."""
    verbs.parser("setup").parse_args(arguments)
    refusals = list(_missing())
    if refusals:
        # Everything that is missing at once, and before anything is made.
        raise DoorError("\n\n".join(refusals))
    environment.python()
    pants.prepare()
    terraform.settings()
    _terragrunt()
    say("Ready. Next: ./riff up, or ./riff test --quick")
    return 0


def _terragrunt() -> None:
    """Terragrunt is not refused when there is no Go: the local stack can be made without it."""
    if not terragrunt.wanted():
        return
    try:
        terragrunt.prepare()
    except MissingToolError as error:
        say(
            f"Without Terragrunt, ./riff up uses Terraform alone, and plan and deploy cannot be had.\n{error}"
        )


def _missing() -> list[str]:
    refusals = []
    for need in (
        lambda: pythons.need_python(environment.PYTHON, "functions and tools"),
        pants.need_interpreter,
        terraform.program,
    ):
        try:
            need()
        except DoorError as error:
            refusals.append(str(error))
    return refusals
