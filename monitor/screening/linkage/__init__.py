"""Record linkage: which rows of two texts are one party's.

`link` for two texts of one source, `across` for two sources.
"""

from monitor.screening.linkage.link import across, link, link_parted, parted
from monitor.screening.linkage.links import Doubt, Link, Links

__all__ = ["Doubt", "Link", "Links", "across", "link", "link_parted", "parted"]
