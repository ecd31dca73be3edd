"""A map of faces: places in two dimensions where faces that are alike lie together. Knows no database."""
