"""What is worth asking, what belongs beside a question, and how far the library is settled."""
