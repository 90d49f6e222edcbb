import type { ColumnType, Generated } from 'kysely'
import type {
  AgentNumber,
  AreaCode,
  BindingId,
  CallId,
  CitizenId,
  LegId,
  LineNumber,
  QueueId,
  SeatNumber,
  ShiftId,
  ShortNumber,
  SkillId,
  StaffId,
  UnitId,
  WorkOrderId,
} from '#kernel/ids.ts'
import type { Clock, ClockKind } from '../cases/clocks/clock.ts'
import type { ClockStage } from '../cases/clocks/instants.ts'
import type { ClockLimits } from '../cases/clocks/limits.ts'
import type {
  AssignmentState,
  CaseGrade,
  Closing,
  Order,
  OrderStatus,
  Priority,
  SupervisionLevel,
} from '../cases/life/order.ts'
import type { LifeTable } from '../cases/life/table.ts'
import type { MaskDirection, MaskSide } from '../cases/masking/binding.ts'
import type { EndReason, PoolState, PoolUse } from '../cases/masking/lease.ts'
import type { NoticeKind } from '../cases/notice-kinds.ts'
import type { Right } from '../cases/rights.ts'
import type {
  CallDirection,
  CallResult,
  Grade,
  Party,
  PhoneKind,
  SeatStateName,
} from '../contact-center/events.ts'
import type { IvrTree } from '../contact-center/ivr/tree.ts'
import type {
  CallBackPlan,
  EscalationStep,
  SkillNeed,
  Strategy,
} from '../contact-center/queue/queue-rules.ts'

/** A jsonb column: read as a value, written as text. */
export type Json<Value = unknown> = ColumnType<Value, string, string>

/** One that an insert may leave to the database. */
export type GeneratedJson<Value> = ColumnType<Value, string | undefined, string>

/** Whose desk it is. `caseworker`: whoever works on cases alone; what each may do there, the grants say. */
export type Role = 'agent' | 'shift-lead' | 'quality' | 'admin' | 'caseworker'
/** 并入, 双号并行, 设分中心: how an older hotline was merged into 12345. */
export type MergeMode = 'merged' | 'parallel' | 'sub-centre'
/** Opening hours on the city's clock: ISO weekdays 1–7, HH:MM; `to` before `from` is on the next day. */
export interface OpeningHours {
  readonly days: readonly number[]
  readonly from: string
  readonly to: string
}
/** What a shift lead does to a seat, to the talk there, to a waiting caller, or to a queue. */
export type SupervisionAct =
  | 'ready'
  | 'not-ready'
  | 'sign-out'
  | 'hang-up'
  | 'listen'
  | 'whisper'
  | 'barge'
  | 'take-over'
  | 'pick'
  | 'raise-priority'
  | 'lower-priority'
/** How an order came to the city. */
export type OrderOrigin =
  | 'phone'
  | 'portal'
  | 'wechat'
  | 'app'
  | 'sms'
  | 'mailbox'
  | 'grid'
  | 'sensor'
  | 'leader'
  | 'upper'
  | 'walk-in'
/** 市, 区, 街道/镇, 社区/村, 委办局, 内设机构/基层站所, 公用企业, 机场港口车站. */
export type UnitKind = 'city' | 'district' | 'street' | 'community' | 'bureau' | 'office' | 'utility' | 'hub'
/** 联络员, 专职办理人员, 负责人, 行业专家, 人民调解员. */
export type UnitDuty = 'liaison' | 'handler' | 'leader' | 'expert' | 'mediator'
/** How much an alarm (告警) matters: 提示, 警告, 严重. */
export type AlarmLevel = 'notice' | 'warning' | 'serious'
export type AlarmKind =
  | 'caller-waits'
  | 'longest-wait'
  | 'callers-waiting'
  | 'nobody-ready'
  | 'service-level-15-min'
  | 'service-level-30-min'
  | 'service-level-today'
  | 'answer-rate-24-h'
  | 'long-talk'
  | 'long-hold'
  | 'long-wrap-up'
  | 'long-not-ready'
  | 'no-answers'
  | 'not-offered'
