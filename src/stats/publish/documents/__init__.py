"""Documents that leave the repository: one template, one model, and a writer for each format."""
