"""What a release does with an environment besides applying its infrastructure."""
