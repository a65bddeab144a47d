"""The phrases that Emocare brings, by topic; their keys stay, the words of each language are in the catalogues."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Topic:
    """Phrases on one thing, by their keys."""

    name: Any
    phrases: dict[str, Any]


FOR_PERSONS = (
    Topic(
        pgettext_lazy("phrases", "To begin"),
        {
            "hello": pgettext_lazy("a phrase", "Hello!"),
            "time": pgettext_lazy("a phrase", "Do you have time to talk now?"),
            "slowly": pgettext_lazy("a phrase", "Writing is not easy for me, please wait."),
            "ready": pgettext_lazy("a phrase", "I write with ready phrases."),
        },
    ),
    Topic(
        pgettext_lazy("phrases", "How I feel"),
        {
            "sad": pgettext_lazy("a phrase", "I feel sad."),
            "worried": pgettext_lazy("a phrase", "I feel worried."),
            "afraid": pgettext_lazy("a phrase", "I am afraid."),
            "lonely": pgettext_lazy("a phrase", "I feel lonely."),
            "tired": pgettext_lazy("a phrase", "I am very tired."),
            "angry": pgettext_lazy("a phrase", "I am angry."),
            "better": pgettext_lazy("a phrase", "I feel better today."),
            "unsure": pgettext_lazy("a phrase", "It is hard to put my feelings into words."),
        },
    ),
    Topic(
        pgettext_lazy("phrases", "What I need"),
        {
            "listen": pgettext_lazy("a phrase", "Please just listen."),
            "simply": pgettext_lazy("a phrase", "Please write in simple words."),
            "advice": pgettext_lazy("a phrase", "What can I do now?"),
            "break": pgettext_lazy("a phrase", "I need a break."),
            "not_this": pgettext_lazy("a phrase", "Let us talk about something else."),
            "help": pgettext_lazy("a phrase", "I need help right now."),
        },
    ),
    Topic(
        pgettext_lazy("phrases", "Pain and body"),
        {
            "pain": pgettext_lazy("a phrase", "Something hurts."),
            "head": pgettext_lazy("a phrase", "I have a headache."),
            "sleep": pgettext_lazy("a phrase", "I sleep badly."),
            "breath": pgettext_lazy("a phrase", "It is hard to breathe."),
        },
    ),
    Topic(
        pgettext_lazy("phrases", "Short answers"),
        {
            "yes": pgettext_lazy("a phrase", "Yes."),
            "no": pgettext_lazy("a phrase", "No."),
            "unknown": pgettext_lazy("a phrase", "I do not know."),
            "wait": pgettext_lazy("a phrase", "Please wait a little."),
            "again": pgettext_lazy("a phrase", "I did not understand. Please say it in other words."),
            "later": pgettext_lazy("a phrase", "I will answer later."),
        },
    ),
    Topic(
        pgettext_lazy("phrases", "Thanks"),
        {
            "thanks": pgettext_lazy("a phrase", "Thank you!"),
            "listened": pgettext_lazy("a phrase", "Thank you for listening."),
            "lighter": pgettext_lazy("a phrase", "It is easier for me now. Thank you!"),
        },
    ),
    Topic(
        pgettext_lazy("phrases", "To end"),
        {
            "leaving": pgettext_lazy("a phrase", "I need to go, we will talk later."),
            "tomorrow": pgettext_lazy("a phrase", "Let us talk tomorrow."),
            "bye": pgettext_lazy("a phrase", "Goodbye!"),
        },
    ),
)
FOR_HELPERS = (
    Topic(
        pgettext_lazy("phrases", "Calm"),
        {
            "here": pgettext_lazy("a phrase", "Hello! I am here, and I have time for you."),
            "no_hurry": pgettext_lazy("a phrase", "I am with you. Take your time."),
            "good_you_wrote": pgettext_lazy("a phrase", "It is good that you wrote."),
            "breathe": pgettext_lazy(
                "a phrase", "Let us breathe slowly together: in while we count to four, out while we count to six."
            ),
            "may_stop": pgettext_lazy("a phrase", "You can stop at any moment."),
        },
    ),
    Topic(
        pgettext_lazy("phrases", "To listen, without advice"),
        {
            "tell_more": pgettext_lazy("a phrase", "Would you like to tell me more?"),
            "hard": pgettext_lazy("a phrase", "I hear how hard this is for you."),
            "matters": pgettext_lazy("a phrase", "What you feel matters."),
            "understood": pgettext_lazy("a phrase", "Do I understand you rightly?"),
            "how_to_help": pgettext_lazy(
                "a phrase", "Would you like me to listen, or shall we think together about what can be done?"
            ),
        },
    ),
    Topic(
        pgettext_lazy("phrases", "Practical"),
        {
            "safe": pgettext_lazy("a phrase", "Are you safe now?"),
            "somebody": pgettext_lazy("a phrase", "Is somebody with you now?"),
            "little": pgettext_lazy("a phrase", "What could make this moment a little easier?"),
            "before": pgettext_lazy("a phrase", "What has helped you before?"),
            "when": pgettext_lazy("a phrase", "When shall we talk again?"),
            "back_later": pgettext_lazy("a phrase", "I will be back later and answer you."),
            "trust": pgettext_lazy("a phrase", "Thank you for your trust. Take care of yourself."),
        },
    ),
)
