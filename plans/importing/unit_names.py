"""Where the names of bodies begin and end in running text.

A name begins with a word for a body and runs through capitalised words and the small words that names are
made of: "Ủy ban nhân dân các phường", "Hội Chữ thập đỏ thị xã". The first other word ends it.
"""

import re

from .folding import fold

UNIT_STARTS = (
    r"(?:cac|toan the|tat ca|moi|ban|hoi|doan|so|phong|ubnd|ubmttq|ubmt|ub mttq|uy ban|van phong|cong an|"
    r"trung tam|"
    r"lien doan|(?:thanh|tinh|thi|huyen|quan|phuong|xa) doan|(?:thanh|tinh|thi|huyen|quan|dang) uy|huyen|"
    r"dang bo|chi bo|"
    r"chi hoi|chi doan|to(?! chuc)|truong|hdnd|hoi dong|bo|cuc|chi cuc|dai|bao|vien|toa (?:an|giam muc)|"
    r"thuong truc|"
    r"mttq|mat tran|chinh quyen|don bien phong|bien phong|hat kiem lam|doi (?:quan ly|canh sat|thi hanh)|"
    r"quan su|benh vien|tram|cong ty|hop tac xa|ngan hang|kho bac|buu dien|lien hiep|lien minh|to chuc|"
    r"phuong|"
    r"xa(?! hoi)|thi tran|thi xa|quan|tinh|thanh pho|don vi|co quan|cap uy|cap|nganh|lanh dao|chu tich|"
    r"pho chu tich|"
    r"bi thu|truong ban|pho truong ban|dong chi|d/c|can bo|cong doan|bch|btv|btt|doan the|tieu ban|bo "
    r"phan|cuu chien binh|"
    r"hiep hoi|cau lac bo|tap the|nha|khoi|cum|khu|ap|thon|ban chi huy|luc luong|can su|dang doan|he thong)\b"
)
STARTS_UNIT = re.compile(UNIT_STARTS)
ABBREVIATION = re.compile(r"[A-ZĐÂĂÊÔƠƯ&]{3,}\b")
VERBS = (
    "tổ chức|thực hiện|triển khai|xây dựng|tham mưu|hướng dẫn|kiểm tra|giám sát|tuyên truyền|ban hành|"
    "tổng hợp|theo dõi|"
    "đôn đốc|rà soát|hoàn thành|để|trong việc|trong|nhằm|vận động|tiến hành|lựa chọn|chuẩn bị|báo cáo|"
    "khảo sát|trình|"
    "đảm bảo|bảo đảm|phát động|mở|đẩy mạnh|tăng cường|nghiên cứu|đề xuất|in|cấp|biên soạn|lồng ghép|phổ "
    "biến|quán triệt|"
    "duy trì|thường xuyên|chỉ đạo|thẩm định|ký kết|lập|sơ kết|tổng kết|góp ý|lấy ý kiến|xem xét|phân "
    "công|cụ thể hóa|"
    "cụ thể hoá|làm tốt|bố trí|tập trung|tập huấn|đưa|gửi|nắm|thành lập|đánh giá|thống kê|phân bổ|cung "
    "cấp|tạo|hỗ trợ|giới thiệu|"
    "tiếp tục|chủ động|kịp thời|thẩm tra|phản biện|đăng ký|thăm|tặng|trao"
)
ACTS = re.compile(rf"(?:{'|'.join(verb for verb in VERBS.split('|') if ' ' in verb)})(?!\w)")
# The small words in names, longest first, in the spelling of today.
SMALL = re.compile(
    r"(?:các tổ chức|tổ chức (?:thành viên|chính trị|xã hội|đảng|tôn giáo|cơ sở|đoàn thể|đoàn|"
    r"hội(?! nghị| thảo| thi))|"
    r"chữ thập đỏ|cựu chiến binh|người cao tuổi|người lao động|cựu giáo chức|câu lạc bộ|hợp tác xã|"
    r"khu dân cư|tổ dân phố|nhà văn hóa|trên địa bàn|"
    r"cấp (?:xã|phường|huyện|tỉnh|ủy|trên|dưới|cơ sở|trung ương)|"
    r"nhân dân|thường trực|thường vụ|chấp hành|chỉ huy|quân sự|biên phòng|kiểm sát|tòa án|mặt trận|tổ quốc|"
    r"thập đỏ|chiến binh|phụ nữ|thanh niên|thiếu niên|nhi đồng|trẻ em|nông dân|cao tuổi|người mù|khuyết tật|"
    r"mồ côi|giáo chức|luật gia|khuyến học|liên hiệp|liên minh|lao động|thương binh|xã hội|y tế|đào tạo|"
    r"tài chính|kế hoạch|nội vụ|tư pháp|pháp luật|văn hóa|thông tin|thể thao|du lịch|truyền thanh|"
    r"truyền thông|dân số|nông nghiệp|nông thôn|môi trường|tài nguyên|kinh tế|hạ tầng|đô thị|dự án|"
    r"tuyên giáo|dân vận|dân chủ|dân tộc|tôn giáo|chính trị|chính sách|phong trào|văn phòng|công an|"
    r"công đoàn|trung học|tiểu học|mầm non|phổ thông|nội trú|bán trú|cộng đồng|doanh nghiệp|bưu điện|"
    r"viễn thông|điện lực|bảo hiểm|kiểm lâm|thị trường|trật tự|an ninh|dân phòng|dân quân|tự vệ|sinh viên|"
    r"học sinh|phụ huynh|đại biểu|cán bộ|công chức|viên chức|chuyên trách|nhà trường|trường học|"
    r"nhà nước|hội viên|"
    r"đoàn viên|đảng viên|thành viên|lãnh đạo|chính quyền|đơn vị|cơ quan|bộ phận|lực lượng|đoàn thể|"
    r"đảng bộ|chi bộ|chi hội|chi đoàn|tiểu ban|thị trấn|thị xã|thành phố|đặc khu|khu phố|khu vực|địa phương|"
    r"cùng cấp|(?:hai|các) cấp|trung ương|cơ sở|toàn thể|tất cả|trực thuộc|liên quan|hữu quan|chức năng|"
    r"di tích|hội thi|cuộc thi|lễ hội|"
    r"phường|xã|huyện|quận|tỉnh|thôn|ấp|bản|buôn|làng|khóm|xóm|phố|khu|tổ(?! chức)|cụm|khối|chợ|rừng|"
    r"các|mọi|của|thuộc|số(?= \d)|ban|bộ|ngành|hội|đoàn|sở|trường|trạm|phòng(?! chống| ngừa)|đảng)(?!\w)"
)
AREA = re.compile(r"(?:phường|xã|trấn|huyện|quận|tỉnh|phố|khu|thôn|ấp|bản|buôn|làng|khóm|xóm)$")
HEAD = re.compile(
    r"(?:ban|hội|phòng|sở|đoàn|trạm|chi|đội|tổ|bộ|cục|viện|trường|đồn|cụm|khối|ngành|tòa|đài|quỹ|hạt)$"
)
# What a committee is for may look like an act: "Ban quản lý", "Ủy ban kiểm tra".
PURPOSES = re.compile(
    r"(?:kiểm tra|quản lý|công tác|giáo dục|học tập|tuyên truyền|vận động|giám sát|chỉ đạo|tổ chức|thi hành|"
    r"bảo vệ|điều hành|thanh tra)(?!\w)"
)
PURPOSEFUL = re.compile(r"(?:ban|tâm|đội|tổ|hội|đồng)$")
OLD_TONE = re.compile(r"o([áàả])(?!\w)")
NEW_TONES = {"á": "ó", "à": "ò", "ả": "ỏ"}
MOST_WORDS = 9
WORD = re.compile(r"[ ,&/]*(?:[-–] ?)?(\w+)")
TRAILING = re.compile(r"(?:[\s,&/–-]|(?<!\w)(?:và|với|của|thuộc|các|số))+$")


