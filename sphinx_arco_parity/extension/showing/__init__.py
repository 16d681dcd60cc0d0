"""From an assessment to what each builder writes."""