/** What a change of the configuration is about. */
export type ConfigSubject =
  | 'queue'
  | 'line'
  | 'skill'
  | 'staff-skills'
  | 'blocked-number'
  | 'calendar-day'
  | 'unit'
  | 'clock-limits'
  | 'life-table'
  | 'duty-rule'
  | 'dispatch-words'
  | 'leader-day'
  | 'number-pool'
/** What takes two people: anybody's rights and deletion; an administrator's closing, reopening and new password. */
export type ApprovalKind = 'rights' | 'close' | 'reopen' | 'password' | 'delete'
/** Whose desk it is, which roles are held over which unit, and who this is to the single sign-on. */
export interface StaffRights {
  readonly role: Role
  readonly grants: { readonly role: string; readonly unit: string | null }[]
  readonly singleSignOn: string | null
}
/** What an approval keeps of whom it is about, who may be gone when it is read; the rights where those change. */
export interface ApprovalPayload {
  readonly login: string
  readonly name: string
  readonly before: StaffRights | null
  readonly after: StaffRights | null
}
export type MissedCallState = 'open' | 'claimed' | 'reached' | 'given-up'
/** What somebody does in a shift: takes calls, leads it (值班长), leads them all (总值班长). */
export type ShiftDuty = 'agent' | 'shift-lead' | 'chief'
/** Who is at hand for the day from elsewhere: 电信值班, 热线办值班. */
export type DayDuty = 'carrier' | 'hotline-office'
/** A shift's calls in numbers: those that came into a queue, and the missed ones that still wait for a call-back. */
export interface HandoverFigures {
  readonly offered: number
  readonly answered: number
  readonly abandoned: number
  readonly missedOpen: number
}
/** 部门, 应急, 其他. */
export type DirectoryKind = 'department' | 'emergency' | 'other'
export type RecordingState = 'waiting' | 'encoded' | 'kept' | 'missing'

/**
 * The tables, as the migrations leave them; `tests/database/schema.test.ts` holds the two against each other.
 * `Generated` marks what an insert may leave to the database. bigint is read as a number: no count of ours
 * comes near 2^53.
 */
export interface Database {
  staff: StaffTable
  sessions: SessionsTable
  sign_in_failures: SignInFailuresTable
  skills: SkillsTable
  staff_skills: StaffSkillsTable
  queues: QueuesTable
  lines: LinesTable
  blocked_numbers: BlockedNumbersTable
  seats: SeatsTable
  seat_credentials: SeatCredentialsTable
  not_ready_reasons: NotReadyReasonsTable
  seat_changes: SeatChangesTable
  calls: CallsTable
  call_notes: CallNotesTable
  call_ratings: CallRatingsTable
  screen_pops: ScreenPopsTable
  missed_calls: MissedCallsTable
  order_types: OrderTypesTable
  categories: CategoriesTable
  work_orders: WorkOrdersTable
  order_assignments: OrderAssignmentsTable
  order_search: OrderSearchTable
  life_tables: LifeTablesTable
  order_texts: OrderTextsTable
  order_links: OrderLinksTable
  idempotency_keys: IdempotencyKeysTable
  answers_owed: AnswersOwedTable
  leader_days: LeaderDaysTable
  leader_day_assistants: LeaderDayAssistantsTable
  leader_day_items: LeaderDayItemsTable
  areas: AreasTable
  units: UnitsTable
  unit_contacts: UnitContactsTable
  duty_rules: DutyRulesTable
  category_words: CategoryWordsTable
  priority_words: PriorityWordsTable
  dispatch_words: DispatchWordsTable
  dispatch_counts: DispatchCountsTable
  citizens: CitizensTable
  citizen_numbers: CitizenNumbersTable
  citizen_changes: CitizenChangesTable
  identity_looks: IdentityLooksTable
  attachments: AttachmentsTable
  exports: ExportsTable
  webhooks: WebhooksTable
  webhook_changes: WebhookChangesTable
  webhook_events: WebhookEventsTable
  webhook_deliveries: WebhookDeliveriesTable
  roles: RolesTable
  role_grants: RoleGrantsTable
  approvals: ApprovalsTable
  recordings: RecordingsTable
  fact_positions: FactPositionsTable
  unwritten_facts: UnwrittenFactsTable
  supervision_acts: SupervisionActsTable
  shifts: ShiftsTable
  roster_entries: RosterEntriesTable
  day_duties: DayDutiesTable
  handovers: HandoversTable
  handover_matters: HandoverMattersTable
  handover_addenda: HandoverAddendaTable
  handover_signatures: HandoverSignaturesTable
  alarm_limits: AlarmLimitsTable
  alarms: AlarmsTable
  announcements: AnnouncementsTable
  announcement_reads: AnnouncementReadsTable
  config_changes: ConfigChangesTable
  calendar_days: CalendarDaysTable
  directory_entries: DirectoryEntriesTable
  ivr_trees: IvrTreesTable
  ivr_versions: IvrVersionsTable
  ivr_lines: IvrLinesTable
  ivr_recordings: IvrRecordingsTable
  order_trail: OrderTrailTable
  audit_log: AuditLogTable
  trail_heads: TrailHeadsTable
  trail_anchors: TrailAnchorsTable
  notices: NoticesTable
  notice_reads: NoticeReadsTable
  clock_limits: ClockLimitsTable
  order_clocks: OrderClocksTable
  clock_marks: ClockMarksTable
  clock_reckoning: ClockReckoningTable
  carrier_bindings: CarrierBindingsTable
  carrier_numbers: CarrierNumbersTable
  carrier_events: CarrierEventsTable
  carrier_calls: CarrierCallsTable
  mask_carriers: MaskCarriersTable
  mask_terms: MaskTermsTable
  number_pools: NumberPoolsTable
  short_numbers: ShortNumbersTable
  bindings: BindingsTable
  binding_calls: BindingCallsTable
}

