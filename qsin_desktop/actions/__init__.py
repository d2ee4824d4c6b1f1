"""One small function per thing a person does or asks: the whole program without a window."""
