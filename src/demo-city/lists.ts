import type { MergeMode, Role } from '#database/types.ts'
import { asId, type LineNumber, type QueueId, type SkillId } from '#kernel/ids.ts'
import { SECOND_MS } from '#kernel/time.ts'
import type { EscalationStep } from '../floor/queues/index.ts'

/** 海棠市 is invented: its people, its lines' assignments, everything. */
export const SKILLS = [
  ['dialect', '海南话', 'Hainanese'],
  ['english', '英语', 'English'],
  ['enterprise', '涉企政策', 'Business policy'],
  ['utilities', '供水供电', 'Water and power'],
  ['duty', '局长值班', "Leader's duty"],
] as const

type Skill = (typeof SKILLS)[number][0]

const GENERAL = asId<QueueId>('general')
const after = (seconds: number) => seconds * SECOND_MS

/** Anyone of the hotline may help in the end: nobody waits for ever for the one who knows. */
function special(
  id: string,
  name_zh: string,
  name_en: string,
  skill: Skill,
  level: number,
  generalAfterS: number,
) {
  const steps: EscalationStep[] = [
    { afterMs: after(15), do: 'lower-levels', by: level - 1 },
    { afterMs: after(20), do: 'play', prompt: 'please-wait' },
    { afterMs: after(generalAfterS), do: 'add-queue', queue: GENERAL },
  ]
  const needs = [{ skill: asId<SkillId>(skill), level }]
  return { id: asId<QueueId>(id), name_zh, name_en, needs, priority: 0, steps }
}

const LEADER_STEPS: readonly EscalationStep[] = [
  { afterMs: after(20), do: 'play', prompt: 'please-wait' },
  { afterMs: after(45), do: 'overflow', queue: GENERAL },
]

/** The general queue needs nothing. */
export const QUEUES = [
  {
    id: GENERAL,
    name_zh: '综合',
    name_en: 'General',
    needs: [],
    priority: 0,
    steps: [{ afterMs: after(60), do: 'play', prompt: 'please-wait' }] satisfies EscalationStep[],
  },
  special('enterprise', '涉企', 'Enterprise', 'enterprise', 5, 45),
  special('foreign', '外语', 'Foreign language', 'english', 6, 60),
  special('dialect', '方言', 'Dialect', 'dialect', 6, 40),
  special('resident', '进驻席（供水供电）', 'Resident (water and power)', 'utilities', 5, 45),
  {
    id: asId<QueueId>('leader'),
    name_zh: '局长值班',
    name_en: "Leader's duty seat",
    needs: [{ skill: asId<SkillId>('duty'), level: 1 }],
    priority: 5,
    steps: LEADER_STEPS,
  },
]

/** By 工号; the first two, and who is not named, serve the general queue only. */
export const AGENT_SKILLS: Readonly<Record<string, Partial<Record<Skill, number>>>> = {
  1003: { english: 8 },
  1004: { dialect: 9 },
  1005: { enterprise: 8 },
  1006: { enterprise: 5, english: 4 },
  1007: { dialect: 5 },
  1009: { utilities: 8 },
  1010: { utilities: 5, enterprise: 3 },
  1012: { duty: 9 },
}

const line = (
  number: string,
  name: string,
  merge_mode: MergeMode,
  greets = true,
  queue: string = GENERAL,
) => ({
  number: asId<LineNumber>(number),
  name,
  merge_mode,
  queue_id: asId<QueueId>(queue),
  greets,
})

/** A double-run line (双号并行) is greeted by its own carrier already. */
export const LINES = [
  line('12345', '海棠市政务服务便民热线', 'merged'),
  line('12315', '市场监管', 'merged'),
  line('12319', '城建服务', 'merged'),
  line('12320', '卫生健康', 'parallel', false),
  line('12328', '交通运输', 'parallel', false),
  line('12329', '住房公积金', 'merged'),
  line('12333', '人力资源和社会保障', 'parallel', false),
  line('12348', '公共法律服务', 'sub-centre'),
  line('12358', '价格监督', 'merged'),
  line('12369', '生态环境', 'merged'),
  line('12367', '移民管理（外语）', 'parallel', false, 'foreign'),
  line('12381', '企业服务', 'merged', true, 'enterprise'),
  line('95598', '供水供电', 'sub-centre', false, 'resident'),
  line('123451', '方言专席', 'merged', true, 'dialect'),
  line('123459', '局长值班', 'merged', true, 'leader'),
]

/** How long some reasons may last, in minutes: warning, serious. */
export const REASON_LIMITS = [
  ['break', 15, 20],
  ['meal', 40, 50],
] as const

/** Those that the system sets by itself cannot be chosen. */
export const REASONS = [
  ['break', '小休', 'Break', true],
  ['meal', '就餐', 'Meal', true],
  ['training', '培训', 'Training', true],
  ['meeting', '会议', 'Meeting', true],
  ['signed-in', '已签入', 'Signed in', false],
  ['no-answer', '未应答', 'No answer', false],
  ['declined', '拒接', 'Declined', false],
  ['phone-lost', '话机离线', 'Phone lost', false],
] as const

export const ORDER_TYPES = [
  ['CONSULT', '咨询', 'Enquiry'],
  ['HELP', '求助', 'Request for help'],
  ['COMPLAINT', '投诉', 'Complaint'],
  ['REPORT', '举报', 'Report'],
  ['SUGGEST', '建议', 'Suggestion'],
  ['PRAISE', '表扬', 'Praise'],
  ['OTHER', '其他', 'Other'],
  ['INVALID', '无效', 'Invalid'],
] as const

/** Invented names, one for each agent from 工号 1001 on. */
export const AGENT_NAMES = [
  ...['林晓岚', '陈海生', '王若彤', '符永健', '李思源', '吴清荷'],
  ...['周子墨', '黄雅琴', '郑立群', '苏文静', '韩雨桐', '何志远'],
]

export const OTHER_STAFF: readonly (readonly [login: string, name: string, role: Role])[] = [
  ['lead', '许明珠', 'shift-lead'],
  ['quality', '高知行', 'quality'],
  ['admin', '管理员', 'admin'],
]

export const FIRST_AGENT_NUMBER = 1001
