#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# signals.sh PROGRAM SRCDIR: a signal in mid-run leaves no temporary file and the old result as it was, and
# the program dies of that signal.
. "$2/tests/support/cli.sh"

cat >long.cir <<'DECK'
ten million points
V1 in 0 AC 1
R1 in out 1k
C1 out 0 100n
.ac lin 10000000 20 20k
.end
DECK

# interrupt SIGNAL: as a process of its own group, as a shell would start it (an asynchronous command of a
# script ignores INT).
interrupt() {
    echo old >keep.csv
    python3 - "$program" "$1" <<'PY' || complain "SIG$1"
import os, signal, subprocess, sys, time
number = getattr(signal, "SIG" + sys.argv[2])
restore = lambda: [signal.signal(s, signal.SIG_DFL) for s in (signal.SIGINT, signal.SIGPIPE, signal.SIGHUP)]
run = subprocess.Popen([sys.argv[1], "run", "-q", "long.cir", "-o", "keep.csv"], preexec_fn=restore,
                       stdin=subprocess.DEVNULL, stderr=subprocess.PIPE)
end = time.monotonic() + 60
while run.poll() is None and time.monotonic() < end:
    names = [n for n in os.listdir(".") if n.endswith(".tmp")]
    if any(os.path.getsize(n) > 0 for n in names if os.path.exists(n)):
        break
    time.sleep(0.01)
else:
    sys.exit("no temporary file was seen; exit status %s: %s" % (run.poll(), run.stderr.read(500)))
run.send_signal(number)
said = run.communicate(timeout=60)[1]
if run.returncode != -number:
    sys.exit("status %s, not death by SIG%s" % (run.returncode, sys.argv[2]))
if said:
    sys.exit("it said: %r" % said)
PY
    [ "$(cat keep.csv)" = old ] || complain "SIG$1 changed the old file"
    no_temporary_files
}
for name in INT TERM HUP PIPE; do
    interrupt $name
done
finish
