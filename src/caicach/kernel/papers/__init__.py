"""Official papers: PDF/A, Word, Excel."""
