"""How sign-in is decided: plain values in, an answer or a refusal out."""
