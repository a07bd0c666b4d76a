"""Able, briefed, heard: understanding of what is promised, learning, coaching, recognition and the voice of staff."""
