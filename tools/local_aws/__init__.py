"""AWS on one machine: ministack on loopback, with the few things that riff needs and ministack lacks."""
