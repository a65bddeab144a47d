"""How often something may be asked for, in allauth's words: the setting ACCOUNT_RATE_LIMITS."""

LIMITS = {
    "login_failed": False,  # django-axes counts failed sign-ins, by account and by address
    "recovery": "20/h/ip",
    "passkey": "60/m/ip",
    "passkey_answer": "60/m/ip",
    "certificate": "60/h/ip",
    "export": "5/d/key",  # downloads of everything, by account
    "kin_ask": "10/d/key",  # questions to legal representatives and invitations of supporters, by account
    # What costs the server much, by account. Nobody who means it gets there.
    "pdf": "60/h/user",
    "csv_out": "30/h/user",
    "csv_in": "30/h/user",
    "chat_copy": "30/h/user",
    "attachment": "60/h/user,200/d/user",  # pictures and files of conversations
    "search": "30/m/user,300/h/user",
    "training_test": "20/h/user",
    "picture": "30/h/user",
    "stop_letters": "600/h/ip",  # mail providers ask for their many readers
    "try_test": "1200/h/ip",  # without an account; a whole school may stand behind one address
    "document": "60/h/user",
    "code_letter": "20/h/user",
    "new_codes": "20/h/user",
    "push": "30/h/user",
    "push_trial": "20/h/user",
    "judgement": "20/d/user",
    "come_back": "30/h/ip",  # codes of urgent requests; asking for help itself: emergency/requests/flood.py
}
