"""Kinfolk without its window: scanning, faces, models, clustering and the library."""

import os

# From 1.29 on onnxruntime reports its use to Microsoft unless this stands before its module is imported, by whomever.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