export interface StaffTable {
  id: StaffId
  login: string
  name: string
  password_hash: string
  role: Role
  agent_number: AgentNumber | null
  active: Generated<boolean>
  created_at: Generated<Date>
  closed_at: Date | null
  /** Who this is to the single sign-on. */
  oidc_subject: string | null
}

export interface SessionsTable {
  token_hash: Buffer
  staff_id: StaffId
  created_at: Generated<Date>
  expires_at: Date
  id: Generated<string>
  address: string | null
  device: string | null
}

export interface SignInFailuresTable {
  login: string
  at: Generated<Date>
  address: Generated<string>
}

export interface SkillsTable {
  id: SkillId
  name_zh: string
  name_en: string
}

export interface StaffSkillsTable {
  staff_id: StaffId
  skill_id: SkillId
  level: number
}

export interface QueuesTable {
  id: QueueId
  name_zh: string
  name_en: string
  strategy: Generated<Strategy>
  needs: GeneratedJson<readonly SkillNeed[]>
  priority: Generated<number>
  ageing_per_minute: Generated<number>
  steps: GeneratedJson<readonly EscalationStep[]>
  most_waiting: number | null
  announce_every_ms: number | null
  call_back: Json<CallBackPlan> | null
  when_unstaffed: Generated<'wait' | 'turn-away'>
  version: Generated<number>
}

export interface LinesTable {
  number: LineNumber
  name: string
  merge_mode: MergeMode
  queue_id: QueueId
  greets: Generated<boolean>
  active: Generated<boolean>
  hours: Json<readonly OpeningHours[]> | null
  version: Generated<number>
}

export interface BlockedNumbersTable {
  id: string
  number: string
  reason: string
  created_by: StaffId
  approved_by: StaffId
  created_at: Generated<Date>
  expires_at: Date
}

export interface SeatsTable {
  number: SeatNumber
}

export interface SeatCredentialsTable {
  seat: SeatNumber
  phone: PhoneKind
  username: string
  password: string
}

export interface NotReadyReasonsTable {
  code: string
  name_zh: string
  name_en: string
  position: number
  choosable: Generated<boolean>
}

export interface SeatChangesTable {
  id: Generated<number>
  seat: SeatNumber
  at: Date
  staff_id: StaffId | null
  state: SeatStateName
  reason: string | null
  call_id: CallId | null
}

