package otter

// Client calls.
type Client struct{ URL string }

// Get gets.
func (c *Client) Get(key string) string { return key }
