"""The pages, a folder each, or one file where that is all of it. None of them imports another one."""
