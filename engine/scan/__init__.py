"""From folders to pixels: finding photo files, comparing, fingerprinting, decoding, reading their metadata."""
