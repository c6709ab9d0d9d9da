"""`./riff setup`: everything that the other verbs would otherwise make when they first need it."""

from tools.door import environment, pants, pythons, terraform, verbs
from tools.door.failure import DoorError
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
    say("Ready. Next: ./riff up, or ./riff test --quick")
    return 0


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
