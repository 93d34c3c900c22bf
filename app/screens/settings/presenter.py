"""The settings on their page: what is in force, what there is to choose from, and a voice to try."""

from app.screens.screen import Screen, Way
from app.screens.services import Services
from app.screens.settings.page import ModelRow, SettingsPage, TargetsRow
from app.sound.hearing import ModelState
from audio.voice import Said
from interviewer.level import Level

VOICE_SAMPLE = "Tell me about a time you earned somebody's trust."


class Settings(Screen):
    """Lives on the GUI thread."""

    def __init__(self, page: SettingsPage, services: Services, way: Way) -> None:
        super().__init__(page, way)
        self._page = page
        self._services = services
        self._level = Level(services.preferences.settings.level)
        """The level whose targets are shown."""
        self._model_note = ""
        page.show_folders(f"Sessions, patterns, models and voices are in {services.folders.data}.")
        page.changed.connect(services.preferences.change)
        page.targets_wished.connect(self._show_targets)
        page.say_wished.connect(self._try_voice)
        page.back_wished.connect(way.back)
        page.download.show_offers(services.models.offers)
        page.download.fetch_wished.connect(services.models.fetch)
        page.download.cancel_wished.connect(services.models.cancel)
        page.remove_wished.connect(services.models.remove)
        services.models.changed.connect(page.download.show_state)
        services.preferences.changed.connect(self._show)
        services.inventory.changed.connect(self._show)
        services.microphones.changed.connect(self._show)
        services.hearing.model_changed.connect(self._note_model)

    def enter(self) -> None:
        self._services.inventory.read()
        self._services.microphones.watch()

    def leave(self) -> None:
        self._services.microphones.rest()
        self._services.lease.hush()

    def _try_voice(self) -> None:
        self._services.saying.say(VOICE_SAMPLE, self._hear_voice, is_trial=True)

    def _hear_voice(self, said: Said) -> None:
        self._page.show_voice(said.problem or f"The voice is {said.engine}.")
        if said.path:
            self._services.lease.play(said.path)

    def _note_model(self, model: ModelState) -> None:
        """What the chosen model says of itself."""
        self._model_note = model.text
        self._show()

    def _show(self, *changes: object) -> None:
        settings, page, services = self._services.preferences.settings, self._page, self._services
        page.show_settings(settings)
        page.show_devices(services.microphones.names, settings.microphone)
        ours = str(services.folders.models)
        found = services.inventory.models_with(settings.model_folder)
        models = [ModelRow(name, folder, folder.startswith(ours)) for name, folder in found]
        page.show_models(models, settings.model_folder, self._model_note)
        self._show_targets(settings.pattern, self._level)

    def _show_targets(self, pattern_id: str, level: Level) -> None:
        self._level = level
        pattern = self._services.inventory.pattern(pattern_id)
        if pattern:
            own = pattern.targets(level)
            in_force = pattern.targets(level, self._services.preferences.settings.own_targets(pattern_id, level))
            self._page.show_targets(TargetsRow(pattern_id, pattern.principle, level, own, in_force))
