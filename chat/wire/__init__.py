"""The socket of a conversation: docs/decisions/0038-chat.md"""
