"""Rules, procedures, charters and situations that ship."""
