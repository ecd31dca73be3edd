"""Where the program that is built whole begins: it is the command, or a process that the command starts."""

import multiprocessing
import sys

from engine.own_process import CHILD, be_child, forget_own_libraries

if __name__ == "__main__":
    forget_own_libraries()
    multiprocessing.freeze_support()
    if sys.argv[1:2] == [CHILD]:
        be_child(sys.argv[2:])
        sys.exit()
    from engine.cli import main

    sys.exit(main())
