"""Models of what is shown: tables, cards and pictures, apart from who emits them."""
