"""Small widgets with the program's own look; each module opens with its public face."""
