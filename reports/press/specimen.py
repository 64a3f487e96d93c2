"""What the press prints for itself, so that every face and renderer has been used before the first fork."""

from reports.documents.content import Column, Head, Heading, Paper, Row, Signature, Table, Text

TABLE = Table(
    name="Bảng",
    columns=(Column("STT", 1, "center"), Column("Nội dung", 9)),
    rows=(Row((1, "Một")), Row(("Cộng", 1), "total")),
)
SPECIMEN = Paper(
    kind="THÔNG BÁO",
    title=("Về việc in thử",),
    blocks=(Heading("I. Nội dung"), Text("Chữ đứng."), Text("Chữ nghiêng.", italic=True), TABLE),
    stem="in-thu",
    head=Head(superior=("ỦY BAN",), issuer=("BAN THƯỜNG TRỰC",)),
    signature=Signature(),
    sent_to=("- Như trên;", "- Lưu: VT."),
)
