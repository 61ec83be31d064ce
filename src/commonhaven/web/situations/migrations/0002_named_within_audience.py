"""Names and symbols are the only ones within an audience, not within the whole group."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("groups", "0002_named_within_audience"),
        ("situations", "0001_initial"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="situation",
            name="situation_once",
        ),
        migrations.AddConstraint(
            model_name="situation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("caucus__isnull", True)),
                fields=("group", "audience", "slug"),
                name="situation_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="situation",
            constraint=models.UniqueConstraint(
                fields=("caucus", "slug"), name="situation_of_caucus"
            ),
        ),
    ]
