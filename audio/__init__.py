"""What goes in and out as sound: the sound card, voices, voice activity and recognition. No Qt here.

Everything that can hang or abort natively (PortAudio, CTranslate2, decoders, speech synthesis) runs in a child
process. The modules that name those libraries end in `_child`; their parents' ends import none of them.
"""
