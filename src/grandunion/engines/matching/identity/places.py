"""Countries as they are written in addresses, in English, Chinese and the country's own words."""

import re

# ISO 3166-1 codes; the ways of writing are the house's own list of what addresses say.
WRITTEN = """\
CN china|p r china|pr china|prc|peoples republic of china|中国|中华人民共和国
HK hong kong|hongkong|香港
MO macau|macao|澳门
TW taiwan|台湾
US usa|u s a|united states|united states of america|美国
GB uk|u k|united kingdom|england|scotland|wales|northern ireland|great britain|英国
DE germany|deutschland|west germany|德国
FR france|法国
IT italy|italia|意大利
ES spain|espana|西班牙
PT portugal|葡萄牙
NL netherlands|the netherlands|nederland|holland|荷兰
BE belgium|belgique|belgie|比利时
CH switzerland|schweiz|suisse|瑞士
AT austria|osterreich|奥地利
SE sweden|sverige|瑞典
NO norway|norge|挪威
DK denmark|danmark|丹麦
FI finland|suomi|芬兰
IS iceland|冰岛
IE ireland|爱尔兰
PL poland|polska|波兰
CZ czech republic|czechia|捷克
SK slovakia|斯洛伐克
HU hungary|匈牙利
RO romania|罗马尼亚
BG bulgaria|保加利亚
RS serbia|塞尔维亚
HR croatia|克罗地亚
SI slovenia|斯洛文尼亚
GR greece|希腊
TR turkey|turkiye|土耳其
RU russia|russian federation|ussr|俄罗斯
UA ukraine|乌克兰
BY belarus|白俄罗斯
EE estonia|爱沙尼亚
LV latvia|拉脱维亚
LT lithuania|立陶宛
KZ kazakhstan|哈萨克斯坦
UZ uzbekistan|乌兹别克斯坦
IL israel|以色列
IR iran|伊朗
IQ iraq|伊拉克
JO jordan|约旦
LB lebanon|黎巴嫩
SA saudi arabia|沙特阿拉伯
AE united arab emirates|uae|阿联酋
QA qatar|卡塔尔
KW kuwait|科威特
EG egypt|埃及
MA morocco|摩洛哥
DZ algeria|阿尔及利亚
TN tunisia|突尼斯
NG nigeria|尼日利亚
GH ghana|加纳
KE kenya|肯尼亚
ET ethiopia|埃塞俄比亚
TZ tanzania|坦桑尼亚
UG uganda|乌干达
ZA south africa|南非
IN india|印度
PK pakistan|巴基斯坦
BD bangladesh|孟加拉国
LK sri lanka|斯里兰卡
NP nepal|尼泊尔
TH thailand|泰国
VN vietnam|viet nam|越南
MY malaysia|马来西亚
SG singapore|新加坡
ID indonesia|印度尼西亚
PH philippines|菲律宾
JP japan|日本
KR south korea|republic of korea|korea|韩国
AU australia|澳大利亚
NZ new zealand|新西兰
CA canada|加拿大
MX mexico|墨西哥
CU cuba|古巴
BR brazil|brasil|巴西
AR argentina|阿根廷
CL chile|智利
CO colombia|哥伦比亚
PE peru|秘鲁
VE venezuela|委内瑞拉
US alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida|hawaii|idaho|illinois|indiana
US iowa|kansas|kentucky|louisiana|maine|maryland|massachusetts|michigan|minnesota|mississippi|missouri|montana
US nebraska|nevada|new hampshire|new jersey|new york|north carolina|north dakota|ohio|oklahoma|oregon|pennsylvania
US rhode island|south carolina|south dakota|tennessee|texas|utah|vermont|virginia|wisconsin|wyoming
CA ontario|quebec|alberta|british columbia|manitoba|nova scotia|saskatchewan
AU new south wales|queensland|victoria|western australia|south australia|tasmania
"""
COUNTRY = {
    name: code for code, _, names in (line.partition(" ") for line in WRITTEN.splitlines()) for name in names.split("|")
}
LONGEST = max(len(name.split()) for name in COUNTRY if name.isascii())
HAN_NAMES = tuple(name for name in COUNTRY if not name.isascii())
STATES = re.compile(
    r"\b(?:AL|AK|AZ|AR|CA|CO|CT|DC|FL|GA|HI|IA|ID|IL|KS|KY|LA|MA|MD|ME|MI|MN|MO|MS|MT|NC|ND|NE|NH|NJ|NM|NV|NY|OH|OK"
    r"|PA|RI|SC|SD|TN|TX|UT|VA|VT|WA|WI|WV|WY)\b(?=\W*(?:\d{5}|USA|U\.S|United|$))"
)


def countries(text: str, plain: tuple[str, ...]) -> frozenset[str]:
    """The countries (ISO codes) a text speaks of; `plain` are its folded Latin words in their order."""
    found = {COUNTRY[name] for name in HAN_NAMES if name in text}
    for start in range(len(plain)):
        for length in range(1, LONGEST + 1):
            code = COUNTRY.get(" ".join(plain[start : start + length]))
            if code:
                found.add(code)
    if STATES.search(text):
        found.add("US")
    return frozenset(found)
