"""Contacts, opinions, replies, ratings and promises."""
