"""Around the pages: the window itself, its bars and sidebar, what starts once, what is said of faults."""
