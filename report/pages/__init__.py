"""Pages: Markdown, facts and figures through templates."""
