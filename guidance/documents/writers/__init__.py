"""A paper as a file: Word, ODT, tagged PDF; and as HTML to look at on screen. `formats` lists them."""
