"""What the files of a paper share of its look: the typeface, the widths of columns, the bars of charts."""
