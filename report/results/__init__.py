"""What the queries of queries/<finding>/ give over an edition, held against their contracts."""
