"""Units, people, the calendar and the rules."""
