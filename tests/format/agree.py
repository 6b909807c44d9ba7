#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Damages artifacts, makes their hashes right again, and compares what `dxvm verify` says with the second reader: where only tables are at
fault (the rules that the second reader checks), both refuse or both accept.

    agree.py DXVM COUNT SEED ARTIFACT...
"""
import os
import random
import re
import struct
import subprocess
import sys
import tempfile

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
sys.path.insert(0, os.path.join(ROOT, "examples", "reader"))
import dxt_reader  # noqa: E402
from blake3 import hash128  # noqa: E402
from second_reader import checks  # noqa: E402

FAVOURITES = (0, 1, 2, 255, 65535, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)


def damage(pick, data):
    for _ in range(pick.choice((1, 1, 2, 3))):
        at = pick.randrange(24, len(data))
        how = pick.randrange(4)
        if how == 0:
            data[at] ^= 1 << pick.randrange(8)
        elif how == 1:
            data[at] = pick.randrange(256)
        elif at & ~3 <= len(data) - 4:
            struct.pack_into("<I", data, at & ~3, pick.choice((*FAVOURITES, len(data), pick.randrange(64))))


def seal(data):
    if data[:4] == b"DXTL":
        struct.pack_into("<Q", data, 120, dxt_reader.hash_bytes(bytes(data[24:120])) ^ dxt_reader.hash_bytes(bytes(data[128:])))
    data[8:24] = hash128(data[24:])


def main(argv):
    dxvm, count, seed, artifacts = argv[1], int(argv[2]), int(argv[3]), [open(p, "rb").read() for p in argv[4:]]
    pick, failed = random.Random(seed), 0
    with tempfile.TemporaryDirectory() as tmp:
        file = os.path.join(tmp, "damaged")
        for i in range(count):
            data = bytearray(pick.choice(artifacts))
            damage(pick, data)
            seal(data)
            with open(file, "wb") as f:
                f.write(data)
            said = subprocess.run([dxvm, "verify", file], capture_output=True, text=True, errors="replace", timeout=60)
            rule = re.search(r"error: rule (\d+)", said.stderr)
            if said.returncode not in (0, 4) or (said.returncode == 4) != bool(rule):
                failed += 1
                print(f"seed {seed}, number {i}: exit status {said.returncode}: {said.stderr.strip()}")
                continue
            try:
                dxt_reader.read(file, os.path.join(ROOT, "spec"), hashes=False)
                second = ""
            except dxt_reader.Refused as e:
                second = str(e)
            if (not rule or checks(int(rule[1]))) and bool(rule) != bool(second):
                failed += 1
                print(f"seed {seed}, number {i}: {said.stderr.strip() or 'accepted'}; the second reader: {second or 'accepted'}")
    print(f"both readers: {count} cases, {failed} differ")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main(sys.argv)
