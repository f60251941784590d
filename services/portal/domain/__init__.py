"""What the portal works out from facts: rows, sentences, lights, steps and figures."""
