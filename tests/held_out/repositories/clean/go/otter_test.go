package otter

import "testing"

func TestGet(t *testing.T) {}
