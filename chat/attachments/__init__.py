"""What a message carries besides words: a picture, a file, a voice message. docs/decisions/0039-attachments.md"""
