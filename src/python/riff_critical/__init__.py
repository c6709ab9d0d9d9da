"""The certified core of riff: what a test laboratory reads, runs and certifies.

Every module takes plain values and returns plain values.  The package depends on the standard library
alone and performs no input or output, except that `rng` reads the operating system's entropy and
`verification` reads the package's own files.  Clock, storage and transport come in as arguments.
"""
