"""What a worded quantity can mean: phrases to fractions, fractions and a base to whole counts."""
