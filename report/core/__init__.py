"""What every other package may use, and which uses none: errors, settings, progress, facts, numbers, text."""