export interface CallsTable {
  id: CallId
  direction: Generated<CallDirection>
  call_back_of: CallId | null
  missed_call: number | null
  leg: LegId | null
  caller_number: string
  dialled: string
  line_number: LineNumber | null
  line_name: string | null
  queue_id: QueueId | null
  arrived_at: Date
  queued_at: Date | null
  answered_at: Date | null
  bridged_at: Date | null
  ended_at: Date | null
  talk_ms: number | null
  seat: SeatNumber | null
  staff_id: StaffId | null
  offers: Generated<number>
  result: CallResult | null
  reason: string | null
  ended_by: Party | null
}

export interface CallNotesTable {
  call_id: CallId
  position: number
  at: Date
  kind: string
  detail: Generated<Json<Record<string, unknown>>>
}

export interface CallRatingsTable {
  call_id: CallId
  grade: Grade
  seat: SeatNumber
  staff_id: StaffId
  at: Date
}

export interface ScreenPopsTable {
  id: Generated<number>
  call_id: CallId
  attempt: number
  seat: SeatNumber
  staff_id: StaffId
  payload: Json
  stored_at: Generated<Date>
  acknowledged_at: Date | null
}

export interface MissedCallsTable {
  id: Generated<number>
  caller_number: string
  line_number: LineNumber | null
  first_at: Date
  last_at: Date
  times: Generated<number>
  last_call_id: CallId
  state: Generated<MissedCallState>
  claimed_by: StaffId | null
  claimed_at: Date | null
  closed_by: StaffId | null
  closed_at: Date | null
  note: Generated<string>
}

export interface OrderTypesTable {
  code: string
  name_zh: string
  name_en: string
  position: number
}

export interface CategoriesTable {
  code: string
  parent_code: string | null
  name_zh: string
  position: number
}

export interface WorkOrdersTable {
  id: WorkOrderId
  number: string
  call_id: CallId | null
  status: OrderStatus
  caller_number: string
  line_number: LineNumber | null
  type_code: string | null
  category_code: string | null
  title: Generated<string>
  text: Generated<string>
  place: Generated<string>
  secret: Generated<boolean>
  opened_by: StaffId
  opened_at: Date
  saved_at: Date | null
  version: Generated<number>
  /** Written by the state machine alone; null: an order from before it, or a draft that nobody has touched. */
  life: Json<Order> | null
  priority: Generated<Priority>
  origin: Generated<OrderOrigin>
  subject_kind: Generated<'person' | 'enterprise' | 'anonymous'>
  citizen_id: CitizenId | null
  area_code: AreaCode | null
  longitude: number | null
  latitude: number | null
  hot_topic: Generated<boolean>
  campaign: string | null
  lead_unit: UnitId | null
  supervision: Generated<SupervisionLevel>
  reworks: Generated<number>
  closing: Closing | null
  grade: CaseGrade | null
  closed_at: Date | null
  merged_into: WorkOrderId | null
  due_at: Date | null
}

export interface OrderAssignmentsTable {
  order_id: WorkOrderId
  unit_id: UnitId
  role: 'lead' | 'co'
  state: AssignmentState
  from_unit: UnitId | null
  person: string | null
  assigned_at: Date
  signed_at: Date | null
  contacted_at: Date | null
  answered_at: Date | null
  /** This and the next two as the order has them: kept by triggers. */
  opened_at: Generated<Date>
  due_at: Date | null
  open: Generated<boolean>
}

/** Kept by triggers of work_orders and order_assignments; nothing else writes it. */
export interface OrderSearchTable {
  order_id: WorkOrderId
  opened_at: Date
  body: string
  tags: string[]
  period: number
}

export interface LifeTablesTable {
  version: number
  body: Json<LifeTable>
  why: Generated<string>
  published_by: StaffId | null
  published_at: Generated<Date>
}

export interface OrderTextsTable {
  order_id: WorkOrderId
  seq: number
  field: string
  text: string
}

export interface IdempotencyKeysTable {
  staff_id: StaffId
  key: string
  digest: Buffer
  at: Generated<Date>
}

export interface OrderLinksTable {
  order_id: WorkOrderId
  other_id: WorkOrderId
  kind: 'part' | 'repeat' | 'near'
  linked_by: StaffId
  linked_at: Generated<Date>
}

