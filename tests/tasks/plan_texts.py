"""A small plan in words of our own, as it would be pasted or uploaded."""

HEAD = """ỦY BAN MTTQ VIỆT NAM
THÀNH PHỐ MẪU
Số: 07/KH-MTTQ-BTT
Thành phố Mẫu, ngày 12 tháng 3 năm 2024

KẾ HOẠCH
Thực hiện phong trào trồng cây năm 2024

Căn cứ Nghị quyết số 15-NQ/TU ngày 02/01/2024 của Thành ủy về cây xanh;

I. MỤC ĐÍCH
Thêm bóng mát cho các khu phố.
"""

TASKS = """II. NHIỆM VỤ
1. Tuyên truyền
- Phát tờ rơi về cây xanh. Thời hạn hoàn thành: 30/6/2024.
- Thường xuyên treo băng rôn ở các khu phố.
2. Kiểm tra, giám sát
- Kiểm tra vườn ươm. Đơn vị chủ trì: phường Bãi Cát. Đơn vị phối hợp: phường Đồi Thông.
"""

TAIL = """III. TỔ CHỨC THỰC HIỆN
Các đơn vị gửi báo cáo về thành phố.

TM. BAN THƯỜNG TRỰC
CHỦ TỊCH
Trần Văn Mẫu

Nơi nhận:
- Thường trực Thành ủy (b/c);
- Các tổ chức thành viên (p/h);
- Các phường, xã (t/h);
- phường Bãi Cát (t/h);
- Lưu: VT.
"""

PLAN = HEAD + TASKS + TAIL
TWO_ARCHIVES = PLAN.replace("- Lưu: VT.", "- Lưu: VT.\n- Lưu: VP.")

LETTER = """Kính gửi bạn,
Mời bạn đến dự buổi gặp mặt cuối tuần này.
Thân mến.
"""
