"""What can be done in a process of its own: name → module and generator function.

Each takes words and arrays, yields `Progress` (a `Report` where it shows what is there so far), returns an `Answer`.
"""

TASKS = {
    "cluster": "engine.clustering.task:cluster_task",
    "layout": "engine.layout.task:lay_out_task",
    "eight_bits": "engine.models.runtimes.eight_bits_task:quantise_task",
    "grouping": "engine.workflows.grouping.preview_task:preview_task",
}