export interface AnswersOwedTable {
  id: Generated<number>
  order_id: WorkOrderId
  into_id: WorkOrderId
  citizen_id: CitizenId | null
  closing: Closing
  closed_at: Date
  told_at: Date | null
  told_by: StaffId | null
  note: string | null
}

export interface LeaderDaysTable {
  id: string
  /** YYYY-MM-DD. */
  day: string
  unit_id: UnitId
  leader: string
  staff_id: StaffId | null
  quota: Generated<number>
  prepared_at: Date | null
  signed_in_at: Date | null
  read_handovers_at: Date | null
  reviewed_orders_at: Date | null
  version: Generated<number>
}

export interface LeaderDayAssistantsTable {
  day_id: string
  staff_id: StaffId
}

/** 督办, 逾期, 重办, 重复诉求. */
export type LeaderDayReason = 'supervised' | 'overdue' | 'reworked' | 'repeated'

export interface LeaderDayItemsTable {
  day_id: string
  order_id: WorkOrderId
  position: number
  reasons: Generated<LeaderDayReason[]>
  misses: Generated<number>
  result: 'missed' | 'reached' | 'rated' | null
  grade: CaseGrade | null
  solved: boolean | null
  done_at: Date | null
  done_by: StaffId | null
}

export interface AreasTable {
  code: AreaCode
  parent_code: AreaCode | null
  name_zh: string
  aliases: Generated<string[]>
}

export interface UnitsTable {
  id: UnitId
  parent_id: UnitId | null
  path: UnitId[]
  name_zh: string
  aliases: Generated<string[]>
  kind: UnitKind
  area_code: AreaCode | null
  phones: Generated<string[]>
  duty_hours: Json<readonly OpeningHours[]> | null
  takes_orders: Generated<boolean>
  closed_at: Date | null
  version: Generated<number>
}

export interface UnitContactsTable {
  id: string
  unit_id: UnitId
  duty: UnitDuty
  name: string
  phone: string | null
  staff_id: StaffId | null
  field: string | null
  hours: Json<readonly OpeningHours[]> | null
  position: Generated<number>
}

export interface DutyRulesTable {
  id: string
  position: number
  category_prefix: string | null
  area_code: AreaCode | null
  hours: Json<readonly OpeningHours[]> | null
  any_words: Generated<string[]>
  all_words: Generated<string[]>
  no_words: Generated<string[]>
  lead: string
  co_units: Generated<string[]>
  person_name: string | null
  person_duty: UnitDuty | null
  person_field: string | null
  priority: Exclude<Priority, 'P0'> | null
  note: Generated<string>
  version: Generated<number>
}

export interface CategoryWordsTable {
  category_code: string
  word: string
}

export interface PriorityWordsTable {
  word: string
  priority: Exclude<Priority, 'P3'>
  emergency: '110' | '119' | '120' | '122' | null
}

export interface DispatchWordsTable {
  id: Generated<boolean>
  version: Generated<number>
}

export interface DispatchCountsTable {
  category_code: string
  area_code: AreaCode
  /** YYYY-MM. */
  month: string
  unit_id: UnitId
  dispatched: number
}

export interface CitizensTable {
  id: CitizenId
  kind: Generated<'person' | 'enterprise'>
  name: Generated<string>
  address: Generated<string>
  tags: Generated<string[]>
  remark: Generated<string>
  merged_into: CitizenId | null
  created_at: Generated<Date>
  version: Generated<number>
}

export interface CitizenNumbersTable {
  number: string
  citizen_id: CitizenId
}

export interface CitizenChangesTable {
  id: Generated<number>
  citizen_id: CitizenId
  at: Generated<Date>
  by_staff: StaffId
  change: 'edited' | 'merged'
  before: Json<Record<string, unknown>>
  after: Json<Record<string, unknown>>
}

export interface IdentityLooksTable {
  id: Generated<number>
  order_id: WorkOrderId
  staff_id: StaffId
  reason: string
  at: Generated<Date>
}

