"""The lesson on irregular time and sliding windows."""
