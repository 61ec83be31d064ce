"""``serve``: start the platform."""

from pathlib import Path

import click


@click.command("serve")
@click.option(
    "--config", type=click.Path(path_type=Path), help="Settings file of the installation."
)
@click.option("--data", type=click.Path(path_type=Path), help="Its folder, where no file is named.")
@click.option("--demonstration", is_flag=True, help="With a demonstration group and open doors.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
def command(
    config: Path | None, data: Path | None, demonstration: bool, host: str, port: int, workers: int
) -> int:
    """Start the platform where a group lives, meets and decides.

    A demonstration makes its own group from real figures and lets anyone sign in as any of its
    roles: never use it for real work. A real installation is made by `platform upgrade` and
    `platform administrator`.

    \b
    Example:
      commonhaven serve --demonstration --data demonstration
    """
    from commonhaven.web.operation.start import ready, settings_file

    path = settings_file(config, data, demonstration=demonstration)
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104 - to be reached
    ready(path, served=f"http://{name}:{port}")
    from commonhaven.web.operation.serve import serve

    click.echo(f"Commonhaven on http://{name}:{port}  (settings: {path}; stop with Ctrl-C)")
    serve(path.resolve(), host=host, port=port, workers=workers)
    return 0
