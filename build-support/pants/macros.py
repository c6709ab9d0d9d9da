# Macros of the BUILD files. Pants reads this file before each of them; it is not a module and imports nothing.


def _riff_module(name):
    """The address of a module such as riff.adapters.payments.sandbox: src/python/riff/BUILD owns its file."""
    parts = name.split(".")
    return "//src/python/{}.py:{}riff".format("/".join(parts), "../" * (len(parts) - 2))


def riff_functions(*operations, plugins=(), files=()):
    """One Lambda function per operation, each as one zip per kind of processor.

    Args:
        operations: names of the modules of this folder that define `handler`.
        plugins: modules of riff that configuration names (a payment provider), which no import reveals.
        files: addresses of what is no module and goes in too (the schema).
    """
    folder = build_file_dir()
    context = "critical" if folder.parent.name == "riff_critical" else folder.name
    # The name that AWS uses, and the name of the file that says which wheels fit there.
    for processor, platform in (("x86_64", "x86_64"), ("arm64", "aarch64")):
        for operation in operations:
            python_awslambda(
                name=operation + "-" + processor,
                tags=[processor],
                handler=operation + ".py:handler",
                complete_platforms=["//3rdparty/platforms:" + platform],
                # The core goes in whole: what a function digests at its start is what was certified.
                dependencies=[
                    "//src/python/riff_critical",
                    *[_riff_module(plugin) for plugin in plugins],
                    *files,
                ],
                output_path="functions/{}-{}-{}.zip".format(context, operation.replace("_", "-"), processor),
            )
