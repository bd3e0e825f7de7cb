"""Examples for the style guide: the product's own records and read models, filled by hand and never saved."""
