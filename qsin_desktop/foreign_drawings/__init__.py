"""SVG drawings that others made, turned into pixels by a child process with little memory and little time."""
