"""The pages of guidelines and procedures."""
