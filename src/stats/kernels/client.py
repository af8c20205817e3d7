"""Papermill's client of a kernel, without its waits: what it starts, asks and ends a kernel with."""

from __future__ import annotations

import asyncio
from queue import Empty
from time import monotonic
from typing import Any

from jupyter_core.utils import run_sync
from nbclient.exceptions import CellExecutionError, DeadKernelError
from papermill.clientwrap import PapermillNotebookClient

from stats.kernels.process import in_words
from stats.kernels.provisioner import ForkProvisioner

LOOK = 0.02
"""Seconds between two looks whether the kernel lives."""
LONG_LOOK = 0.25
"""The same for a kernel whose end is told at once."""


class KernelDied(DeadKernelError):
    """The kernel died while it ran a cell, or before the run had come to its end."""


class Client(PapermillNotebookClient):  # type: ignore[misc] # papermill has no types
    """Papermill's client, which notices at once that a kernel is ready, has answered, has ended or has died."""

    has_stopped = False
    info: dict[str, Any]

    def execute(self, **options: Any) -> Any:
        """Run every cell, and return the notebook."""
        self.reset_execution_trackers()
        with self.setup_kernel(**options):
            self.log.info(f"Executing notebook with kernel: {self.kernel_name}")
            try:
                self.papermill_execute_cells()
                self._check_alive()
            except BaseException:
                self.has_stopped = True
                raise
            self.nb.metadata["language_info"] = self.info["language_info"]
            self.set_widgets_metadata()
        return self.nb

    def papermill_execute_cells(self) -> None:
        """Run the cells up to the first that raises an error. What is no error of a cell is left for the engine."""
        for index, cell in enumerate(self.nb.cells):
            self.nb_man.cell_start(cell, index)
            try:
                self.execute_cell(cell, index)
            except CellExecutionError as problem:
                self.nb_man.cell_exception(self.nb.cells[index], cell_index=index, exception=problem)
                self.nb_man.cell_complete(self.nb.cells[index], cell_index=index)
                return
            self.nb_man.cell_complete(self.nb.cells[index], cell_index=index)

    async def async_start_new_kernel_client(self) -> Any:
        """Connect to the kernel, and return when it has answered on both channels.

        Once the kernel's `idle` has come by, its output reaches us, and nothing before the first cell is left to read.
        """
        try:
            self.kc = self.km.client()
            self.kc.start_channels(stdin=False, hb=False)
            self.info = await self._greeting()
        except BaseException:
            self.has_stopped = True
            await self._async_cleanup_kernel()
            raise
        self.kc.allow_stdin = False
        return self.kc

    start_new_kernel_client = run_sync(async_start_new_kernel_client)

    async def _greeting(self) -> dict[str, Any]:
        until, content = monotonic() + self.startup_timeout, None
        while monotonic() < until:
            asked = self.kc.kernel_info()
            content = content or await self._reply(asked)
            if content and await self._is_idle_after(asked):
                return content
            await self._async_check_alive()
        raise RuntimeError(f"Kernel didn't respond in {self.startup_timeout} seconds")

    async def _reply(self, asked: str) -> dict[str, Any] | None:
        try:
            message = await self.kc.shell_channel.get_msg(timeout=1)
        except Empty:
            return None
        content: dict[str, Any] = message["content"]
        return content if message["msg_type"] == "kernel_info_reply" else None

    async def _is_idle_after(self, asked: str) -> bool:
        """Whether the end of a request comes by; it does not if it came before the kernel knew that we listen."""
        try:
            while True:
                message = await self.kc.iopub_channel.get_msg(timeout=0.2)
                is_ours = message["parent_header"].get("msg_id") == asked
                if is_ours and message["content"].get("execution_state") == "idle":
                    return True
        except Empty:
            return False

    async def _async_poll_kernel_alive(self) -> None:
        while True:
            await self._stirs()
            try:
                await self._async_check_alive()
            except DeadKernelError:
                await asyncio.sleep(LOOK)  # what it said last is still on its way
                self.task_poll_for_reply.cancel()
                return

    async def _stirs(self) -> None:
        """Wait until something is heard of a forked kernel; for others, until it is time to look."""
        provisioner = self.km.provisioner
        if isinstance(provisioner, ForkProvisioner) and provisioner.is_forked:
            await provisioner.stirs(LONG_LOOK)
        else:
            await asyncio.sleep(LOOK)

    async def _async_check_alive(self) -> None:
        status = await self.km.provisioner.poll() if self.km.has_kernel else None
        if status is not None or not self.km.has_kernel:
            raise KernelDied(f"the kernel died: {in_words(status)}")

    _check_alive = run_sync(_async_check_alive)

    async def async_execute_cell(self, cell: Any, index: int, *rest: Any, **options: Any) -> Any:
        """Run a cell; if the kernel dies meanwhile, say how."""
        try:
            return await super().async_execute_cell(cell, index, *rest, **options)
        except DeadKernelError:
            await self._async_check_alive()
            raise

    execute_cell = run_sync(async_execute_cell)

    async def _async_cleanup_kernel(self) -> None:
        """End the kernel: politely after a run, at once after anything else."""
        if self.has_stopped and self.km.has_kernel:
            await self.km.shutdown_kernel(now=True)
        await super()._async_cleanup_kernel()

    _cleanup_kernel = run_sync(_async_cleanup_kernel)
