"""Names and symbols are the only ones within an audience, not within the whole group."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("groups", "0002_named_within_audience"),
        ("meetings", "0001_initial"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="document",
            name="document_version",
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(
                condition=models.Q(("caucus__isnull", True)),
                fields=("group", "audience", "symbol", "language", "version"),
                name="document_version",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(
                fields=("caucus", "symbol", "language", "version"), name="document_of_caucus"
            ),
        ),
    ]
