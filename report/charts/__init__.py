"""Charts: a module a finding, a function a figure, and what they are made of.

`plane` and `scales` lay out, `marks` and `notes` draw on them, `words` and `series` prepare, `theme` colours, `svg`
finishes; `compare`, `ranking`, `ranks`, `stacked`, `cells` and `trends` are whole forms that several findings use.
"""
