"""Several hosts of one office behind nginx, as docs/deploy.md sets them up."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from collections import Counter
from pathlib import Path
from tempfile import mkdtemp
from typing import NamedTuple

from tests.processes.office import Office, Server, free_port

# It lies where PATH leads administrators alone.
NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin") or "nginx"
SETTINGS = """
daemon off;
worker_processes 2;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
    log_format told "$request_method;$request_uri;$status;$upstream_addr;$upstream_connect_time";
    access_log {folder}/access.log told;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
{site}
}}
"""


SITE = (Path(__file__).resolve().parent.parent.parent / "docs/deploy/nginx").read_text(encoding="utf-8")


def site(port: int, servers: list[str]) -> str:
    """The site of docs/deploy on one port of this machine and without TLS, before these servers."""
    upstream = "\n".join(["hash $cookie_sessionid consistent;", *servers])
    _upstream, _plain, secured = SITE.split("server {", 2)
    secured = re.sub(r"^ +(ssl_.*|listen \[.*|listen 443.*)\n", "", secured, flags=re.M)
    # Nobody types the port of an office's address.
    secured = secured.replace("Host $host;", "Host $http_host;")
    return f"upstream bam_sat {{\n{upstream}\n}}\nserver {{\nlisten 127.0.0.1:{port};\n{secured}"


class Told(NamedTuple):
    """A line of nginx's log: the hosts that were asked, and after how long each was connected."""

    method: str
    path: str
    status: str
    hosts: str
    connected: str


class Proxy:
    """nginx, as a user without rights. POST is sent once; of everything else another host is asked."""

    def __init__(self, hosts: list[Server]) -> None:
        self.port = free_port()
        self.folder = Path(mkdtemp(prefix="bam-sat-nginx-"))
        servers = [f"server 127.0.0.1:{host.port} max_fails=1 fail_timeout=1s;" for host in hosts]
        written = SETTINGS.format(folder=self.folder, site=site(self.port, servers))
        settings = self.folder / "nginx.conf"
        settings.write_text(written)
        nobody = "nobody" if os.getuid() == 0 else None
        if nobody:
            shutil.chown(self.folder, nobody)
        self.process = subprocess.Popen(
            [NGINX, "-e", f"{self.folder}/error.log", "-p", str(self.folder), "-c", str(settings)],
            user=nobody,
            stderr=subprocess.DEVNULL,
        )
        self.wait_until_it_answers()

    def wait_until_it_answers(self) -> None:
        until = time.monotonic() + 30
        while True:
            try:
                return socket.create_connection(("127.0.0.1", self.port)).close()
            except OSError:
                assert self.process.poll() is None, (self.folder / "error.log").read_text()
                assert time.monotonic() < until
                time.sleep(0.05)

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(30)
        shutil.rmtree(self.folder)

    def log(self) -> list[Told]:
        lines = (self.folder / "access.log").read_text().splitlines()
        return [Told(*line.split(";")) for line in lines]

    def answered(self) -> Counter[str]:
        """How many requests each host has answered, by its port."""
        return Counter(told.hosts.rpartition(":")[2] for told in self.log() if told.status < "500")

    def repeated(self) -> list[Told]:
        """What more than one host was asked."""
        return [told for told in self.log() if ", " in told.hosts]


class Hosts:
    """Two hosts with folders of their own; the evidence alone lies on a disk of the network."""

    def __init__(self, office: Office) -> None:
        office.environment |= {
            "SECRET_KEY": "a key that all hosts of an office share, as they share its database.",
            "HTTPS": "false",
        }
        office.manage("collectstatic", "--no-input", "--verbosity", "0")
        (office.folder / "evidence").mkdir(mode=0o700)
        self.folders = [office.folder / f"host-{number}" for number in (1, 2)]
        for folder in self.folders:
            folder.mkdir(mode=0o700)
            for shared in ("evidence", "static"):
                (folder / shared).symlink_to(office.folder / shared)
        self.servers = [office.serve(workers=2, VAR_DIR=str(folder)) for folder in self.folders]
