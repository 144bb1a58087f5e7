"""Generated parts of the client."""
