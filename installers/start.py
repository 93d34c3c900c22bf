"""Where a bundled program begins: the program itself, or one of its children. Not for a checkout, which has Python.

`plainspoken --child MODULE ...` does what `python -P -m MODULE ...` does elsewhere; audio/child.py starts it.
"""

import os
import runpy
import sys

from audio.child import CHILD

# The bundle's libraries have been found by now. What is started from here, `pactl` say, is the system's.
BEFORE = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
os.environ.pop("LD_LIBRARY_PATH", None)
if BEFORE:
    os.environ["LD_LIBRARY_PATH"] = BEFORE

# OpenSSL came along too, and looks for certificates where the distribution that it comes from keeps them.
CERTIFICATES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
)
if "SSL_CERT_DIR" not in os.environ:
    for path in CERTIFICATES:
        if os.access(path, os.R_OK):
            os.environ.setdefault("SSL_CERT_FILE", path)

if sys.argv[1:2] == [CHILD]:
    del sys.argv[:2]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
else:
    from app.__main__ import start

    sys.exit(start())
