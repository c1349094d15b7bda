"""From a template, clauses and answers to one block tree. Pure: no models, no input or output, no clock."""
