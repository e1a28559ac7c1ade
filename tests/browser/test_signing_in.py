"""Signing in as a person does it: password, authenticator app, recovery code, passkey; under the strict policy."""

from __future__ import annotations

import pytest
from allauth.mfa.totp.internal import auth as totp
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "mot-chuoi-rat-dai-cho-thu"


@pytest.fixture
def officer(ministry):
    account = ministry.accounts["officer"]
    account.set_password(PASSWORD)
    account.save()
    return account


def sign_in(page: Page) -> None:
    page.goto("/tai-khoan/login/?next=/menu/")
    page.get_by_label("Tên đăng nhập").fill("officer")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()


def prove_again(page: Page) -> None:
    """What concerns the safety of the account asks for the password once more."""
    expect(page.get_by_role("heading", name="Xác nhận lại là bạn")).to_be_visible()
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Tiếp tục").click()


def sign_out(page: Page) -> None:
    page.locator("header .cc-menu summary").click()
    page.get_by_role("button", name="Đăng xuất").click()
    page.wait_for_url("**/tai-khoan/login/**")


def code_of(secret: str) -> str:
    """What the app on the phone shows now."""
    return totp.format_hotp_value(totp.hotp_value(secret, list(totp.yield_hotp_counters_from_time())[-1]))


@pytest.fixture
def signed_in(page: Page, officer) -> Page:
    sign_in(page)
    expect(page.get_by_role("heading", name="Tất cả các mục")).to_be_visible()
    return page


def test_signing_in_and_out_again(signed_in):
    sign_out(signed_in)
    signed_in.goto("/menu/")
    signed_in.wait_for_url("**/tai-khoan/login/**")


def test_the_page_opens_with_the_cursor_in_the_name_and_a_refusal_does_not_take_it_there(page, officer, axe, shoot):
    page.goto("/tai-khoan/login/?next=/menu/")
    expect(page.get_by_label("Tên đăng nhập")).to_be_focused()
    axe(page)
    shoot(page, "sign-in")

    page.keyboard.type("officer")
    page.keyboard.press("Tab")
    page.keyboard.type("khong-phai-mat-khau")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Tên đăng nhập")).not_to_have_attribute("autofocus", "")
    axe(page)


def test_the_places_where_one_is_signed_in_are_listed(signed_in, axe, shoot):
    signed_in.goto("/tai-khoan/sessions/")
    expect(signed_in.get_by_text("Nơi này", exact=True)).to_be_visible()
    axe(signed_in)
    shoot(signed_in, "page")


def test_an_authenticator_app_is_set_up_and_asked_for(signed_in, axe, shoot):
    page = signed_in
    page.goto("/tai-khoan/2fa/totp/activate/")
    axe(page)
    prove_again(page)
    expect(page.get_by_role("heading", name="Thiết lập ứng dụng xác thực")).to_be_visible()
    axe(page)
    shoot(page, "set-up")
    secret = page.get_by_label("Khóa bí mật").input_value()
    page.get_by_label("Mã trên ứng dụng xác thực").fill(code_of(secret))
    page.get_by_role("button", name="Dùng ứng dụng này").click()
    expect(page.get_by_role("heading", name="Mã dự phòng")).to_be_visible()
    axe(page)
    shoot(page, "recovery-codes")
    code = page.locator("pre").inner_text().split()[0]

    sign_out(page)
    sign_in(page)
    expect(page.get_by_role("heading", name="Xác thực lần hai")).to_be_visible()
    axe(page)
    page.get_by_label("Mã", exact=True).fill("000000")
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(page.locator("[data-error-summary]")).to_contain_text("Mã chưa đúng")
    page.get_by_label("Mã", exact=True).fill(code)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(page.get_by_role("heading", name="Tất cả các mục")).to_be_visible()


def test_a_passkey_is_added_and_opens_the_account_alone(signed_in, axe):
    page = signed_in
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    page.goto("/tai-khoan/2fa/webauthn/add/")
    prove_again(page)
    expect(page.get_by_role("heading", name="Thêm khóa truy cập")).to_be_visible()
    axe(page)
    page.get_by_label("Tên khóa").fill("Máy ở bàn")
    page.get_by_label("Đăng nhập không cần mật khẩu").check()
    page.get_by_role("button", name="Thêm khóa truy cập").click()
    page.wait_for_url(lambda url: "/add/" not in url)
    page.goto("/tai-khoan/2fa/webauthn/")
    expect(page.get_by_role("rowheader", name="Máy ở bàn")).to_be_visible()
    axe(page)

    sign_out(page)
    page.get_by_role("button", name="Dùng khóa truy cập").click()
    page.wait_for_url(lambda url: "/login/" not in url)
    page.goto("/menu/")
    expect(page.get_by_role("heading", name="Tất cả các mục")).to_be_visible()


def test_a_passkey_that_is_not_taken_is_said_beside_the_button(page, officer):
    page.goto("/tai-khoan/login/")
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new DOMException('no')) }")
    page.get_by_role("button", name="Dùng khóa truy cập").click()
    expect(page.get_by_role("alert")).to_contain_text("Chưa nhận được khóa truy cập")


def test_a_forgotten_password_is_replaced_by_the_link_in_the_mail(page, officer, mailoutbox):
    page.goto("/tai-khoan/password/reset/")
    page.get_by_label("Thư điện tử").fill(officer.email)
    page.get_by_role("button", name="Gửi liên kết").click()
    expect(page.get_by_role("heading", name="Mời xem thư")).to_be_visible()
    (mail,) = mailoutbox
    assert mail.subject == "Đặt mật khẩu mới"
    (link,) = [line for line in mail.body.splitlines() if line.startswith("http")]
    page.goto(link)
    page.get_by_label("Mật khẩu mới", exact=True).fill("con-trau-di-truoc-cai-cay")
    page.get_by_label("Gõ lại mật khẩu mới").fill("con-trau-di-truoc-cai-cay")
    page.get_by_role("button", name="Lưu mật khẩu").click()
    expect(page.get_by_role("heading", name="Đã đổi mật khẩu")).to_be_visible()
    page.goto(link)
    expect(page.get_by_role("heading", name="Liên kết này không còn dùng được")).to_be_visible()
