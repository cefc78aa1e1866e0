"""What every capability's types are declared with."""
