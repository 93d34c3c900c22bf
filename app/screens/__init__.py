"""One folder a screen: `page` shows values and emits wishes, `presenter` decides; its own widgets lie beside them."""
