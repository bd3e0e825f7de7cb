"""Leads, companies, runs and all that is recorded of them."""

from leads.models.activity import Activity, ActivityKind, CallOutcome
from leads.models.company import (
    Company,
    CompanyChoice,
    CompanyFactsFields,
    CompanyIdentity,
    Relation,
    Signal,
    SignalKind,
)
from leads.models.directory import Dataset, DirectoryCompany, DirectoryCount, DirectoryPerson
from leads.models.edit import EditedField, LeadEdit
from leads.models.email_status import EmailStatus
from leads.models.evidence import Authority, Evidence, FieldChange
from leads.models.exclusion import REINCLUDABLE, Exclusion, Reason
from leads.models.file import SourceFile, SourceFileRow
from leads.models.frontier import FrontierState, RunCompany
from leads.models.grouping import (
    CustomField,
    CustomFieldKind,
    DiscardedGroup,
    GroupKind,
    LeadList,
    LeadListEntry,
    LeadTag,
    Tag,
)
from leads.models.importing import (
    IMPORTED,
    RESUMABLE_FOR,
    UNDER_WAY,
    UNDO_FOR,
    UNFINISHED,
    Import,
    ImportChange,
    ImportKey,
    ImportRow,
    ImportStep,
    ImportUpload,
    MatchBy,
    OnMatch,
    Undoing,
    Verdict,
)
from leads.models.lead import ErasedFor, Lead, LeadIdentity, MatchKey, Outcome, Stage, StageKind
from leads.models.linkedin import LeadAction, LinkedInConnection, LinkedInEvent
from leads.models.provider import ProviderHealth, ProviderKey, Standing
from leads.models.purchase import Purchase, PurchaseState
from leads.models.run import (
    ACTIVE_STATES,
    MOVING_STATES,
    Delivery,
    Lane,
    LaneStage,
    Run,
    RunState,
    RunWatcher,
    SourceAnswer,
)
from leads.models.schedule import Every, ScheduledAct, SearchSchedule
from leads.models.search import SavedSearch
from leads.models.suppression import Suppression, SuppressionKind
from leads.models.view import SavedView

__all__ = [
    "ACTIVE_STATES",
    "IMPORTED",
    "MOVING_STATES",
    "REINCLUDABLE",
    "RESUMABLE_FOR",
    "UNDER_WAY",
    "UNDO_FOR",
    "UNFINISHED",
    "Activity",
    "ActivityKind",
    "Authority",
    "CallOutcome",
    "Company",
    "CompanyChoice",
    "CompanyFactsFields",
    "CompanyIdentity",
    "CustomField",
    "CustomFieldKind",
    "Dataset",
    "Delivery",
    "DirectoryCompany",
    "DirectoryCount",
    "DirectoryPerson",
    "DiscardedGroup",
    "EditedField",
    "EmailStatus",
    "ErasedFor",
    "Every",
    "Evidence",
    "Exclusion",
    "FieldChange",
    "FrontierState",
    "GroupKind",
    "Import",
    "ImportChange",
    "ImportKey",
    "ImportRow",
    "ImportStep",
    "ImportUpload",
    "Lane",
    "LaneStage",
    "Lead",
    "LeadAction",
    "LeadEdit",
    "LeadIdentity",
    "LeadList",
    "LeadListEntry",
    "LeadTag",
    "LinkedInConnection",
    "LinkedInEvent",
    "MatchBy",
    "MatchKey",
    "OnMatch",
    "Outcome",
    "ProviderHealth",
    "ProviderKey",
    "Purchase",
    "PurchaseState",
    "Reason",
    "Relation",
    "Run",
    "RunCompany",
    "RunState",
    "RunWatcher",
    "SavedSearch",
    "SavedView",
    "ScheduledAct",
    "SearchSchedule",
    "Signal",
    "SignalKind",
    "SourceAnswer",
    "SourceFile",
    "SourceFileRow",
    "Stage",
    "StageKind",
    "Standing",
    "Suppression",
    "SuppressionKind",
    "Tag",
    "Undoing",
    "Verdict",
]
