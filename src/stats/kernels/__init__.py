"""Kernels that start at once: a kernel provisioner with a fork-server, and a papermill engine that does not wait.

A notebook's kernel spends its first seconds importing the same libraries again. Here a clean parent process imports
them once, and forks one real ipykernel for each run. Everything that starts kernels by their name can use it:
papermill, nbclient, nbval and JupyterLab (`kernel_name="stats-fork"`).

| module | holds |
|---|---|
| `provisioner` | what jupyter_client calls to start, signal and end a kernel |
| `finding`, `beginning` | find the parent for a kernel, or start it; start it before it is asked for |
| `process` | a kernel that the parent forked for us |
| `key` | what one parent may serve |
| `parent`, `preloading`, `child` | the parent's process, what it imports, and what makes a child a fresh kernel |
| `watching` | whether our own code, which it has imported, is still the same |
| `wire` | messages and open files over a Unix socket |
| `engine`, `client`, `record` | the papermill engine, how it talks to a kernel, and what it writes down of a run |
| `choice` | which kernel and engine to use here |

Nothing here imports anything else of this library, and nothing but Linux and what papermill needs is needed; see
docs/kernels.md for its use alone, its limits, and how to take it out.
"""
