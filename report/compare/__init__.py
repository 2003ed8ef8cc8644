"""What changed from one edition to the next: verdicts, facts, figures, tables; and what was said of it."""
