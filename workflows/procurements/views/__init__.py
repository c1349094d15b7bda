"""HTTP of procurements: the opening questions, the record, its tasks."""
