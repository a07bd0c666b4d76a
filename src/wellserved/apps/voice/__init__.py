"""The voice of customers: surveys, what is asked of whom, answers, follow-ups and feedback."""
