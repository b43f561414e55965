"""The datasets on disk, the engines that answer queries over them, and events loaded as records."""
