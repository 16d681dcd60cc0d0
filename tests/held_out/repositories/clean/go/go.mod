module example.org/otter

go 1.22
