"""The programs that build, run and check this repository; none of them ships."""
