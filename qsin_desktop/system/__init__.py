"""What every room asks of the computer in the same words: the disk and child processes. Knows no visit."""
