"""The three languages of the pages: Chinese as it is written here, in traditional letters, English.

Templates are written in Chinese, with no marks: what a page says is found in them when they are
compiled, once for each language (``drawing``), in a catalogue that translators know how to read
(``catalogue``). What people wrote is shown as they wrote it, and says in which language it is.
"""
