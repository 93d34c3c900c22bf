"""What words say: texts, sentences, figures, cues, and the sections of an answer."""
