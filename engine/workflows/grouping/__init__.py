"""From stored faces to people: after and during a scan, and everything anew on request."""
