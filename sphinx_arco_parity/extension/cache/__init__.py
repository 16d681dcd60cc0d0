"""What is kept between builds, and when it still holds."""
