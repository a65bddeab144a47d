"""The pictograms by groups: a code that stays, the character that is sent, and its word in each language.

The picture is OpenMoji's of that character: static/vendor/openmoji/README.md says how to add one.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import pgettext_lazy

JOINER, PLAIN = "\u200d", "\ufe0f"  # OpenMoji's names leave the second out, but in characters that are joined


@dataclass(frozen=True)
class Pictogram:
    emoji: str
    word: Any

    @property
    def picture(self) -> str:
        """Return the name of the file among the static ones."""
        character = self.emoji if JOINER in self.emoji else self.emoji.replace(PLAIN, "")
        return f"vendor/openmoji/{'-'.join(f'{ord(point):04X}' for point in character)}.svg"


@dataclass(frozen=True)
class Group:
    code: str
    name: Any
    pictograms: dict[str, Pictogram]


GROUPS = (
    Group(
        "feelings",
        pgettext_lazy("pictograms", "Feelings"),
        {
            "glad": Pictogram("😊", pgettext_lazy("a pictogram", "glad")),
            "calm": Pictogram("😌", pgettext_lazy("a pictogram", "calm")),
            "sad": Pictogram("😢", pgettext_lazy("a pictogram", "sad")),
            "cry": Pictogram("😭", pgettext_lazy("a pictogram", "crying")),
            "afraid": Pictogram("😨", pgettext_lazy("a pictogram", "afraid")),
            "worried": Pictogram("😰", pgettext_lazy("a pictogram", "worried")),
            "angry": Pictogram("😠", pgettext_lazy("a pictogram", "angry")),
            "alone": Pictogram("🧍", pgettext_lazy("a pictogram", "alone")),
            "tired": Pictogram("🥱", pgettext_lazy("a pictogram", "tired")),
            "ashamed": Pictogram("😳", pgettext_lazy("a pictogram", "ashamed")),
            "hurt": Pictogram("💔", pgettext_lazy("a pictogram", "hurt in my heart")),
            "hard": Pictogram("😣", pgettext_lazy("a pictogram", "very hard")),
            "love": Pictogram("❤️", pgettext_lazy("a pictogram", "I love")),
        },
    ),
    Group(
        "needs",
        pgettext_lazy("pictograms", "What I need"),
        {
            "help": Pictogram("🆘", pgettext_lazy("a pictogram", "help me")),
            "talk": Pictogram("💬", pgettext_lazy("a pictogram", "to talk")),
            "listen": Pictogram("👂", pgettext_lazy("a pictogram", "listen to me")),
            "hug": Pictogram("🫂", pgettext_lazy("a pictogram", "a hug")),
            "rest": Pictogram("🛏️", pgettext_lazy("a pictogram", "to rest")),
            "sleep": Pictogram("😴", pgettext_lazy("a pictogram", "to sleep")),
            "drink": Pictogram("🚰", pgettext_lazy("a pictogram", "to drink")),
            "eat": Pictogram("🍽️", pgettext_lazy("a pictogram", "to eat")),
            "toilet": Pictogram("🚻", pgettext_lazy("a pictogram", "toilet")),
            "medicine": Pictogram("💊", pgettext_lazy("a pictogram", "medicine")),
            "quiet": Pictogram("🔇", pgettext_lazy("a pictogram", "quiet")),
        },
    ),
    Group(
        "body",
        pgettext_lazy("pictograms", "Pain and body"),
        {
            "pain": Pictogram("😖", pgettext_lazy("a pictogram", "it hurts")),
            "head": Pictogram("🤕", pgettext_lazy("a pictogram", "head")),
            "dizzy": Pictogram("😵\u200d💫", pgettext_lazy("a pictogram", "dizzy")),
            "heart": Pictogram("🫀", pgettext_lazy("a pictogram", "heart")),
            "breath": Pictogram("🫁", pgettext_lazy("a pictogram", "hard to breathe")),
            "sick": Pictogram("🤢", pgettext_lazy("a pictogram", "I feel sick")),
            "fever": Pictogram("🤒", pgettext_lazy("a pictogram", "fever")),
            "eye": Pictogram("👁️", pgettext_lazy("a pictogram", "eye")),
            "hand": Pictogram("🤚", pgettext_lazy("a pictogram", "hand")),
            "leg": Pictogram("🦵", pgettext_lazy("a pictogram", "leg")),
            "wound": Pictogram("🩹", pgettext_lazy("a pictogram", "a wound")),
        },
    ),
    Group(
        "people",
        pgettext_lazy("pictograms", "People"),
        {
            "me": Pictogram("🙋", pgettext_lazy("a pictogram", "I")),
            "you": Pictogram("🧑", pgettext_lazy("a pictogram", "you")),
            "mother": Pictogram("👩", pgettext_lazy("a pictogram", "mother")),
            "father": Pictogram("👨", pgettext_lazy("a pictogram", "father")),
            "family": Pictogram("👪", pgettext_lazy("a pictogram", "family")),
            "friend": Pictogram("🧑\u200d🤝\u200d🧑", pgettext_lazy("a pictogram", "friend")),
            "child": Pictogram("🧒", pgettext_lazy("a pictogram", "child")),
            "grandmother": Pictogram("👵", pgettext_lazy("a pictogram", "grandmother")),
            "grandfather": Pictogram("👴", pgettext_lazy("a pictogram", "grandfather")),
            "doctor": Pictogram("🧑\u200d⚕️", pgettext_lazy("a pictogram", "doctor")),
        },
    ),
    Group(
        "places",
        pgettext_lazy("pictograms", "Places"),
        {
            "home": Pictogram("🏠", pgettext_lazy("a pictogram", "home")),
            "school": Pictogram("🏫", pgettext_lazy("a pictogram", "school")),
            "hospital": Pictogram("🏥", pgettext_lazy("a pictogram", "hospital")),
            "work": Pictogram("💼", pgettext_lazy("a pictogram", "work")),
            "outside": Pictogram("🌳", pgettext_lazy("a pictogram", "outside")),
            "bus": Pictogram("🚌", pgettext_lazy("a pictogram", "bus")),
        },
    ),
    Group(
        "time",
        pgettext_lazy("pictograms", "Time"),
        {
            "now": Pictogram("⏰", pgettext_lazy("a pictogram", "now")),
            "today": Pictogram("📅", pgettext_lazy("a pictogram", "today")),
            "yesterday": Pictogram("⬅️", pgettext_lazy("a pictogram", "yesterday")),
            "tomorrow": Pictogram("➡️", pgettext_lazy("a pictogram", "tomorrow")),
            "morning": Pictogram("☀️", pgettext_lazy("a pictogram", "morning")),
            "night": Pictogram("🌙", pgettext_lazy("a pictogram", "night")),
            "later": Pictogram("🔜", pgettext_lazy("a pictogram", "later")),
            "long": Pictogram("⏳", pgettext_lazy("a pictogram", "for a long time")),
            "again": Pictogram("🔁", pgettext_lazy("a pictogram", "again")),
        },
    ),
    Group(
        "answers",
        pgettext_lazy("pictograms", "Answers and questions"),
        {
            "yes": Pictogram("✔️", pgettext_lazy("a pictogram", "yes")),
            "no": Pictogram("❌", pgettext_lazy("a pictogram", "no")),
            "unknown": Pictogram("🤷", pgettext_lazy("a pictogram", "I do not know")),
            "wait": Pictogram("✋", pgettext_lazy("a pictogram", "please wait")),
            "good": Pictogram("👍", pgettext_lazy("a pictogram", "good")),
            "bad": Pictogram("👎", pgettext_lazy("a pictogram", "bad")),
            "hello": Pictogram("👋", pgettext_lazy("a pictogram", "hello")),
            "thanks": Pictogram("🙏", pgettext_lazy("a pictogram", "thank you")),
            "why": Pictogram("❓", pgettext_lazy("a pictogram", "why?")),
            "when": Pictogram("📆", pgettext_lazy("a pictogram", "when?")),
        },
    ),
)
PICTOGRAMS = {code: pictogram for group in GROUPS for code, pictogram in group.pictograms.items()}
