"""Passwords as Argon2id hashes, at OWASP's cost: 2 passes over 19 MiB on one lane.

The library's defaults take 64 MiB and 0.3 s, too much for a small server at its desk.
"""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def hash_password(password: str) -> str:
    """The salted hash to keep, with its parameters in it."""
    return _hasher.hash(password)


def verify_password(password_hash: str, password: str) -> bool:
    """Whether this is the password behind the hash; False for a hash that is none."""
    try:
        return _hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False
