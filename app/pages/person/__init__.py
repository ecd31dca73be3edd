"""One person: the faces, suggestions, moving faces away, splitting somebody who is two."""
