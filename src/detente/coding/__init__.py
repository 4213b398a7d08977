"""Mentions: events told, with who acts, to whom, who says so, when and where."""
