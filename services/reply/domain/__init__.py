"""What the reply room decides: who may talk, opine, write, approve, send, rate and promise."""
