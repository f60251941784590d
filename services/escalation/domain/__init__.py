"""What follows when days pass: lights, reminders, and matters for the city."""
