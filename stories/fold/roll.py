"""What the articles of a story come to together, kept up as they come and go."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from stories.fold.state import Member, Roll

_SPEAKERS = 8
"""Independent sources whose newest articles are listened to: keeps the cost of a summary off the story's size."""
_NEVER = datetime.min.replace(tzinfo=UTC)
Counts = Mapping[str, int]
Members = Mapping[str, Member]


def called(roll: Roll, before: Members, after: Members, touched: Iterable[str]) -> Roll:
    """The roll when these articles may no longer be what they were."""
    pairs = [(before.get(article_id), after.get(article_id)) for article_id in touched]
    pairs = [(was, now) for was, now in pairs if not _counts_alike(was, now)]
    gone = [was for was, _ in pairs if was is not None]
    come = [now for _, now in pairs if now is not None]
    first_at, last_at = _times(roll, gone, come, after)
    return Roll(
        speakers=heard((), after.values()) if gone else heard(roll.speakers, come),
        groups=_counted(roll.groups, [m.group for m in gone], [m.group for m in come]),
        outlets=_counted(roll.outlets, [m.facts.source for m in gone], [m.facts.source for m in come]),
        languages=_counted(roll.languages, [m.facts.language for m in gone], [m.facts.language for m in come]),
        copiers=_linked(roll.copiers, gone, come, after),
        sentences=roll.sentences + sum(len(m.lines) for m in come) - sum(len(m.lines) for m in gone),
        first_at=first_at,
        last_at=last_at,
    )


def _counts_alike(was: Member | None, now: Member | None) -> bool:
    """Whether all that the roll tells of the article is the same; where its sentences went is not."""
    if was is None or now is None:
        return was is now
    return was.facts is now.facts and was.group == now.group and was.copied == now.copied


def heard(speakers: Iterable[Member], come: Iterable[Member]) -> tuple[Member, ...]:
    """The newest article of each independent source, of the sources that spoke last."""
    newest = {member.group: member for member in speakers}
    for member in come:
        if member.group not in newest or _age(member) > _age(newest[member.group]):
            newest[member.group] = member
    return tuple(sorted(newest.values(), key=_age)[-_SPEAKERS:])


def _age(member: Member) -> tuple[bool, datetime, str]:
    return member.reported is not None, member.reported or _NEVER, member.facts.article_id


def _counted(counts: Counts, gone: Iterable[str], come: Iterable[str]) -> dict[str, int]:
    made = dict(counts)
    for name in come:
        made[name] = made.get(name, 0) + 1
    for name in gone:
        made[name] -= 1
        if not made[name]:
            del made[name]
    return made


def _linked(
    copiers: Mapping[str, tuple[str, ...]], gone: Iterable[Member], come: Iterable[Member], members: Members
) -> dict[str, tuple[str, ...]]:
    made = dict(copiers)
    for member in gone:
        if member.copied:
            made[member.copied] = tuple(own for own in made[member.copied] if own != member.facts.article_id)
            if not made[member.copied]:
                del made[member.copied]
    for member in come:
        if member.copied:
            known = (*made.get(member.copied, ()), member.facts.article_id)
            made[member.copied] = tuple(sorted(known, key=lambda own: members[own].joined))
    return made


def _times(
    roll: Roll, gone: Sequence[Member], come: Iterable[Member], members: Members
) -> tuple[datetime | None, datetime | None]:
    """All articles are looked at only where one goes."""
    firsts, lasts = [roll.first_at], [roll.last_at]
    if gone:
        firsts, lasts, come = [], [], members.values()
    for member in come:
        firsts.append(member.facts.published_at)
        lasts.append(member.reported)
    first = min([time for time in firsts if time is not None], default=None)
    return first, max([time for time in lasts if time is not None], default=None)
