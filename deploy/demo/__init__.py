"""The demo: Longhua's year 2024, played day by day through the public interfaces."""
