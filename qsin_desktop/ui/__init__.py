"""The window: screens, panels and painted widgets. It asks actions for everything."""
