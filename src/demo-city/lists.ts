import type { MergeMode, Role } from '#database/types.ts'
import { asId, type LineNumber, type QueueId } from '#kernel/ids.ts'

/** 海棠市 is invented: its people, its lines' assignments, everything. */
export const QUEUE = { id: asId<QueueId>('general'), name_zh: '综合', name_en: 'General' } as const

const line = (number: string, name: string, merge_mode: MergeMode, greets = true) => ({
  number: asId<LineNumber>(number),
  name,
  merge_mode,
  queue_id: QUEUE.id,
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
]

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
