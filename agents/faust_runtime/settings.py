"""Faust's settings, each as it was measured to hold."""

import ssl
from typing import Any

import faust
from faust.transport.drivers.aiokafka import credentials_to_aiokafka_auth

from agents.faust_runtime.options import WorkerOptions
from eventlog.cluster import COMPRESSION, Security

REQUEST_LIMIT = 24 * 2**20
"""Bytes of a request: the largest record of a changelog holds two of the log's largest."""


def app_settings(stage: str, options: WorkerOptions) -> dict[str, Any]:
    """The settings of a stage's app."""
    return {
        "id": options.naming.group(stage),
        "broker": [f"kafka://{server}" for server in options.cluster.servers],
        "broker_credentials": credentials(options.cluster.security),
        "datadir": options.folder / stage,
        "store": "rocksdb://",
        "web_enabled": False,
        "topic_disable_leader": True,
        "topic_replication_factor": options.cluster.replication,
        "table_standby_replicas": 0,
        # A worker that comes back under its name goes on within 2 seconds; without one it is 8 to 18.
        "consumer_group_instance_id": options.name,
        "broker_session_timeout": options.session,
        "broker_heartbeat_interval": min(2.0, options.session / 5),
        "broker_request_timeout": max(40.0, options.session + 10),
        "broker_commit_interval": 1.0,
        "consumer_auto_offset_reset": "earliest",
        "consumer_max_fetch_size": 2 * 2**20,
        "stream_buffer_maxsize": 16,  # runs of records, not records
        "stream_wait_empty": False,
    }


def producer_settings(options: WorkerOptions) -> dict[str, Any]:
    """The settings of the one producer of a process; Faust has one for each app, and none of them sends."""
    return {
        "bootstrap_servers": list(options.cluster.servers),
        "client_id": options.name,
        "acks": "all",
        "enable_idempotence": True,  # one that is not can change the order of records; Faust's is not
        "max_batch_size": 262_144,
        "max_request_size": REQUEST_LIMIT,
        "request_timeout_ms": 120_000,
        "compression_type": COMPRESSION,
        **credentials_to_aiokafka_auth(credentials(options.cluster.security)),
    }


def credentials(security: Security) -> Any:
    """What Faust needs to get into the cluster; `None` where nothing is asked for."""
    context = _tls(security) if security.protocol.endswith("SSL") else None
    if security.protocol.startswith("SASL"):
        return faust.SASLCredentials(
            username=security.username, password=security.password, mechanism=security.mechanism, ssl_context=context
        )
    return faust.SSLCredentials(context) if context else None


def _tls(security: Security) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=security.cafile or None)
    if security.certfile:
        context.load_cert_chain(security.certfile, security.keyfile or None)
    return context
