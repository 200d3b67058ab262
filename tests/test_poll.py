"""x"""
from tests.worlds import World
from tests.upstream.parties import INSTITUTE

def test_x(world: World) -> None:
    ran = world.check()
    print(ran.out)
    assert ran.kinds == ["baseline"]
    world.up.delists(INSTITUTE)
    assert world.check(after=1).decisions == ["removal_suspected"]
    for _ in range(3):
        r = world.check(after=10)
        print(r.json["polls"], r.decisions)
