"""Laptops of a team meet: one exchange over a place, which is a folder or a bundle. Union is merge."""
