"""The window (Qt).

`application` starts it; a page is a folder under `pages`; imports go down from there to `work` and `style`.
"""
