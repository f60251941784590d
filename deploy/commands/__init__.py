"""What can be said to `huiban`: one file per word, with a ``command`` or with ``commands``.

``command`` is a function that typer reads; ``commands`` is a typer of its own, for a word that is
followed by others. What takes long to load is loaded inside the functions.
"""
