"""What `./riff` does: standard library only, each part imported when a verb needs it."""
