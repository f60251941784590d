"""The verbs: one function for each thing that a person of the demo can do."""
