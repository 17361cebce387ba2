module deadyet

go 1.26.0
