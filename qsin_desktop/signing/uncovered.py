"""What no hash covers in a signature: the gap that the file leaves for it, and the frame around it."""

from __future__ import annotations

from typing import Any


def is_all_covered(reader: Any, one: Any) -> bool:
    """Whether that holds nothing but what it must, so that a byte changed there is told as well."""
    return _stands_alone(reader, one) and _is_framed_by_rule(one.signed_data)


def _stands_alone(reader: Any, one: Any) -> bool:
    """In the gap stands nothing else: zeros after it, spelt in one way."""
    from asn1crypto.parser import parse, peek

    _, gap_start, gap_end, _ = (int(number) for number in one.byte_range)
    reader.stream.seek(gap_start)
    gap = reader.stream.read(gap_end - gap_start)
    content = bytes(one.pkcs7_content)
    spelt = f"<{content.hex()}>".encode()
    end = peek(content)
    held = parse(content[:end])[4]  # what it is, and that itself
    return (
        gap in (spelt, spelt.upper())
        and not any(content[end:])
        and peek(held) + peek(held[peek(held) :]) == len(held)
    )


def _is_framed_by_rule(signed: Any) -> bool:
    """Versions follow from what there is (RFC 5652, 5.1 and 5.3); a hash has no parameters (RFC 5754, 2)."""
    (signer,) = signed["signer_infos"]
    by_issuer = signer["sid"].name == "issuer_and_serial_number"
    plain = (
        by_issuer
        and signed["encap_content_info"]["content_type"].native == "data"
        and all(certificate.name == "certificate" for certificate in signed["certificates"])
    )
    hashes = [*signed["digest_algorithms"], signer["digest_algorithm"]]
    return (
        (signer["version"].native == "v1") == by_issuer
        and (signed["version"].native == "v1") == plain
        and all(one["parameters"].native is None for one in hashes)
        and signer["digest_algorithm"]["algorithm"]
        in [one["algorithm"] for one in signed["digest_algorithms"]]
    )
