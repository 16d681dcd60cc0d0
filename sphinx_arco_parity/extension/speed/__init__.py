"""What is only there for speed; without it the site is the same bytes."""
