"""A published file, as published: text in, text out, nothing cleaned."""
