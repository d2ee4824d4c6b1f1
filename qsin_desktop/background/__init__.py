"""Long actions on another thread, and their result, refusal or progress brought home."""
