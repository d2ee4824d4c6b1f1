"""The example visit: evidence made by the program itself, and the story that is played through actions."""
