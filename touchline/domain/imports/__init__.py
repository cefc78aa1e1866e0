"""Tables of rows become calls: any CSV file, a small map, the same path as every other call."""
