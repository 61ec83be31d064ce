"""Names and symbols are the only ones within an audience, not within the whole group."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("groups", "0001_initial"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="caucus",
            name="caucus_once",
        ),
        migrations.AddConstraint(
            model_name="caucus",
            constraint=models.UniqueConstraint(
                fields=("group", "name", "parties"), name="caucus_once"
            ),
        ),
    ]
