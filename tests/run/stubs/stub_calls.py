"""What children are asked to do in tests of their isolation."""

import os
import subprocess
import sys
import threading
import time

STATE = []


def remember():
    STATE.append(1)
    os.environ["LEAKED"] = "1"
    return len(STATE), os.getpid()


def leave_a_grandchild(path):
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    path.write_text(str(child.pid))
    time.sleep(600)


def settings():
    return {name: os.environ.get(name) for name in ("PYTHONHASHSEED", "TZ", "LEAKED")}


def loaded():
    return [m for m in ("nbconvert", "rfc3987_syntax") if sys.modules.get(m)]


def around():
    ours = [t.name for t in threading.enumerate() if "_end_with_parent" not in t.name]
    return ours, "IPython" not in (sys.modules["__main__"].__doc__ or "")


def shout():
    sys.stdout.write("a pupil's name")
    sys.stdout.flush()
    os.write(2, b"a pupil's name")
    return "said"
