from django.http import HttpRequest

from units import access


def permissions(request: HttpRequest) -> dict[str, bool]:
    """What the navigation needs to know of the person; anonymous pages show none of it."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {
        "may_manage_work": access.may_manage_work(user),
        "may_manage_people": access.may_manage_people(user),
        "reads_everything": access.reads_everything(user),
    }
