import type { CaseGrade, Closing, OrderStatus } from '../../cases/life/order.ts'
import type { OrderCitizen } from '../citizens/index.ts'
import type { TableColumn } from '../exports/index.ts'
import type { OrderLine } from './schema.ts'

export interface ExportedOrder {
  readonly line: OrderLine
  /** As the reader may see them: masked behind a secret order or a report. */
  readonly citizen: OrderCitizen
}

type NamesByCode = ReadonlyMap<string, string>

/** What the codes of a line are called. */
export interface Names {
  readonly types: NamesByCode
  readonly categories: NamesByCode
  readonly areas: NamesByCode
  readonly units: NamesByCode
}

const STATUSES: Readonly<Record<OrderStatus, string>> = {
  draft: '草稿',
  'to-dispatch': '待派单',
  'to-sign': '待签收',
  'in-hand': '办理中',
  'to-review': '待审核',
  'to-call-back': '待回访',
  closed: '已办结',
  archived: '已归档',
  emergency: '已转紧急',
  void: '已作废',
  merged: '已合并',
}

const CLOSINGS: Readonly<Record<Closing, string>> = {
  solved: '解决',
  'not-solved': '未解决但已答复',
  answered: '即时答复',
  'legal-route': '告知法定途径',
  unreachable: '无法联系',
}

const GRADES: Readonly<Record<CaseGrade, string>> = {
  'very-good': '非常满意',
  good: '满意',
  fair: '基本满意',
  bad: '不满意',
  'very-bad': '非常不满意',
}

const LEVELS = ['', '催办', '督办', '黑榜/通报', '问责', '移送纪委监委']

/** In Chinese: a file is read by whoever it is handed to. */
export function columnsOf(names: Names): readonly TableColumn<ExportedOrder>[] {
  return [
    { key: 'number', heading: '工单编号', value: ({ line }) => line.number },
    { key: 'status', heading: '状态', value: ({ line }) => STATUSES[line.status] },
    { key: 'type', heading: '诉求类型', value: ({ line }) => named(names.types, line.typeCode) },
    { key: 'category', heading: '事项分类', value: ({ line }) => named(names.categories, line.categoryCode) },
    { key: 'priority', heading: '优先级', value: ({ line }) => line.priority },
    { key: 'title', heading: '标题', value: ({ line }) => line.title },
    { key: 'area', heading: '区域', value: ({ line }) => named(names.areas, line.areaCode) },
    { key: 'place', heading: '地点', value: ({ line }) => line.place },
    { key: 'secret', heading: '保密', value: ({ line }) => (line.secret ? '是' : '否') },
    { key: 'citizenName', heading: '诉求人', value: ({ citizen }) => citizen.name },
    { key: 'citizenNumber', heading: '诉求人电话', value: ({ citizen }) => citizen.number },
    { key: 'leadUnit', heading: '主办单位', value: ({ line }) => named(names.units, line.leadUnit) },
    { key: 'supervision', heading: '督办级别', value: ({ line }) => LEVELS[line.supervision] ?? null },
    { key: 'reworks', heading: '重办次数', value: ({ line }) => line.reworks },
    { key: 'campaign', heading: '专项', value: ({ line }) => line.campaign },
    { key: 'closing', heading: '办理结果', value: ({ line }) => line.closing && CLOSINGS[line.closing] },
    { key: 'grade', heading: '满意度', value: ({ line }) => line.grade && GRADES[line.grade] },
    { key: 'openedAt', heading: '受理时间', value: ({ line }) => new Date(line.openedAt) },
    { key: 'dueAt', heading: '到期时间', value: ({ line }) => dateOrNull(line.dueAt) },
    { key: 'closedAt', heading: '办结时间', value: ({ line }) => dateOrNull(line.closedAt) },
  ]
}

function named(names: NamesByCode, code: string | null): string | null {
  return code === null ? null : (names.get(code) ?? code)
}

function dateOrNull(at: string | null): Date | null {
  return at === null ? null : new Date(at)
}
