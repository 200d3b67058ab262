"""The legal forms of companies on the lists: every spelling, as the few atoms they are made of.

A form is a set of atoms, so that "Co., Ltd." says more than "Ltd." and nothing against it, while
"LLC" and "JSC" gainsay each other. Russian forms stand under the English ones that the bureau
writes for them (OOO is LLC, AO is JSC). Holds words only; `anatomy` finds them in a name.
"""

from typing import NamedTuple

# A star: counts wherever it stands. An at: only where a name or a part of it begins or ends,
# because the same letters are a word elsewhere.
_TABLE = """
llc | * llc, l l c, limited liability company, limited liability companies, limited liability co
llc | * ooo, obshchestvo s ogranichennoi otvetstvennostyu
llc | * obshchestvo s ogranichennoy otvetstvennostyu
llc | * obshchestvo s ogranichennoj otvetstvennostyu, obschestvo s ogranichennoi otvetstvennostyu
llc | * obschestvo s ogranichennoy otvetstvennostyu, obshchestvo s organichennoi otvetstvennostyu
llc | * obshchestvo s ogranichennoi otvetstvennostju, obshchestva s ogranichennoi otvetstvennostyu
llc | * obschestvo s organichennio otyetstvennostyu
llc | * tovarishchestvo s ogranichennoi otvetstvennostyu
llc | * company with limited liability
llc | @ too, tov
llp | * llp, limited liability partnership
jsc | * jsc, joint stock company, joint stock co
jsc | * aktsionernoe obshchestvo, aktsionernoye obshchestvo
jsc | * aktsionernoe obschestvo, joint-stock company, jointstock company
jsc | @ ao
open jsc | * ojsc, oao, open joint stock company, otkrytoe aktsionernoe obshchestvo
open jsc | * otkrytoye aktsionernoye obshchestvo, otkrytoe aktsionernoe obschestvo
open jsc | * open type joint stock company, aktsionernoe obshchestvo otkrytogo tipa, aoot
closed jsc | * cjsc, zao, closed joint stock company, zakrytoe aktsionernoe obshchestvo
closed jsc | * zakrytoye aktsionernoye obshchestvo, zakrytoe aktsionernoe obschestvo
public jsc | * pjsc, pao, public joint stock company, publichnoe aktsionernoe obshchestvo
public jsc | * publichnoye aktsionernoye obshchestvo, publichnoe aktsionernoe obschestvo
nonpublic jsc | * nepublichnoe aktsionernoe obshchestvo, non public joint stock company
nonpublic jsc | @ nao
fsue | * fsue, fgup, federal state unitary enterprise, federal state unitary company
fsue | * federalnoe gosudarstvennoe unitarnoe predpriyatie
co ltd | * co ltd, co limited, company limited, company ltd, coltd, co lt, youxian gongsi
co ltd | * youxian zeren gongsi
ltd | * ltd, limited, ltda, limitada
ltd | @ lt
co | @ co, company, gongsi
corp | @ corp, corporation
inc | * inc, incorporated
pvt ltd | * pvt ltd, private limited, pvt limited, private ltd, pvtltd
pvt ltd | @ p ltd, p limited
pvt | * pvt
pvt | @ private
public ltd | * plc, public limited company
pte ltd | * pte ltd, pte limited
pte | * pte
pty ltd | * pty ltd, pty limited, proprietary limited
pty | * pty
bhd | * bhd, berhad
sdn bhd | * sdn bhd, sendirian berhad
fze | * fze, f z e, free zone establishment
fzc | * fzc, fzco, f z c, f z co, free zone company
fz llc | * fz llc, fzllc, free zone llc
dmcc | * dmcc
gmbh | * gmbh, gesellschaft mit beschrankter haftung
gmbh co kg | * gmbh co kg
kg | @ kg, ohg, ek
ag | @ ag, aktiengesellschaft
sarl | * sarl
sa | @ sa, societe anonyme, sociedad anonima
sa cv | * sa de cv
sas | @ sas
spa | @ spa, societa per azioni
srl | @ srl
sl | @ sl
bv | @ bv, besloten vennootschap
nv | @ nv
ab | @ ab, aktiebolag
oy | @ oy, oyj
as | @ as, anonim sirketi, anonim irketi
ou | @ ou
doo | @ doo, d o o
ood | * ood, eood
sia | @ sia
uab | * uab
kft | * kft
ltd sti | * ltd sti, limited sirketi, limited irketi, ltd irketi, ltd sirketi
sal | * sal, sal offshore
pt | @ pt
tic | * tic ltd sti
kk | @ kk, kabushiki kaisha
"""


class Spelling(NamedTuple):
    """One way to write a form, as the words after the first."""

    rest: tuple[str, ...]
    atoms: tuple[str, ...]
    anywhere: bool


def _read() -> dict[str, tuple[Spelling, ...]]:
    found: dict[str, list[Spelling]] = {}
    for line in _TABLE.strip().splitlines():
        atoms, spelled = line.split(" | ")
        for spelling in spelled[2:].split(", "):
            first, *rest = spelling.replace("-", " ").split()
            known = found.setdefault(first, [])
            known.append(Spelling(tuple(rest), tuple(atoms.split()), spelled.startswith("*")))
    return {
        first: tuple(sorted(known, key=lambda one: -len(one.rest)))
        for first, known in found.items()
    }


FORMS = _read()
"""Every spelling by its first word, the longest first."""


def agree(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two forms can be of one company: the same, or one says less than the other."""
    return one <= other or other <= one


def said(form: frozenset[str]) -> str:
    """The form for a person's eyes: "open JSC"."""
    return " ".join(atom if atom in _PLAIN else atom.upper() for atom in sorted(form, reverse=True))


_PLAIN = {"open", "closed", "public", "nonpublic"}
