"""The main job: the stages in order, over a process pool, committed batch by batch."""

from .run import Outcome, Progress, Report, code_documents, merge_workspace, run
from .workers import coded, coder_fingerprint, make_coder

__all__ = ["Outcome", "Progress", "Report", "code_documents", "coded", "coder_fingerprint", "make_coder", "merge_workspace", "run"]
