"""The main job: the stages in order, over a process pool, committed batch by batch; and what somebody decides about what came of it."""

from .judging import Verdict, judge, merge_events, split_event, undo
from .run import Outcome, Progress, Report, code_documents, merge_workspace, run
from .watching import watch
from .workers import coded, coder_fingerprint, make_coder

__all__ = [
    "Outcome",
    "Progress",
    "Report",
    "Verdict",
    "code_documents",
    "coded",
    "coder_fingerprint",
    "judge",
    "make_coder",
    "merge_events",
    "merge_workspace",
    "run",
    "split_event",
    "undo",
    "watch",
]
