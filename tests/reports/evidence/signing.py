"""PDFs signed with keys that are made for the test."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO

import pikepdf
from asn1crypto import keys
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, SimpleSigner, signers
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from tests.reports.evidence.files import pdf

# The certificates hold from a day long gone by, so that the clock of a test does not matter.
FROM = datetime(2020, 1, 1, tzinfo=UTC)
USES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)


@cache
def authority():
    return certificate("Nơi cấp chứng thư mẫu", "Tổ chức chứng thực mẫu")


def certificate(name: str, organisation: str, issued_by=None, key=None):
    """A key and its certificate, by the authority or by itself; of an RSA key for making stamps."""
    stamps, key = key is not None, key or ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )
    issuer_key, issuer = issued_by or (key, None)
    uses = {use: use in ("digital_signature", "content_commitment") for use in USES}
    uses["key_cert_sign"] = issuer is None
    built = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(FROM)
        .not_valid_after(FROM + timedelta(days=36500))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**uses), critical=True)
    )
    if stamps:
        built = built.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return key, built.sign(issuer_key, hashes.SHA256())


def loaded(key, own) -> tuple[asn1.Certificate, keys.PrivateKeyInfo]:
    """Both as the signing library takes them."""
    der, plain = serialization.Encoding.DER, serialization.NoEncryption()
    private = key.private_bytes(der, serialization.PrivateFormat.PKCS8, plain)
    return asn1.Certificate.load(own.public_bytes(der)), keys.PrivateKeyInfo.load(private)


def stamper(at: datetime, issued_by=None) -> DummyTimeStamper:
    """By itself it is what anybody makes at home to date a signature as they like."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    own, private = loaded(*certificate("Máy cấp dấu", "Nơi cấp dấu", issued_by, key))
    return DummyTimeStamper(own, private, fixed_dt=at)


def authority_pem() -> bytes:
    return authority()[1].public_bytes(serialization.Encoding.PEM)


def signed_pdf(
    name="Nguyễn Văn Mẫu",
    organisation="Ủy ban MTTQ phường Mẫu",
    on: bytes | None = None,
    stamped_by=None,
) -> bytes:
    own, private = loaded(*certificate(name, organisation, issued_by=authority()))
    signer = SimpleSigner(signing_cert=own, signing_key=private, cert_registry=SimpleCertificateStore())
    writer = IncrementalPdfFileWriter(BytesIO(pdf() if on is None else on))
    meta = PdfSignatureMetadata(field_name=f"Chữ ký {name}", docmdp_permissions=MDPPerm.FILL_FORMS)
    return signers.sign_pdf(writer, meta, signer=signer, timestamper=stamped_by, in_place=False).getvalue()


def with_a_page_more(content: bytes) -> bytes:
    """Changed after it was signed, by an added revision."""
    writer = IncrementalPdfFileWriter(BytesIO(content))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/MediaBox"][2] = type(page["/MediaBox"][2])(300)
    writer.update_container(page["/MediaBox"])
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def tampered(content: bytes) -> bytes:
    """One byte of what was signed is another."""
    place = content.index(b"595")
    return content[:place] + b"596" + content[place + 3 :]


def saved_anew(content: bytes) -> bytes:
    """As a program saves it that knows nothing of signatures."""
    written = BytesIO()
    with pikepdf.open(BytesIO(content)) as document:
        document.save(written)
    return written.getvalue()
