"""Every page of an encrypted database as the holder of the key can read it: free pages and slack too."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_PAGE, _RESERVED, _VECTOR, _SALT = 4096, 80, 16, 16


def raw_pages(path: Path, key: bytes) -> bytes:
    """By SQLCipher 4's layout: AES-256-CBC, a vector at the end of each page, a salt before the first."""
    content = path.read_bytes()
    assert content, "there is a database"
    assert len(content) % _PAGE == 0
    pages = []
    for start in range(0, len(content), _PAGE):
        page = content[start : start + _PAGE]
        vector = page[_PAGE - _RESERVED : _PAGE - _RESERVED + _VECTOR]
        sealed = page[_SALT if start == 0 else 0 : _PAGE - _RESERVED]
        opened = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
        pages.append(opened.update(sealed) + opened.finalize())
    return b"".join(pages)