export interface AttachmentsTable {
  id: string
  order_id: WorkOrderId
  sha256: string
  placeless_sha256: string
  bytes: number
  type: string
  name: string
  added_by: StaffId
  added_at: Generated<Date>
  withdrawn_at: Date | null
  withdrawn_by: StaffId | null
  withdrawn_reason: string | null
}

export interface ExportsTable {
  id: Generated<number>
  at: Generated<Date>
  by_staff: StaffId
  list: string
  format: 'csv' | 'xlsx'
  filter: Json<Record<string, unknown>>
  columns: string[]
  rows: Generated<number>
  complete: Generated<boolean>
}

export interface WebhooksTable {
  id: string
  url: string
  /** Null once it is removed. */
  secret: string | null
  events: Generated<string[]>
  active: Generated<boolean>
  note: Generated<string>
  created_at: Generated<Date>
  version: Generated<number>
  removed_at: Date | null
}

export interface WebhookChangesTable {
  id: Generated<number>
  webhook_id: string
  at: Generated<Date>
  by_staff: StaffId
  before: Json<Record<string, unknown>> | null
  after: Json<Record<string, unknown>> | null
}

export interface WebhookEventsTable {
  id: string
  type: string
  at: Generated<Date>
  body: string
}

export interface WebhookDeliveriesTable {
  event_id: string
  webhook_id: string
  state: Generated<'waiting' | 'delivered' | 'given-up'>
  attempts: Generated<number>
  at: Generated<Date>
  status: number | null
  problem: string | null
}

export interface RolesTable {
  code: string
  name_zh: string
  name_en: string
  rights: Right[]
  over_unit: boolean
  position: Generated<number>
  version: Generated<number>
}

export interface RoleGrantsTable {
  staff_id: StaffId
  role_code: string
  unit_id: UnitId | null
  granted_at: Generated<Date>
}

export interface ApprovalsTable {
  id: Generated<number>
  kind: ApprovalKind
  staff_id: StaffId
  payload: Json<ApprovalPayload>
  why: string
  asked_by: StaffId
  asked_at: Generated<Date>
  decision: 'agreed' | 'refused' | 'withdrawn' | null
  decided_by: StaffId | null
  decided_at: Date | null
}

export interface RecordingsTable {
  call_id: CallId
  raw_name: string
  state: RecordingState
  file_name: string | null
  sha256: string | null
  bytes: number | null
  duration_ms: number | null
  talk_ms: number
  length_differs: Generated<boolean>
  problem: string | null
  updated_at: Generated<Date>
}

export interface FactPositionsTable {
  journal: string
  sequence: number
}

export interface UnwrittenFactsTable {
  journal: string
  sequence: number
  facts: string
  problem: string
  at: Generated<Date>
}

export interface SupervisionActsTable {
  id: Generated<number>
  at: Generated<Date>
  by_staff: StaffId
  act: SupervisionAct
  seat: SeatNumber | null
  subject_staff: StaffId | null
  call_id: CallId | null
  reason: string | null
  note: string
  refusal: string | null
  queue: QueueId | null
  points: number | null
}

export interface ShiftsTable {
  id: ShiftId
  name_zh: string
  name_en: string
  starts_at: string
  ends_at: string
  version: Generated<number>
}

export interface RosterEntriesTable {
  id: Generated<number>
  staff_id: StaffId
  day: string
  shift_id: ShiftId
  duty: ShiftDuty
  starts_at: Date
  ends_at: Date
  planned_by: StaffId | null
  planned_at: Generated<Date>
}

export interface DayDutiesTable {
  day: string
  duty: DayDuty
  name: string
  phone: Generated<string>
}

export interface HandoversTable {
  id: Generated<number>
  day: string
  shift_id: ShiftId
  starts_at: Date
  ends_at: Date
  figures: Json<HandoverFigures> | null
  cases: Generated<string>
  changes: Generated<string>
  equipment: Generated<string>
  note: Generated<string>
  written_by: StaffId
  created_at: Generated<Date>
  published_at: Date | null
  version: Generated<number>
}

export interface HandoverMattersTable {
  id: Generated<number>
  handover_id: number
  text: string
  done_at: Date | null
  done_by: StaffId | null
}

