"""One module for each command of the trainer, with `run(argv) -> exit code`."""
