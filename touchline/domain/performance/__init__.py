"""What content and channels achieve: daily figures, kept by workers."""
