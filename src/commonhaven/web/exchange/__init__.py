"""Exchange between groups: practices, questions, observer status, invitations to present."""
