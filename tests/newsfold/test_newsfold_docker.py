"""The image and the services, as far as they can be checked without Docker."""

import inspect
import json
import re
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import pytest
import yaml
from dockerfile_parse import DockerfileParser
from jsonschema import Draft202012Validator

from newsfold.broker import files, ways
from newsfold.commands.serve import serve

REPOSITORY = Path(__file__).parents[2]
SPECIFICATION = "check_jsonschema/builtin_schemas/vendor/compose-spec.json"
SCHEMA = json.loads(Path(str(distribution("check-jsonschema").locate_file(SPECIFICATION))).read_text(encoding="utf-8"))
COMPOSE: dict[str, Any] = yaml.safe_load((REPOSITORY / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, Any] = COMPOSE["services"]
IMAGE = DockerfileParser(str(REPOSITORY / "Dockerfile"))
BY_THE_BROKER = {
    "broker.id", "node.id", "process.roles", "log.dirs", "listeners", "advertised.listeners",
    "controller.quorum.voters", "controller.quorum.bootstrap.servers", "controller.listener.names",
    "inter.broker.listener.name", "listener.security.protocol.map",
}  # fmt: skip
"""Settings that say where a broker is: they differ between a container and a process on loopback."""


def steps(name: str) -> list[str]:
    return [step["value"] for step in IMAGE.structure if step["instruction"] == name]


def test_the_services_follow_the_compose_specification() -> None:
    faults = [f"{fault.json_path}: {fault.message}" for fault in Draft202012Validator(SCHEMA).iter_errors(COMPOSE)]
    assert faults == []


def test_a_fault_in_the_services_would_be_seen() -> None:
    broken = {"services": {"kafka": {"image": "apache/kafka", "helthcheck": {}}}}
    assert not Draft202012Validator(SCHEMA).is_valid(broken)


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_says_whether_it_is_well_and_comes_back(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"][0] == "CMD"
    assert SERVICES[name]["restart"] == "always"


@pytest.mark.parametrize("name", ["worker", "scraper", "web"])
def test_our_services_wait_for_the_broker(name: str) -> None:
    service = SERVICES[name]
    assert service["depends_on"] == {"kafka": {"condition": "service_healthy"}}
    assert f"INSIDE://{service['environment']['NEWSFOLD_KAFKA']}" in SERVICES["kafka"]["environment"][
        "KAFKA_ADVERTISED_LISTENERS"
    ].split(",")


def test_only_the_scraper_needs_a_file_and_is_asked_for() -> None:
    assert {name for name, service in SERVICES.items() if service.get("profiles")} == {"scraper"}
    mount = SERVICES["scraper"]["volumes"][0]
    assert mount["target"] == SERVICES["scraper"]["command"].split()[-1]


def test_each_worker_has_a_volume_of_its_own() -> None:
    assert SERVICES["worker"]["volumes"] == steps("VOLUME")
    assert "container_name" not in SERVICES["worker"]


def test_every_volume_with_a_name_is_declared_and_used() -> None:
    entries = [entry for service in SERVICES.values() for entry in service.get("volumes", ()) if isinstance(entry, str)]
    assert {entry.split(":")[0] for entry in entries if ":" in entry} == set(COMPOSE["volumes"])


def test_the_broker_is_set_as_the_one_without_docker() -> None:
    own = files.properties(files.shipped(files.SETTINGS).read_text(encoding="ascii"))
    given = SERVICES["kafka"]["environment"]
    inside = {name.removeprefix("KAFKA_").lower().replace("_", "."): value for name, value in given.items()}
    assert {name: value for name, value in inside.items() if name not in BY_THE_BROKER} == {
        name: value for name, value in own.items() if name not in BY_THE_BROKER
    }


def test_the_data_of_the_broker_are_on_its_volume() -> None:
    kafka = SERVICES["kafka"]
    assert kafka["volumes"] == [f"kafka:{kafka['environment']['KAFKA_LOG_DIRS']}"]
    assert kafka["image"] == ways.IMAGE


def test_the_broker_is_reached_from_this_machine_only() -> None:
    assert all(port.startswith("127.0.0.1:") for service in SERVICES.values() for port in service.get("ports", ()))


def test_the_web_page_answers_where_it_is_published() -> None:
    web = SERVICES["web"]
    port = inspect.signature(serve).parameters["port"].default
    assert web["ports"] == [f"127.0.0.1:{port}:{port}"]
    assert web["command"].split() == ["serve", "--host", "0.0.0.0"]
    assert f":{port}/" in web["healthcheck"]["test"][-1]
    compile(web["healthcheck"]["test"][-1], "healthcheck", "exec")


def test_the_linter_for_images_finds_no_fault() -> None:
    linter = Path(sys.executable).parent / "hadolint"
    done = subprocess.run([linter, "--no-color", IMAGE.dockerfile_path], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_all_that_is_copied_into_the_image_is_there() -> None:
    assert steps("COPY") == [". .", "--from=build /opt/newsfold /opt/newsfold"]
    lines = (REPOSITORY / ".dockerignore").read_text(encoding="utf-8").splitlines()
    wanted = {line.removeprefix("!") for line in lines if line.startswith("!")}
    assert "*" in lines, "nothing goes into the image unless it is named"
    assert all((REPOSITORY / path).exists() for path in wanted)
    project = (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")
    packages = re.search(r"^packages = (\[.*\])$", project, flags=re.MULTILINE)
    assert packages is not None
    assert {*json.loads(packages[1]), "pyproject.toml", "requirements.lock", "README.md", "LICENSE"} <= wanted


def test_the_image_runs_our_command_as_nobody_in_particular() -> None:
    assert steps("USER")[-1] == "10001:10001"
    assert json.loads(steps("ENTRYPOINT")[-1]) == ["newsfold"]
    health = re.search(r"CMD (\[.*\])$", steps("HEALTHCHECK")[-1])
    assert health is not None
    assert json.loads(health[1]) == SERVICES["worker"]["healthcheck"]["test"][1:]


def test_versions_are_pinned() -> None:
    assert {re.sub(r" AS \w+$", "", image) for image in steps("FROM")} == {"python:3.11-slim-bookworm"}
    assert "--constraint requirements.lock ." in steps("RUN")[0]
    assert re.fullmatch(r"apache/kafka:\d+\.\d+\.\d+", SERVICES["kafka"]["image"])


def test_the_home_in_the_image_is_where_its_user_may_write() -> None:
    home = steps("VOLUME")[-1]
    assert f"NEWSFOLD_HOME={home}" in steps("ENV")[-1]
    assert f"install -d -o newsfold -g newsfold {home}" in steps("RUN")[-1]
    assert steps("WORKDIR")[-1] == home