def leading_names(text: str) -> str:
    """The names of bodies that the text begins with, as far as they go; "" when it begins with none."""
    text = re.split(r"[.;:\n()!?]", text, maxsplit=1)[0]
    start = len(text) - len(text.lstrip())
    if not (STARTS_UNIT.match(fold(text), start) or ABBREVIATION.match(text, start)):
        return ""
    spelled = _spelled(text)
    if ACTS.match(spelled, start) and not SMALL.match(spelled, start):
        return ""
    return TRAILING.sub("", text[: _end(text)]).strip()


def is_like_a_name(text: str) -> bool:
    """Whether a phrase of known ends could name one body: "Tổ vệ sinh" has words that no list holds."""
    is_phrase = len(text.split()) <= MOST_WORDS and not re.search(r"[,.;:()]", text)
    return is_phrase and STARTS_UNIT.match(fold(text)) is not None and not ACTS.search(_spelled(text))


def _end(text: str) -> int:
    """Where the first word stands that is in no name."""
    spelled = _spelled(text)
    position = 0
    before = above = ""
    while word := WORD.match(text, position):
        start, end = word.span(1)
        if "," in word[0]:
            before = above = ""
        if not (word[1][0].isupper() or word[1].isdigit()):
            end = _end_of_small(spelled, word, before, above)
            if not end:
                return start
        above, before = before, text[start:end].split(" ")[-1]
        position = end
    return position


def _end_of_small(spelled: str, word: re.Match[str], before: str, above: str) -> int:
    """Where the small word, or the compound that it begins, ends; 0 when it is in no name."""
    start = word.start(1)
    if PURPOSEFUL.match(before.lower()) and (purpose := PURPOSES.match(spelled, start)):
        return purpose.end()
    if small := SMALL.match(spelled, start):
        return small.end()
    whole = SMALL.match(spelled, start - len(before) - 1) if before else None
    if whole and whole.end() >= word.end():
        return whole.end()
    if word[1] == "và":
        return _end_of_and(word.string, spelled, word.end())
    is_word = before[:1].isupper() and (before == "Y" or not before.isupper())
    completes = is_word and not _is_proper(before, above)
    return word.end() if completes and not ACTS.match(spelled, start) else 0


def _end_of_and(text: str, spelled: str, end: int) -> int:
    """The end of "và" where a name goes on behind it."""
    following = WORD.match(text, end)
    goes_on = following and (following[1][0].isupper() or SMALL.match(spelled, following.start(1)))
    return end if goes_on else 0


def _is_proper(before: str, above: str) -> bool:
    """Whether the word ends the name of a place, which no small word completes: "Hải Hòa", "xã Đông"."""
    if AREA.search(above.lower()):
        return True
    return above[:1].isupper() and not above.isupper() and not HEAD.match(above.lower())


def _spelled(text: str) -> str:
    """The text in small letters and one spelling of "uỷ", "hoá", "hoà", as long as before."""
    text = "".join(character.lower()[0] for character in text)
    return OLD_TONE.sub(lambda found: f"{NEW_TONES[found[1]]}a", text).replace("uỷ", "ủy")
