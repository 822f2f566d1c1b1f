"""The base of all models, and the two scalar types that need care."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict


class Model(BaseModel):
    """A frozen value. Unknown keys are an error: a payload that grew has a new version and an upcaster."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    def encoded(self) -> bytes:
        """The value as JSON, the same as `model_dump_json` gives it, without a text in between."""
        return self.__pydantic_serializer__.to_json(self)


def _to_utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


Moment = Annotated[datetime, AfterValidator(_to_utc)]
"""A point in time, always in UTC; a naive one is taken to be UTC."""


class Span(Model):
    """Half-open character range `[start, end)` in an article's clean text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words that the span marks."""
        return text[self.start : self.end]