export interface HandoverAddendaTable {
  id: Generated<number>
  handover_id: number
  at: Generated<Date>
  by_staff: StaffId
  text: string
}

export interface HandoverSignaturesTable {
  handover_id: number
  staff_id: StaffId
  at: Generated<Date>
}

export interface AlarmLimitsTable {
  id: Generated<number>
  kind: AlarmKind
  queue_id: QueueId | null
  reason: string | null
  notice: number | null
  warning: number | null
  serious: number | null
  least_calls: number | null
  active: Generated<boolean>
  version: Generated<number>
}

export interface AlarmsTable {
  id: string
  kind: AlarmKind
  level: AlarmLevel
  queue_id: QueueId | null
  seat: SeatNumber | null
  staff_id: StaffId | null
  call_id: CallId | null
  reason: string | null
  began_at: Date | null
  raised_at: Date
  cleared_at: Date | null
  threshold: number
  peak: number
  acknowledged_at: Date | null
  acknowledged_by: StaffId | null
  note: Generated<string>
}

export interface AnnouncementsTable {
  id: Generated<number>
  at: Generated<Date>
  by_staff: StaffId
  text: string
  queue_id: QueueId | null
  seat: SeatNumber | null
  until: Date | null
  must_acknowledge: boolean
  withdrawn_at: Date | null
  withdrawn_by: StaffId | null
}

export interface AnnouncementReadsTable {
  announcement_id: number
  staff_id: StaffId
  seat: SeatNumber | null
  at: Generated<Date>
}

export interface CalendarDaysTable {
  day: string
  works: boolean
  name: string
}

export interface ConfigChangesTable {
  id: Generated<number>
  at: Generated<Date>
  by_staff: StaffId
  subject: ConfigSubject
  key: string
  before: Json<Record<string, unknown>> | null
  after: Json<Record<string, unknown>> | null
}
export interface DirectoryEntriesTable {
  id: string
  name: string
  kind: DirectoryKind
  number: string | null
  queue_id: QueueId | null
  line_number: LineNumber | null
  duty_hours: Generated<string>
  active: Generated<boolean>
  version: Generated<number>
}

export interface IvrTreesTable {
  id: string
  name: string
  draft: Json
  version: Generated<number>
  saved_by: StaffId
  saved_at: Generated<Date>
}

export interface IvrVersionsTable {
  tree_id: string
  version: number
  name: string
  drawing: Json
  tree: Json<IvrTree>
  note: string
  published_by: StaffId
  published_at: Generated<Date>
}

export interface IvrLinesTable {
  line_number: LineNumber
  tree_id: string
  version: number
  set_by: StaffId
  set_at: Generated<Date>
}

export interface IvrRecordingsTable {
  id: string
  name: string
  duration_ms: number
  uploaded_by: StaffId
  uploaded_at: Generated<Date>
}

/** What a chain of the audit log is about. */
export type AuditSubject = 'staff' | 'roles' | 'exports' | 'identity'

export interface OrderTrailTable {
  order_id: WorkOrderId
  seq: number
  at: Date
  day: string
  actor_kind: 'staff' | 'service'
  staff_id: StaffId | null
  actor_name: string
  act: string
  from_status: OrderStatus | null
  to_status: OrderStatus | null
  why: string
  detail: Json<Record<string, unknown>>
  prev_hash: Buffer | null
  hash: Buffer
}

export interface AuditLogTable {
  subject: AuditSubject
  seq: number
  at: Date
  day: string
  actor_kind: 'staff' | 'service'
  staff_id: StaffId | null
  actor_name: string
  act: string
  key: string
  why: string
  detail: Json<Record<string, unknown>>
  prev_hash: Buffer | null
  hash: Buffer
}

export interface TrailHeadsTable {
  day: string
  book: 'audit' | 'orders'
  chain: string
  seq: number
  hash: Buffer
}

export interface TrailAnchorsTable {
  day: string
  heads: number
  digest: Buffer
  prev_digest: Buffer | null
  at: Date
}

export interface NoticesTable {
  id: Generated<number>
  order_id: WorkOrderId | null
  to_staff: StaffId | null
  to_unit: UnitId | null
  kind: NoticeKind
  detail: GeneratedJson<Record<string, unknown>>
  at: Generated<Date>
}

