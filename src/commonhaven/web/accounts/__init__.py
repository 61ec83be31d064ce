"""People, the seats in which they act, invitations, sign-in."""
