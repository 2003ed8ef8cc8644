"""What was made once and is found again: the store, keys made of code, the lock, the swap of folders."""
