"""The functions that are the certified core and nothing else: `select_winners` and `validate_ticket`."""
