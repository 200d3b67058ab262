"""Companies that do not exist: made brands before the trade words of the list itself."""

from collections import Counter
from collections.abc import Iterable, Iterator
from random import Random

_PINYIN = """
bao bei bo cheng chuang da dong fang feng fu gao guang guo hai han hao he heng hong hua hui jia jian
jie jin jing jun kai kang ke lan lei li lian ling long lu mei ming nan ning peng ping qi qian qing
rong rui sheng shi shuo song tai tian tong wan wei wen wu xiang xin xing xu ya yang yi yin ying yong
yuan yue yun ze zhan zhi zhong zhou zhuo
"""
_RUSSIAN = """
alta ark bal bor don dvin eks elb gor iver kam kar kol kron lad les lim luch mag med met nev nor ob
ok ors pol prim rad ros ruz sam sib sol star tag tav ter tor ural var ves vol yar zar zen
"""
_RUSSIAN_ENDS = """
pribor mash prom tekh energo stroy servis trans elektro khim optika snab torg
"""
_WESTERN = """
ac al an ar bel ber bri ca cor dar del dra ed el en fal fer gal gen gra hal har il is jor kel
lan lor mar mer mon nor ol or pel per qui ral ren ros sal ser sol tal ter tri ul val ven ver vor
wes xan yor
"""
_FORMS = {
    "CN": ["Co., Ltd.", "Technology Co., Ltd.", "Limited", "Co., Limited"],
    "RU": ["LLC", "OOO", "JSC", "AO"],
    "": ["Ltd.", "LLC", "GmbH", "Inc.", "FZE", "FZCO", "Pvt. Ltd.", "Sdn Bhd", ""],
}
_SEATS = ["Shenzhen", "Beijing", "Shanghai", "Wuhan", "Hangzhou", "Nanjing", "Chengdu", ""]
_NO_TRADE = 5
"""Words of fewer letters, and places, are not taken for trades."""


def made_names(listed: Iterable[str], chance: Random, count: int) -> Iterator[str]:
    """So many names, with the sixty trade words that most listed names bear."""
    borne = Counter(
        word for name in listed for word in set(name.split()) if word.isalpha() and word.istitle()
    )
    forms = {"Limited", "Company", "Joint", "Stock", "Liability", "Corporation", "Public"}
    seats = {*_SEATS, "China", "Huawei", "Gazprom", "Russian", "Hong", "Kong", "Iran", "Korea"}
    trades = [
        word for word, _ in borne.most_common(120)
        if len(word) >= _NO_TRADE and word not in forms | seats
    ][:60]  # fmt: skip
    for _ in range(count):
        home = chance.choice(["CN", "CN", "RU", ""])
        words = chance.sample(trades, chance.choice([1, 1, 2, 2, 3]))
        seat = chance.choice(_SEATS) if home == "CN" else ""
        yield " ".join(
            part
            for part in (seat, _brand(home, chance), *words, chance.choice(_FORMS[home]))
            if part
        )


def _brand(home: str, chance: Random) -> str:
    if home == "CN":
        return "".join(chance.sample(_PINYIN.split(), chance.choice([2, 2, 3]))).title()
    if home == "RU":
        return (chance.choice(_RUSSIAN.split()) + chance.choice(_RUSSIAN_ENDS.split())).title()
    return "".join(chance.sample(_WESTERN.split(), chance.choice([2, 3, 3]))).title()
