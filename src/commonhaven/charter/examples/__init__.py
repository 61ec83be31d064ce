"""Example charters that ship: nobody has adopted them."""
