from django.urls import path

from accounts.helping.views import finding, mine, people, profile

urlpatterns = [
    path("helpers/", finding.find, name="find_helper"),
    path("helpers/match/", finding.match, name="match_helper"),
    path("helpers/mine/", mine.my_helpers, name="my_helpers"),
    path("helpers/mine/<uuid:public_id>/withdraw/", mine.withdraw, name="withdraw_request"),
    path("helpers/waiting/", mine.wait, name="wait_for_helper"),
    path("helpers/waiting/leave/", mine.leave, name="leave_waiting"),
    path("helpers/waiting/pass/", mine.pass_on, name="pass_offer"),
    path("helpers/<uuid:public_id>/", finding.helper, name="helper"),
    path("helping/<uuid:public_id>/end/", mine.end, name="end_helping"),
    path("people/", people.my_people, name="my_people"),
    path("people/profile/", profile.helper_profile, name="helper_profile"),
    path("people/hours/", profile.helper_hours, name="helper_hours"),
    path("people/hours/<uuid:public_id>/remove/", profile.remove_hours, name="remove_hours"),
    path("people/requests/<uuid:public_id>/accept/", people.accept, name="accept_request"),
    path("people/requests/<uuid:public_id>/decline/", people.decline, name="decline_request"),
    path("people/<uuid:public_id>/", people.person, name="person"),
]
