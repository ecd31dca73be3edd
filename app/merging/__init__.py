"""Making two people one: the window that shows both first."""
