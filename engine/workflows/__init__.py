"""Steps joined with the library. Each workflow is a generator of `Progress` that returns a summary."""
