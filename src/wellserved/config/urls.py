"""Every route of the product."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("wellserved.web.urls")),
    path("", include("wellserved.apps.desk.urls")),
    path("", include("wellserved.apps.standards.urls")),
    path("accounts/", include("allauth.urls")),
]
