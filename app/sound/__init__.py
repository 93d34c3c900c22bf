"""The sound card as screens use it: who holds it, what is asked aloud, recorded, played and heard."""
