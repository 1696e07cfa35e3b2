"""How statements are put for eyes and for programs: rows, words, marked text, plain JSON values.

The command line and the server show the same thing in the same words because they take them from here.
"""
