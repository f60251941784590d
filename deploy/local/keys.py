"""The office's signing key, made once: one half mints tokens, the other checks them."""

from pathlib import Path

from deploy.local.passwords import write_secret
from deploy.troubles import Trouble


class UnusableKey(Trouble):
    """{path}不是可用的 Ed25519 私钥；请恢复该文件，或删除后重新运行（已发出的令牌随之失效）。"""


def make_keys(signing: Path, *, public: Path) -> None:
    """See that there is a key pair: a private PEM for its owner only, a public one for everybody.

    Raises:
        UnusableKey: the file that is there is no such key.
    """
    # Loaded only here: most commands do without.
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    if not signing.exists():
        made = Ed25519PrivateKey.generate().private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        write_secret(signing, made.decode("ascii"))
    try:
        key = serialization.load_pem_private_key(signing.read_bytes(), password=None)
    except (ValueError, TypeError):
        raise UnusableKey(path=signing) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise UnusableKey(path=signing)
    pem = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    if not public.exists() or public.read_bytes() != pem:
        public.parent.mkdir(parents=True, exist_ok=True)
        public.write_bytes(pem)
