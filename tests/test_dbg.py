from tests.test_fits import tour
from PySide6.QtWidgets import QCheckBox, QPushButton


def test_dbg(tour):
    w = tour.window
    for name in tour.pages():
        if name == "stories":
            break
    for size in ((1358, 728), (902, 472)):
        w.resize(*size)
        tour.settle()
        ed = w.stories.editor
        print(
            size,
            ed.geometry(),
            ed.layout().heightForWidth(ed.width()),
            ed._serves.geometry(),
            ed._serves.heightForWidth(ed._serves.geometry().width()),
        )
        for b in list(ed.principles.values()):
            print(
                repr(b.text()),
                b.width(),
                b.height(),
                "hfw",
                b.heightForWidth(b.width()),
                "hint",
                b.sizeHint(),
                QCheckBox.sizeHint(b),
                repr(QCheckBox.text(b)),
            )
