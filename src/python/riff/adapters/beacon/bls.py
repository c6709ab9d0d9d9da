"""Signatures of a beacon's rounds: BLS on BLS12-381, with signatures in G1 and keys in G2.

Method (drand's scheme `bls-unchained-g1-rfc9380`): the message of round r is SHA-256(r as 8 bytes
big-endian); H hashes it to G1 as RFC 9380 tells, with the suite below as its domain separation tag; the
signature s of the key p is right when e(s, g2) = e(H(message), p).  A point outside its group is refused, and
so is the point at infinity, which would sign anything under a key at infinity.

Source: RFC 9380; draft-irtf-cfrg-bls-signature, section 2.  The arithmetic is the library blst's.
"""

import hashlib
from typing import Final

from pyblst import BlstP1Element, BlstP2Element, final_verify, miller_loop

SCHEME: Final = "bls-unchained-g1-rfc9380"

_SUITE: Final = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_"
_GENERATOR: Final = bytes.fromhex(
    "93e02b6052719f607dacd3a088274f65596bd0d09920b61ab5da61bbdc7f5049334cf11213945d57e5ac7d055d042b7e"
    "024aa2b2f08f0a91260805272dc51051c6e47ad4fa403b02b4510b647ae3d1770bac0326a805bbefd48056c8c121bdb8"
)
_INFINITY: Final = 0x40  # a flag of the first byte of a compressed point


def is_signed(public_key: bytes, round_: int, signature: bytes) -> bool:
    """Whether `signature` is the beacon's signature of a round.

    Args:
        public_key: the beacon's, a compressed point of G2 (96 bytes).
        round_: number of the round, from 1.
        signature: a compressed point of G1 (48 bytes).
    """
    if any(not point or point[0] & _INFINITY for point in (public_key, signature)):
        return False
    try:
        key = BlstP2Element().uncompress(public_key)
        signed = BlstP1Element().uncompress(signature)
    except ValueError:
        return False
    generator = BlstP2Element().uncompress(_GENERATOR)
    message = BlstP1Element.hash_to_group(hashlib.sha256(round_.to_bytes(8)).digest(), _SUITE)
    return bool(final_verify(miller_loop(signed, generator), miller_loop(message, key)))
