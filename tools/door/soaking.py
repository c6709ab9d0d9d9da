"""`soak`: selling for minutes under random faults, and an audit of the books at the end."""

import subprocess

from tools.door import checkout, environment, verbs
from tools.door.process import merged


def soak(arguments: list[str]) -> int:
    """Run a soak and print what the audit found; 0 if everything holds."""
    parser = verbs.parser("soak")
    parser.add_argument("--seconds", type=int, default=600, metavar="N", help="how long (%(default)s)")
    parser.add_argument(
        "--sellers", type=int, default=4, metavar="N", help="how many processes sell (%(default)s)"
    )
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of the dice that choose faults")
    options = parser.parse_args(arguments)
    words = [f"--{name}={value}" for name, value in sorted(vars(options).items())]
    return subprocess.call(
        [str(environment.python()), "-m", "tests.soak", *words],
        cwd=checkout.ROOT,
        env=merged(environment.imports()),
    )
