import type { DayDuty, DirectoryKind, HandoverFigures, MergeMode, Role } from '#database/types.ts'
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
const place = (
  kind: DirectoryKind,
  name: string,
  duty_hours: string,
  to: { readonly number?: string; readonly queue?: string; readonly line?: string },
) => ({
  kind,
  name,
  duty_hours,
  number: to.number ?? null,
  queue_id: to.queue === undefined ? null : asId<QueueId>(to.queue),
  line_number: to.line === undefined ? null : asId<LineNumber>(to.line),
})

const OFFICE_HOURS = '周一至周五 8:30–12:00、14:30–17:30'
const ALWAYS = '24 小时'

/** Nobody's numbers: no exchange begins with 1. */
export const DIRECTORY = [
  place('emergency', '公安报警', ALWAYS, { number: '110' }),
  place('emergency', '火警', ALWAYS, { number: '119' }),
  place('emergency', '医疗急救', ALWAYS, { number: '120' }),
  place('emergency', '交通事故', ALWAYS, { number: '122' }),
  place('department', '市住房和城乡建设局', OFFICE_HOURS, { number: '089812340101' }),
  place('department', '市城市管理局', OFFICE_HOURS, { number: '089812340102' }),
  place('department', '市教育局', OFFICE_HOURS, { number: '089812340103' }),
  place('department', '市民政局', OFFICE_HOURS, { number: '089812340104' }),
  place('department', '市自然资源和规划局', OFFICE_HOURS, { number: '089812340105' }),
  place('department', '市水务局', OFFICE_HOURS, { number: '089812340106' }),
  place('department', '市医疗保障局', OFFICE_HOURS, { number: '089812340107' }),
  place('department', '市退役军人事务局', OFFICE_HOURS, { number: '089812340108' }),
  place('department', '市人力资源和社会保障局', OFFICE_HOURS, { line: '12333' }),
  place('department', '市卫生健康委员会', OFFICE_HOURS, { line: '12320' }),
  place('department', '供水供电进驻席', ALWAYS, { queue: 'resident' }),
  place('department', '涉企服务专席', OFFICE_HOURS, { queue: 'enterprise' }),
  place('other', '市疾控中心值班室', ALWAYS, { number: '089812340109' }),
]

/** Those that agents choose; what the system sets by itself is in every city's table. */
export const REASONS = [
  ['break', '小休', 'Break'],
  ['meal', '就餐', 'Meal'],
  ['training', '培训', 'Training'],
  ['meeting', '会议', 'Meeting'],
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

/** 总值班长. */
export const CHIEF = 'chief'

export const OTHER_STAFF: readonly (readonly [login: string, name: string, role: Role])[] = [
  ['lead', '许明珠', 'shift-lead'],
  ['lead2', '罗建国', 'shift-lead'],
  ['lead3', '云晓燕', 'shift-lead'],
  ['lead4', '冯志强', 'shift-lead'],
  [CHIEF, '唐静宜', 'shift-lead'],
  ['quality', '高知行', 'quality'],
  ['admin', '管理员', 'admin'],
]

export const FIRST_AGENT_NUMBER = 1001
/** Shift leads sit down too: they listen in from a seat of their own. */
export const FIRST_LEAD_NUMBER = 9001

/** The night begins before midnight and belongs to the day on which it begins. */
export const SHIFTS = [
  { id: 'early', nameZh: '早班', nameEn: 'Early', from: '07:30', to: '15:30' },
  { id: 'late', nameZh: '中班', nameEn: 'Late', from: '15:30', to: '23:30' },
  { id: 'night', nameZh: '夜班', nameEn: 'Night', from: '23:30', to: '07:30' },
] as const

/** 每日安排1名电信和1名热线办工作人员值班: they take turns. */
export const DUTY_PEOPLE: readonly (readonly [duty: DayDuty, names: readonly string[]])[] = [
  ['carrier', ['邢工（电信）', '麦工（电信）', '卓工（电信）']],
  ['hotline-office', ['蔡主任科员', '陆科长', '温副科长', '邱科员']],
]

export const HANDOVER = {
  figures: { offered: 486, answered: 471, abandoned: 15, missedOpen: 4 } satisfies HandoverFigures,
  cases:
    '1. 18:40 起明珠区海秀东路一带集中反映停水，共 27 件，已并入督办件，供水公司答复 23:00 前恢复。\n' +
    '2. 20:15 一名来电人情绪激动、称要轻生，已三方转接 110，后续由区联动中心跟进。',
  changes: '知识库“离岛免税提货方式”今日更新，旧口径停用；公积金异地贷款材料以新指南为准。',
  equipment: '1108 席耳麦左声道无声，已换备用；其余设备正常。',
  note: '晚高峰 19:00–20:00 排队较长，曾启用值班长专席支援。请夜班留意供水恢复后的回访。',
  matters: [
    '回访海秀东路停水来电人（27 件）',
    '1108 席耳麦报修，联系后勤更换',
    '12328 转接成功率偏低，请电信值班查中继',
  ],
  addendum: '供水公司 23:20 来电：海秀东路已恢复供水。',
} as const

export const HANDOVER_DRAFT = {
  cases: '本班来电以社保缴费咨询和噪声扰民投诉为主，无重大事项。',
  changes: '无系统故障；“灵活就业人员参保”口径有补充，见知识库置顶。',
  equipment: '设备正常。',
  note: '',
} as const
