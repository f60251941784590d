"""The documents that tell others how to talk with us, generated from the code and committed."""
