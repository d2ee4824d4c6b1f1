"""Synthetic scenes, each drawn upright at half the camera's resolution."""
