"""What accounts tell people of: helpers, people whom one helps, supporters, one's own way to helping."""

from django.utils.translation import gettext_lazy as _

from emocare.notices import Audience, Kind, News

KINDS = [
    Kind(
        key="helping",
        label=_("Your helpers: answers, free places, endings"),
        news={
            "accepted": News(_("A helper is there for you now. See who it is."), "my_helpers"),
            "declined": News(
                _("A helper cannot take your request just now. It has nothing to do with you. You can find another."),
                "my_helpers",
            ),
            "place_free": News(
                _("You waited for a helper. Now one has a free place, and it is kept for you for a while."),
                "my_helpers",
            ),
            "ended": News(_("It has ended with one of your helpers. What comes next, you see here."), "my_helpers"),
        },
    ),
    Kind(
        key="people",
        label=_("People whom you help: requests and endings"),
        audience=Audience.HELPERS,
        news={
            "asked": News(_("Somebody asks for your help. You can say yes or no."), "my_people"),
            "assigned": News(_("An administrator asked you to help somebody. See who it is."), "my_people"),
            "withdrawn": News(_("Somebody took a request to you back. You need not do anything."), "my_people"),
            "ended": News(_("It has ended with somebody whom you helped. Thank you for being there."), "my_people"),
        },
    ),
    Kind(
        key="supporting",
        label=_("Supporters: whom you invited, and whom you support"),
        news={
            "accepted": News(
                _("Somebody whom you invited supports you now. What they may do, and how to end it, you see here."),
                "supporters",
            ),
            "declined": News(
                _("Somebody whom you invited said no this time. You can invite somebody else."), "supporters"
            ),
            "left": News(_("Somebody who supported you has stopped. You can invite somebody else."), "supporters"),
            "changed": News(_("Somebody whom you support changed what you may do, or until when."), "supported_people"),
            "ended": News(_("Somebody whom you supported has ended it. Thank you for your help."), "supported_people"),
        },
    ),
    Kind(
        key="role",
        label=_("Your application, training and role as a helper"),
        news={
            "sent": News(
                _("Your application to help others has arrived. An administrator checks it and answers you."),
                "application",
                ("public_id",),
            ),
            "approved": News(
                _("Your application is approved: you can help people now."), "application", ("public_id",)
            ),
            "refused": News(
                _("Your application was not approved this time. The reason stands on its page. You can apply again."),
                "application",
                ("public_id",),
            ),
            "suspended": News(
                _("Your role as a helper is suspended for now. The reason stands on the page of your application."),
                "application",
                ("public_id",),
            ),
            "renewed": News(_("Your role as a helper goes on. Thank you for helping."), "application", ("public_id",)),
            "trained": News(
                _("You have finished the training of volunteers. Thank you! Your certificate is ready."), "training"
            ),
            "certificate_withdrawn": News(
                _("Your certificate of a volunteer was withdrawn. You can read the lessons and take the test again."),
                "training",
            ),
        },
    ),
]
