"""What to tell about an answer: one rule a function, every rule named, every finding with the words it rests on."""
