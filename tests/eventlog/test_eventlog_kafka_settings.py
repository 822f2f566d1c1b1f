from datetime import timedelta

import pytest

from eventlog.base import TopicConfig
from eventlog.cluster import Cluster, Security
from eventlog.kafka_settings import client_settings, config_of, security_settings, topic_settings
from schemas.topics import Cleanup


def test_no_security_is_plain_text_and_nothing_more() -> None:
    assert security_settings(Security()) == {"security_protocol": "PLAINTEXT"}


def test_every_word_of_the_security_has_its_name() -> None:
    security = Security("SASL_SSL", "SCRAM-SHA-512", "desk", "secret", "ca.pem", "own.pem", "own.key")
    assert security_settings(security) == {
        "security_protocol": "SASL_SSL",
        "sasl_mechanism": "SCRAM-SHA-512",
        "sasl_plain_username": "desk",
        "sasl_plain_password": "secret",
        "ssl_cafile": "ca.pem",
        "ssl_certfile": "own.pem",
        "ssl_keyfile": "own.key",
    }


def test_clients_are_given_all_servers_and_the_security() -> None:
    settings = client_settings(Cluster(("a.example:9092", "b.example:9093"), Security("SSL", cafile="ca.pem")))
    assert settings["bootstrap_servers"] == ["a.example:9092", "b.example:9093"]
    assert settings["security_protocol"] == "SSL"
    assert settings["ssl_cafile"] == "ca.pem"


@pytest.mark.parametrize(("replication", "must_have"), [(1, "1"), (2, "1"), (3, "2")])
def test_all_replicas_but_one_must_have_a_record(replication: int, must_have: str) -> None:
    settings = topic_settings("keep", Cluster((), replication=replication), 1000)
    assert settings["min.insync.replicas"] == must_have


@pytest.mark.parametrize("cleanup", ["keep", "compact", "time"])
def test_a_topics_settings_say_how_it_is_kept(cleanup: Cleanup) -> None:
    settings = topic_settings(cleanup, Cluster((), retention=timedelta(days=3)), 1000)
    assert config_of(5, settings) == TopicConfig(5, cleanup)


def test_topics_that_others_made_are_understood() -> None:
    assert config_of(1, {"cleanup.policy": "delete", "retention.ms": "604800000"}).cleanup == "time"
    assert config_of(1, {"cleanup.policy": "compact,delete", "retention.ms": "-1"}).cleanup == "compact"
