"""An answer that is kept is given again to who still has the part in which it was earned."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("api", "0001_initial"),
        ("groups", "0002_named_within_audience"),
    ]

    operations = [
        migrations.AddField(
            model_name="answered",
            name="group",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="groups.group",
            ),
        ),
        migrations.AddField(
            model_name="answered",
            name="part",
            field=models.CharField(default="", max_length=64),
        ),
    ]
