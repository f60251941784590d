"""A whole year of a city, played by people who are late, wrong, on leave, contradict and merge."""
