"""Policies of the routes third-party apps bring: a route not named here or by its own view is not served."""

from wellserved.platform.http.access import RoutePolicy

PUBLIC = RoutePolicy(kind="public")
SIGNED_IN = RoutePolicy(kind="signed_in")
# Opened by the library, wanted by nobody: invitations confirm addresses, and no sign-in needs a code by mail.
CLOSED = RoutePolicy(kind="closed")

THIRD_PARTY: dict[str, RoutePolicy] = {
    "account_login": PUBLIC,
    # Also the way out of a half-finished sign-in, where nobody is signed in yet.
    "account_logout": PUBLIC,
    "account_inactive": PUBLIC,
    # Open sign-up is closed; the page says so and names the way in.
    "account_signup": PUBLIC,
    "account_reset_password": PUBLIC,
    "account_reset_password_done": PUBLIC,
    "account_reset_password_from_key": PUBLIC,
    "account_reset_password_from_key_done": PUBLIC,
    "account_reauthenticate": SIGNED_IN,
    "account_change_password": SIGNED_IN,
    "account_set_password": SIGNED_IN,
    "mfa_authenticate": PUBLIC,
    "mfa_login_webauthn": PUBLIC,
    "mfa_index": SIGNED_IN,
    "mfa_reauthenticate": SIGNED_IN,
    "mfa_activate_totp": SIGNED_IN,
    "mfa_deactivate_totp": SIGNED_IN,
    "mfa_view_recovery_codes": SIGNED_IN,
    "mfa_generate_recovery_codes": SIGNED_IN,
    "mfa_download_recovery_codes": SIGNED_IN,
    "mfa_list_webauthn": SIGNED_IN,
    "mfa_add_webauthn": SIGNED_IN,
    "mfa_reauthenticate_webauthn": SIGNED_IN,
    "mfa_remove_webauthn": SIGNED_IN,
    "mfa_edit_webauthn": SIGNED_IN,
    "socialaccount_login_cancelled": PUBLIC,
    "socialaccount_login_error": PUBLIC,
    "socialaccount_signup": PUBLIC,
    "socialaccount_connections": SIGNED_IN,
    "account_email": CLOSED,
    "account_email_verification_sent": CLOSED,
    "account_confirm_email": CLOSED,
    "account_confirm_login_code": CLOSED,
    # The library's old addresses have no names.
    "accounts/social/login/cancelled/": CLOSED,
    "accounts/social/login/error/": CLOSED,
    "accounts/social/signup/": CLOSED,
    "accounts/social/connections/": CLOSED,
    "openid_connect_login": PUBLIC,
    "openid_connect_callback": PUBLIC,
}
