"""What charts are drawn with: theme, scales, the plane, marks, notes, series, words, the finished SVG."""
