"""The plan, its tasks, and what happens to them."""

from .act_draft import ActDraft
from .amendment import Amendment, AmendmentKind, AmendmentState
from .plan import Plan, PlanSource, PlanState, PlanVersion, ReformField
from .task import DraftStep, NationalTarget, PlanTask, Recurrence, TargetOperator, TaskResponse, TaskTarget
from .work import (
    Evidence,
    ExtensionRequest,
    ExtensionState,
    ProductState,
    ProgressNote,
    TaskComment,
    TaskProduct,
    Urging,
    UrgingStep,
)

__all__ = [
    "ActDraft",
    "Amendment",
    "AmendmentKind",
    "AmendmentState",
    "DraftStep",
    "Evidence",
    "ExtensionRequest",
    "ExtensionState",
    "NationalTarget",
    "Plan",
    "PlanSource",
    "PlanState",
    "PlanTask",
    "PlanVersion",
    "ProductState",
    "ProgressNote",
    "Recurrence",
    "ReformField",
    "TargetOperator",
    "TaskComment",
    "TaskProduct",
    "TaskResponse",
    "TaskTarget",
    "Urging",
    "UrgingStep",
]
