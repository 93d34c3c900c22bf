"""How everything looks: pages, texts, colours, and the widgets that several screens use. It knows no screen."""
