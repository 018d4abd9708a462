"""Adding and multiplying."""
