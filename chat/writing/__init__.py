"""The one way for a message into the database, whatever carries it: docs/decisions/0038-chat.md"""
