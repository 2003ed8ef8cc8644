"""Claims: content/claims.toml and the facts become verdicts, and verdicts become what the pages say of them."""
