"""What many screens share: how text and rows take the room that there is."""
