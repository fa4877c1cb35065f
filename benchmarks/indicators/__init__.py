"""What it costs to count all figures anew, after one write, and by hand in SQL, in one run."""
