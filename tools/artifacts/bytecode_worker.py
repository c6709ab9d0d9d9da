"""Compiles Python files to unchecked-hash bytecode.

Run as a program, it reads lines from standard input: source, name, output, with tabs between them.

What marshal writes depends on how often the interpreter itself refers to a string, hence on what it did
before. So each file is compiled in a fork of a parent that has done nothing but read these lines: equal
sources give equal bytes.
"""

import importlib.util
import marshal
import os
import sys
from pathlib import Path

UNCHECKED_HASH = (1).to_bytes(4, "little")


def compile_file(source: str, name: str, output: str) -> None:
    """Write the bytecode of one file, which will be called so in tracebacks."""
    text = Path(source).read_bytes()
    # Neither asserts nor docstrings are taken out: what runs is what is read.
    code = compile(text, name, "exec", dont_inherit=True, optimize=0)
    head = importlib.util.MAGIC_NUMBER + UNCHECKED_HASH + importlib.util.source_hash(text)
    Path(output).write_bytes(head + marshal.dumps(code))


def main() -> int:
    """Compile every file that standard input names; the exit status tells whether all did."""
    failed = 0
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                compile_file(*line.rstrip("\n").split("\t"))
            except (SyntaxError, ValueError, OSError) as error:
                sys.stderr.write(f"{line.split(chr(9))[1]}: {error}\n")
                sys.stderr.flush()
                os._exit(1)
            os._exit(0)
        failed += os.waitpid(child, 0)[1] != 0
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
