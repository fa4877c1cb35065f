"""What is fast, against what, measured in one run; figures are ratios, never times to be met."""
