"""What several pages are made of: small widgets, menus, and the actions of a table."""
