"""What the house promises, said as sentences about Ada, Bo, Chen and Dee."""
