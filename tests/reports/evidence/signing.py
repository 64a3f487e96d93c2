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
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, SimpleSigner, signers
from pyhanko.sign.fields import MDPPerm
from pyhanko_certvalidator.registry import SimpleCertificateStore

from tests.reports.evidence.files import pdf

# The certificates hold from a day long gone by, so that the clock of a test does not matter.
FROM = datetime(2020, 1, 1, tzinfo=UTC)


@cache
def authority():
    return certificate("Nơi cấp chứng thư mẫu", "Tổ chức chứng thực mẫu")


def certificate(name: str, organisation: str, issued_by=None):
    """A key and its certificate, by the authority or by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )
    issuer_key, issuer = issued_by or (key, None)
    built = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(FROM)
        .not_valid_after(FROM + timedelta(days=36500))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=True,
                content_commitment=True,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=issuer is None,
                crl_sign=issuer is None,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
    )
    return key, built.sign(issuer_key, hashes.SHA256())


def authority_pem() -> bytes:
    return authority()[1].public_bytes(serialization.Encoding.PEM)


def signed_pdf(
    name="Nguyễn Văn Mẫu", organisation="Ủy ban MTTQ phường Mẫu", on: bytes | None = None
) -> bytes:
    key, own = certificate(name, organisation, issued_by=authority())
    loaded = asn1.Certificate.load(own.public_bytes(serialization.Encoding.DER))
    private = keys.PrivateKeyInfo.load(
        key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    signer = SimpleSigner(signing_cert=loaded, signing_key=private, cert_registry=SimpleCertificateStore())
    writer = IncrementalPdfFileWriter(BytesIO(pdf() if on is None else on))
    meta = PdfSignatureMetadata(field_name=f"Chữ ký {name}", docmdp_permissions=MDPPerm.FILL_FORMS)
    return signers.sign_pdf(writer, meta, signer=signer, in_place=False).getvalue()


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
