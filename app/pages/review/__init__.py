"""One question at a time: both sides large, why it is asked, three answers."""
