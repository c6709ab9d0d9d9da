"""What `./riff` does: standard library only, Python 3.11 or newer, each part imported when a verb needs it."""
