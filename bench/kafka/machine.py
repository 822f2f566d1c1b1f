"""What a figure was measured on."""

import os
import platform
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from newsfold.broker.jars import KAFKA_VERSION

PACKAGES = ("faust-streaming", "aiokafka", "kafka-python", "rocksdict")
_TICK = 1 / os.sysconf("SC_CLK_TCK")


def description() -> str:
    """Processor, cores, memory, and the versions of what was measured, in two lines."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    machine = f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GB; load before the run {os.getloadavg()[0]:.1f}"
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return f"{machine}\nPython {platform.python_version()}, Apache Kafka {KAFKA_VERSION}, {packages}"


def processor_seconds(pid: int) -> float:
    """Processor time that a process has used, all its threads together; 0 for one that is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(") ")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) * _TICK  # utime and stime, as proc(5) counts them


def _processor() -> str:
    return next(_models(), platform.machine())


def _models() -> Iterator[str]:
    path = Path("/proc/cpuinfo")
    lines = path.read_text(encoding="ascii", errors="replace").splitlines() if path.exists() else []
    return (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
