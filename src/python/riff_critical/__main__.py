"""The core at the command line, for a test laboratory: `python -m riff_critical COMMAND`.

    rng-raw [--bytes N]                     the generator's bytes, without end or N of them
    rng-draws --range N --picks K --rows R  draws as the product makes them, one per line
              [--replacement]
    digest [--of PLACE]                     the digest of every file and of all together
           [--json | --manifest FILE]       as a manifest; or compared with one
    selftest                                known answers, health of the entropy, digest

Exit status: 0 as it should be; 1 a check failed, or the core differs from the manifest; 2 unusable input.
Output goes out as it is made and takes no memory; a reader that stops reading ends it without a word.
"""

import argparse
import os
import sys
from pathlib import Path
from typing import BinaryIO

from riff_critical import rng
from riff_critical.declarations import Final, Sequence
from riff_critical.errors import CriticalError, InvalidInputError
from riff_critical.rng.laboratory import draw_rows, raw_stream
from riff_critical.verification import PACKAGE, Manifest, critical_digest, files

FAILED: Final = 1
UNUSABLE: Final = 2


def main(arguments: Sequence[str], output: BinaryIO) -> int:
    """Run one command, write what it says, and give the exit status."""
    options = _parser().parse_args(arguments)
    try:
        status = _run(options, output)
        output.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), output.fileno())  # nothing is left to flush into the pipe
        return 0
    except (CriticalError, OSError) as error:
        print(f"{PACKAGE}: {error}", file=sys.stderr)  # noqa: T201  # this is a command-line program
        return UNUSABLE if isinstance(error, InvalidInputError | OSError) else FAILED
    return status


def _run(options: argparse.Namespace, output: BinaryIO) -> int:
    match options.command:
        case "rng-raw":
            raw_stream(output.write, options.bytes)
        case "rng-draws":
            draw_rows(
                output.write, options.range, options.picks, options.rows, replacement=options.replacement
            )
        case "digest" if options.manifest:
            return _compare(options, output)
        case "digest":
            output.write(_digests(options))
        case _:
            output.write(_self_test())
    return 0


def _digests(options: argparse.Namespace) -> bytes:
    manifest = Manifest.of(files(options.of))
    if options.json:
        return manifest.to_bytes() + b"\n"
    lines = [f"{each.sha256.hex()}  {each.path}\n" for each in manifest.files]
    return "".join([*lines, f"{manifest.digest.hex()}  {PACKAGE}\n"]).encode()


def _compare(options: argparse.Namespace, output: BinaryIO) -> int:
    manifest = Manifest.from_bytes(options.manifest.read_bytes().removesuffix(b"\n"))
    differences = manifest.differences(files(options.of))
    output.writelines(f"{each.change.value}  {each.path}\n".encode() for each in differences)
    if differences:
        return FAILED
    output.write(f"{manifest.digest.hex()}  {PACKAGE}\n".encode())
    return 0


def _self_test() -> bytes:
    rng.self_test()
    rng.SystemEntropy()  # reads and tests its first bytes
    return f"generator: known answers agree\nentropy: health tests pass\ncore: {critical_digest()}\n".encode()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"python -m {PACKAGE}", description="The certified core of riff.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    raw = commands.add_parser("rng-raw", help="the generator's bytes")
    raw.add_argument("--bytes", type=_count, default=sys.maxsize, metavar="N", help="stop after N bytes")
    draws = commands.add_parser("rng-draws", help="draws, one per line")
    draws.add_argument("--range", type=_count, required=True, metavar="N", help="draw from 0 to N - 1")
    draws.add_argument("--picks", type=_count, required=True, metavar="K", help="numbers in one draw")
    draws.add_argument("--rows", type=_count, required=True, metavar="R", help="how many draws")
    draws.add_argument("--replacement", action="store_true", help="a draw may hold a number twice")
    digest = commands.add_parser("digest", help="the digest of every file and of all together")
    digest.add_argument(
        "--of", type=Path, metavar="PLACE", help="a folder of the core, or a zip that holds it"
    )
    form = digest.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="write the manifest")
    form.add_argument("--manifest", type=Path, metavar="FILE", help="compare with a manifest")
    commands.add_parser("selftest", help="known answers, health of the entropy, digest")
    return parser


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number")
    return int(text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], sys.stdout.buffer))
