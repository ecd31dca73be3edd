"""Other people's weights as ONNX graphs: what the engine's import finds by the entry points `kinfolk.converters`."""
