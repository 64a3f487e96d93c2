import gc


def look_for_garbage_seldom() -> None:
    """Once all is loaded: that stays anyway.

    A page of many rows makes ten thousands of objects and lets them go. Python looks through what there is
    after every 700 of them (2,000 in later releases), which takes a third of the page's time. The price is
    memory: a form that was refused waits in its worker until so many objects were made, some ten pages later.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)
