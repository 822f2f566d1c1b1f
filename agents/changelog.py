"""Who may write the state of a partition, told from the changelog alone.

A worker that was paused or cut off can wake up and write to a changelog that has a new owner. Kafka's group protocol
does not stop that: nothing in it fences a producer. So the changelog itself does. Each owner first writes a claim with
a token of its own, then tags each record with it. Who restores the state follows the claims in the order of the log:
after a claim, only records with its token count. The last claim survives compaction, since all have the same key.
"""

CLAIM_KEY = b"\x00owner"
TOKEN_SIZE = 8


class Restored:
    """What of a changelog counts, record by record in its order; starts from the claim that is in the store."""

    def __init__(self, token: bytes | None) -> None:
        self.token = token

    def accepts(self, key: bytes, value: bytes | None) -> bool:
        """Whether the record is its owner's. A removal carries no token: it is of a key that nobody writes again."""
        if key == CLAIM_KEY:
            self.token = value
            return True
        return value is None or self.token is None or value.startswith(self.token)