export interface NoticeReadsTable {
  staff_id: StaffId
  notice_id: number
  at: Generated<Date>
}

export interface ClockLimitsTable {
  version: number
  limits: Json<ClockLimits>
  why: Generated<string>
  published_by: StaffId | null
  at: Generated<Date>
}

export interface OrderClocksTable {
  order_id: WorkOrderId
  kind: ClockKind
  unit_id: UnitId | null
  started_at: Date
  due_at: Date | null
  stopped_at: Date | null
  paused: Generated<boolean>
  clock: Json<Clock> | null
  next_stage: ClockStage | null
  next_at: Date | null
}

export interface ClockMarksTable {
  order_id: WorkOrderId
  kind: ClockKind
  unit_id: UnitId | null
  started_at: Date
  stage: ClockStage
  at: Date
  marked_at: Generated<Date>
}

export interface ClockReckoningTable {
  id: Generated<boolean>
  digest: string
}

export interface CarrierBindingsTable {
  key: BindingId
  provider: string
  state: Generated<'binding' | 'bound' | 'ending' | 'gone' | 'failed'>
  citizen: string | null
  unit: string | null
  direction: MaskDirection
  records: boolean
  valid_until: Date
  number: string | null
  subs_id: string | null
  told_until: Date | null
  told_unit: string | null
  unsure: Generated<boolean>
  attempts: Generated<number>
  next_at: Date | null
  taken_until: Date | null
  problem: string | null
  created_at: Generated<Date>
}

export interface CarrierNumbersTable {
  number: string
  provider: string
  active: Generated<boolean>
  held_by: BindingId | null
  free_from: Generated<Date>
  checked_at: Generated<Date>
}

export interface CarrierEventsTable {
  provider: string
  id: string
  kind: 'begun' | 'ringing' | 'answered' | 'ended' | 'recording-ready'
  binding_key: BindingId | null
  received_at: Generated<Date>
}

export interface CarrierCallsTable {
  provider: string
  call_id: string
  binding_key: BindingId
  from_side: MaskSide | null
  begun_at: Date | null
  ringing_at: Date | null
  answered_at: Date | null
  ended_at: Date | null
  cause: number | null
  recording_at: Date | null
}

export interface MaskCarriersTable {
  provider: string
  active: Generated<boolean>
  low_at: number
  told_state: Generated<PoolState>
}

/** What becomes of a call through a short number. */
export type MaskedCallResult = 'running' | 'talked' | 'not-reached' | 'gave-up' | 'refused'

export interface MaskTermsTable {
  only_one: Generated<boolean>
  grace_hours: Generated<number>
  most_days: Generated<number>
  calls_a_day: Generated<number>
  talk_minutes: Generated<number>
  records: Generated<boolean>
}

export interface NumberPoolsTable {
  id: string
  name: string
  use: PoolUse
  first_number: string
  last_number: string
  rest_hours: number
  low_at: number
  active: Generated<boolean>
  told_state: Generated<PoolState>
  version: Generated<number>
}

export interface ShortNumbersTable {
  number: ShortNumber
  pool_id: string
  free_from: Generated<Date>
}

export interface BindingsTable {
  id: BindingId
  order_id: WorkOrderId
  unit_id: UnitId
  use: PoolUse
  short_number: ShortNumber | null
  pool_id: string | null
  direction: MaskDirection
  most_calls_a_day: number
  most_talk_minutes: number
  records: boolean
  pin_digest: Buffer | null
  made_by: StaffId | null
  valid_from: Date
  valid_until: Date | null
  ended_at: Date | null
  end_reason: EndReason | null
  rests_until: Date | null
  version: Generated<number>
  changed_at: Generated<Date>
}

export interface BindingCallsTable {
  call_id: CallId
  binding_id: BindingId
  order_id: WorkOrderId
  from_side: MaskSide | null
  staff_id: StaffId | null
  at: Date
  connected_at: Date | null
  ended_at: Date | null
  talk_ms: number | null
  result: MaskedCallResult
  reason: string | null
}
