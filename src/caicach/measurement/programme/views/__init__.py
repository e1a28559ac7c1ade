"""Pages of the programme, by what a person does."""
