"""What a function needs of AWS, over its HTTP interface and without its library."""
