"""How the help of the command is written: examples, and the notebooks with what can be asked of each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from stats.errors import StatsError


class WithExamples(click.Command):
    """Ends its help with examples, one a line as they are typed."""

    def __init__(self, *args: Any, examples: tuple[str, ...], **options: Any) -> None:
        super().__init__(*args, **options)
        self.examples = examples

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples below the options."""
        with formatter.section("For example"):
            for example in self.examples:
                formatter.write(f"{'':{formatter.current_indent}}{example}\n")


class OfNotebook(WithExamples):
    """Lists the notebooks in its help, or the keys of the notebook it was given."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Keep the first word, so that help knows which notebook was named."""
        ctx.meta["notebook"] = next((word for word in args[:1] if not word.startswith("-") and "=" not in word), None)
        return super().parse_args(ctx, args)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what can be asked below the options."""
        from stats.run.questions import keys, questions

        notebook, root = ctx.meta["notebook"], _home_if_any()
        if root and notebook:
            with formatter.section(f"Keys of {notebook}"):
                formatter.write_dl(keys(notebook, root))
        elif root:
            with formatter.section("Notebooks"):
                formatter.write_dl(questions(root))
            formatter.write_paragraph()
            formatter.write_text("The keys of one of them: stats figure NOTEBOOK --help")
        super().format_epilog(ctx, formatter)


def _home_if_any() -> Path | None:
    """Where the repository lies, or None: help answers without it."""
    from stats.home import home

    try:
        return home()
    except StatsError:
        return None
