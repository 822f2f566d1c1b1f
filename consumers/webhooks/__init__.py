"""Every update as a POST to the addresses that a file lists: signed, in order, at least once."""

from consumers.webhooks.config import HookConfig, HooksConfig, load_hooks
from consumers.webhooks.running import again, run

__all__ = ["HookConfig", "HooksConfig", "again", "load_hooks", "run"]
