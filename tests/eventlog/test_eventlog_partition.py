import pytest

from eventlog.partition import murmur2, partition_of


@pytest.mark.parametrize(
    ("key", "signed_hash"),
    [  # org.apache.kafka.common.utils.UtilsTest.testMurmur2
        (b"21", -973932308),
        (b"foobar", -790332482),
        (b"a-little-bit-long-string", -985981536),
        (b"a-little-bit-longer-string", -1486304829),
        (b"lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971),
        (b"abc", 479470107),
    ],
)
def test_murmur2_gives_kafkas_own_test_values(key: bytes, signed_hash: int) -> None:
    assert murmur2(key) == signed_hash % 2**32


@pytest.mark.parametrize("length", range(17))
def test_the_partition_is_the_one_that_kafka_python_picks(length: int) -> None:
    kafka = pytest.importorskip("kafka.partitioner.default")
    key = bytes(range(200, 200 + length))
    partitions = list(range(7))
    assert partition_of(key, 7) == (kafka.murmur2(key) & 0x7FFFFFFF) % len(partitions)
    assert murmur2(key) == kafka.murmur2(key) & 0xFFFFFFFF
