"""Runs a command, and prints its time and its peak of memory as JSON.

Usage: measure.py COMMAND...
"""

import json
import resource
import subprocess
import sys
import time

start = time.perf_counter()
done = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE)
seconds = time.perf_counter() - start
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
sys.stderr.buffer.write(done.stdout)
print(
    json.dumps(
        {
            "code": done.returncode,
            "seconds": seconds,
            "processor": usage.ru_utime + usage.ru_stime,
            "kilobytes": usage.ru_maxrss,
        }
    )
)
