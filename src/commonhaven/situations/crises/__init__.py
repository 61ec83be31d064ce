"""Real displacements as files, with the sources of their figures."""
