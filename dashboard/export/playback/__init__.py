"""A playback of the selection as a file: GIF, or MP4 with an optional package."""
