"""Bytes packed by bzip2 and in the format of Unix compress, for the decoders that the app has of its own.

Run: python3 make_packings.py > packings.json
Nothing packs `.Z` any more, so a plain encoder is below; what it makes is unpacked by gzip, which is the judge, before it is stored.
"""
import base64
import bz2
import hashlib
import json
import random
import subprocess
import sys

random.seed(1984)


def lzw(data, widest, clear_at=None):
    """Codes of 9 to `widest` bits in groups of eight, as compress 4.0 writes them in block mode; the table is cleared where asked."""
    output = bytearray([0x1F, 0x9D, 0x80 | widest])
    width, free, group = 9, 257, []
    table = {bytes([value]): value for value in range(256)}

    def flush():
        nonlocal group
        bits = sum(code << (index * width) for index, code in enumerate(group))
        output.extend(bits.to_bytes((len(group) * width + 7) // 8, "little"))
        group = []

    def pad():
        nonlocal group
        if group:
            group += [0] * (8 - len(group))
            flush()

    def emit(code):
        group.append(code)
        if len(group) == 8:
            flush()

    word = b""
    for position, value in enumerate(data):
        longer = word + bytes([value])
        if longer in table:
            word = longer
            continue
        emit(table[word])
        # The decoder's table is one entry behind: it grows with every code but the first.
        if free < 1 << widest:
            table[longer] = free
            free += 1
        word = bytes([value])
        if clear_at and position % clear_at == 0:
            emit(table[word])
            emit(256)
            pad()
            width, free = 9, 257
            table = {bytes([each]): each for each in range(256)}
            word = b""
            continue
        if free - 1 > (1 << width) - 1 and width < widest:
            pad()
            width += 1
    if word:
        emit(table[word])
    if group:
        flush()
    return bytes(output)


noise = random.randbytes(3000)
text = b"".join(random.choice([b"SIMPLE  =", b" T", b"NAXIS   ", b"0", b"\x00\x00"]) for _ in range(20000))
inputs = {"one byte": b"x", "noise": noise, "words": text, "zeros": bytes(200_000), "runs": b"".join(bytes([k % 7]) * (k % 600) for k in range(900)),
          "every byte": bytes(range(256)) * 40}
cases = []


def keep(name, kind, packed, data):
    cases.append({"name": name, "kind": kind, "packed": base64.b64encode(packed).decode(), "length": len(data), "sha256": hashlib.sha256(data).hexdigest()})


for name, data in inputs.items():
    for level in (1, 9):
        keep(f"{name}, bzip2 -{level}", "bzip2", bz2.compress(data, level), data)
    for widest, clear_at in ((10, None), (12, None), (16, None), (13, 701)):
        packed = lzw(data, widest, clear_at)
        unpacked = subprocess.run(["gzip", "-dc"], input=packed, capture_output=True)
        if unpacked.stdout != data:
            print("gzip does not agree:", name, widest, unpacked.stderr, file=sys.stderr)
            continue
        keep(f"{name}, {widest} bits{', cleared' if clear_at else ''}", "compress", packed, data)
keep("nothing, bzip2", "bzip2", bz2.compress(b""), b"")
keep("two streams, bzip2", "bzip2", bz2.compress(noise) + bz2.compress(text), noise + text)
keep("several blocks, bzip2", "bzip2", bz2.compress(text[:1000] * 400, 1), text[:1000] * 400)
json.dump({"command": "python3 make_packings.py > packings.json", "cases": cases}, sys.stdout, indent=0)
