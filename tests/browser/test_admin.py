def test_sign_in_page_of_the_admin_stands_on_a_desk(page, axe):
    page.goto("/admin/login/")
    assert page.locator("input[name=username]").is_visible()
    assert page.evaluate("innerWidth") == 1280
    axe(page)


def test_sign_in_page_of_the_admin_fits_a_phone(phone):
    phone.goto("/admin/login/")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360


def test_staff_reach_the_admin(page, sign_in, cast):
    sign_in(page, cast.staff).goto("/admin/")
    assert page.locator("#user-tools").is_visible()
