"""The parts of a visit and what stands before it, one screen each."""
