"""From which file a promise or a need was brought in."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("commitments", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name=name,
            name="file",
            field=models.CharField(blank=True, default="", editable=False, max_length=64),
            preserve_default=False,
        )
        for name in ("commitment", "need")
    ]
