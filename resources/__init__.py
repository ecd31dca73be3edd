"""Files that travel with the program: model cards, icons, style, translations."""
