"""All photos by month: search by people, filters, what can be done with a selection."""
