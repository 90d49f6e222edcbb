import { STATISTICS } from './rules.ts'
import type { Formula } from './schema.ts'

const { answerWithinS, answerRateTarget, shortAbandonS } = STATISTICS
const TARGET = answerRateTarget * 100
const GB = 'GB/T 33358-2016'

/**
 * What each figure means, shown beside it. A change of meaning is a new version: figures printed under the old
 * one stay what they were. A call belongs to the interval in which it first stood in its queue, whenever it was
 * answered or over; a seat's time belongs to the interval in which it passed.
 */
export const QUEUE_FORMULAS: readonly Formula[] = [
  {
    id: 'offered',
    version: 1,
    nameZh: '呈现量',
    nameEn: 'Offered',
    formulaZh: '时段内进入队列的来话 = 接听 + 放弃 + 故障中断 + 仍在等待',
    formulaEn: 'calls that entered a queue in the interval = answered + abandoned + failed + waiting',
    source: '本系统',
  },
  {
    id: 'abandoned',
    version: 1,
    nameZh: '放弃',
    nameEn: 'Abandoned',
    formulaZh: '进入队列后、接听前由来电人挂机的来话，含短时放弃',
    formulaEn: 'the caller hung up after entering the queue and before an answer; short abandons included',
    source: '本系统',
  },
  {
    id: 'short-abandoned',
    version: 1,
    nameZh: '短时放弃',
    nameEn: 'Short abandons',
    formulaZh: `进入队列后不足 ${shortAbandonS} 秒即挂机的来话，计入放弃`,
    formulaEn: `abandoned less than ${shortAbandonS} s after entering the queue; counted among the abandoned`,
    source: '本系统',
  },
  {
    id: 'overflowed',
    version: 1,
    nameZh: '溢出',
    nameEn: 'Overflowed',
    formulaZh: '等待到规定时限、由溢出步骤转离首个队列的来话；计入首个队列，其后是否接听不论',
    formulaEn:
      'left the first queue by a step of overflow, answered later or not; counted in the first queue',
    source: '本系统',
  },
  {
    id: 'timed-out',
    version: 1,
    nameZh: '排队超时',
    nameEn: 'Timed out',
    formulaZh: '未获接听、且等待不短于首个队列现行最长步骤时限的来话；无步骤的队列不计。计入放弃或故障中断',
    formulaEn:
      'ended unanswered after at least the longest step that the first queue has now; none where it has no steps. Among the abandoned or failed',
    source: '本系统',
  },
  {
    id: 'turned-away',
    version: 1,
    nameZh: '队满婉拒',
    nameEn: 'Turned away',
    formulaZh: '队列已满、告知全忙后挂断的来话；计入故障中断',
    formulaEn: 'told that all lines are busy because the queue was full; among the failed',
    source: '本系统',
  },
  {
    id: 'failed',
    version: 1,
    nameZh: '故障中断',
    nameEn: 'Failed',
    formulaZh: '非因来电人而在接听前结束的来话，含队满婉拒',
    formulaEn: "ended before an answer through no doing of the caller's; those turned away included",
    source: '本系统',
  },
  {
    id: 'service-level',
    version: 1,
    nameZh: `服务水平 ${TARGET}/${answerWithinS}`,
    nameEn: `Service level ${TARGET}/${answerWithinS}`,
    formulaZh: `${answerWithinS} 秒内接听 ÷（接听 + 放弃 − 短时放弃）`,
    formulaEn: `answered within ${answerWithinS} s ÷ (answered + abandoned − short abandons)`,
    source: `${GB}（${answerWithinS} 秒内应答）`,
  },
  {
    id: 'answer-rate',
    version: 1,
    nameZh: '接通率',
    nameEn: 'Answer rate',
    formulaZh: '接听 ÷ 呈现量',
    formulaEn: 'answered ÷ offered',
    source: `${GB}（任意连续 24 小时不低于 ${TARGET}%）`,
  },
  {
    id: 'answer-rate-without-short',
    version: 1,
    nameZh: '接通率（不计短时放弃）',
    nameEn: 'Answer rate without short abandons',
    formulaZh: '接听 ÷（呈现量 − 短时放弃）',
    formulaEn: 'answered ÷ (offered − short abandons)',
    source: '本系统',
  },
]

/** Added where the rows are skills. */
export const SKILL_FORMULAS: readonly Formula[] = [
  {
    id: 'by-skill',
    version: 1,
    nameZh: '按技能',
    nameEn: 'By skill',
    formulaZh:
      '来话计入其首个队列现行所需的每一项技能；队列不需技能的计入“无技能要求”。需多项技能的来话计入多行，合计仍只计一次',
    formulaEn:
      'a call stands under every skill that its first queue needs now, or under none; the total counts each call once',
    source: '本系统',
  },
]

export const ANSWERED_FORMULAS: readonly Formula[] = [
  {
    id: 'answered',
    version: 1,
    nameZh: '接听',
    nameEn: 'Answered',
    formulaZh: '由座席摘机的来话，计入其进入队列的时段',
    formulaEn: 'a seat picked up; counted in the interval in which the call entered its queue',
    source: '本系统',
  },
  {
    id: 'asa',
    version: 1,
    nameZh: '平均应答时长',
    nameEn: 'ASA',
    formulaZh: '已接听来话自首次进入队列至接听的时长之和 ÷ 接听',
    formulaEn: 'time from first entering the queue to the answer, summed ÷ answered',
    source: '本系统',
  },
  {
    id: 'aht',
    version: 2,
    nameZh: '平均处理时长',
    nameEn: 'AHT',
    formulaZh: '（报工号 + 通话 + 保持 + 话后整理）÷ 已结束的接听来话；话务员保持来电人的时长不计入通话',
    formulaEn:
      '(announcement + talk + hold + wrap-up) ÷ answered calls that are over; talk leaves out the time the agent held the caller',
    source: '本系统',
  },
]

export const OCCUPANCY: Formula = {
  id: 'occupancy',
  version: 1,
  nameZh: '占用率',
  nameEn: 'Occupancy',
  formulaZh: '（通话 + 话后整理）÷（就绪、预占、振铃、释放 + 通话 + 话后整理），示忙不计',
  formulaEn:
    '(talking + wrap-up) ÷ (ready, reserved, ringing, releasing + talking + wrap-up); not ready is left out',
  source: '本系统',
}

export const AGENT_FORMULAS: readonly Formula[] = [
  {
    id: 'offered-to-agent',
    version: 1,
    nameZh: '分配量',
    nameEn: 'Offered to the agent',
    formulaZh: '分配给该话务员的来话（同一来话计一次），按来话进入队列的时段计',
    formulaEn: 'calls offered to the agent, each once, by the interval in which the call entered its queue',
    source: '本系统',
  },
  OCCUPANCY,
]
