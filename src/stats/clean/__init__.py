"""As published -> tidy: our names, our units, one row a fact, and checks that stop what is wrong."""
