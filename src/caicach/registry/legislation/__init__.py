"""Legal documents and their citations."""
