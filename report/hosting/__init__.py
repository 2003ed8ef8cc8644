"""The site as a whole: its report and earlier ones, its weight, whether it is fresh, publishing, checks, preview."""
