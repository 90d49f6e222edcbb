import { HOUR_MS } from '#kernel/time.ts'
import type { Right } from '../rights.ts'
import { ORDER_STATUSES, type OrderStatus } from './order.ts'
import type { Guard, LifeTable, Move, Who } from './table.ts'

const city = (right: Right): Who => ({ right, over: 'city' })
const unit = (right: Right): Who => ({ right, over: 'unit' })
const HANDLER: readonly Who[] = [unit('unit.handle'), unit('unit.lead')]
const UNDER_WAY: readonly OrderStatus[] = ['to-dispatch', 'to-sign', 'in-hand', 'to-review', 'to-call-back']
const WITH_UNITS: readonly OrderStatus[] = ['to-sign', 'in-hand']
const ANY_TIME = ORDER_STATUSES.filter(status => status !== 'draft' && status !== 'archived')

function move(
  from: readonly OrderStatus[],
  to: readonly OrderStatus[],
  who: readonly Who[],
  guards: readonly Guard[] = [],
): Move {
  return { from, to, who, guards }
}
/** The status stays as it is. */
const stay = (from: readonly OrderStatus[], who: readonly Who[], guards: readonly Guard[] = []) =>
  move(from, from, who, guards)

/** Version 1, after the model of 23 statuses: what is a status there is a status or a part of the order here. */
export const FIRST_TABLE: LifeTable = {
  numbers: {
    reopenDays: 30,
    archiveDays: 30,
    reworks: 2,
    callBackTries: 3,
    callBackApartMs: 2 * HOUR_MS,
    returnWorkingDays: 1,
  },
  moves: {
    register: move(['draft', 'to-dispatch'], ['to-dispatch'], [city('order.register')], ['took-part']),
    'answer-directly': move(
      ['draft', 'to-dispatch'],
      ['closed'],
      [city('order.register')],
      ['took-part', 'not-held'],
    ),
    'hand-to-emergency': move(
      ['draft', 'to-dispatch'],
      ['emergency'],
      [city('order.register')],
      ['took-part'],
    ),
    'tell-legal-route': move(
      ['draft', 'to-dispatch'],
      ['closed'],
      [city('order.register')],
      ['took-part', 'not-held'],
    ),
    void: move(['draft', 'to-dispatch'], ['void'], [city('order.lead')]),
    dispatch: move(
      ['to-dispatch'],
      ['to-sign'],
      // 秒派: whoever took the call sends it on.
      [city('order.dispatch'), { right: 'order.register', over: 'own' }],
      ['not-held', 'one-lead', 'not-returned-before'],
    ),
    recall: move(
      ['to-sign'],
      ['to-dispatch'],
      [city('order.dispatch'), { right: 'order.register', over: 'own' }],
    ),
    sign: move(WITH_UNITS, ['to-sign', 'in-hand'], HANDLER),
    return: stay(WITH_UNITS, HANDLER, ['can-return']),
    'accept-return': move(
      WITH_UNITS,
      ['to-dispatch', 'to-sign', 'in-hand'],
      [city('order.dispatch'), city('order.rule'), { right: 'unit.lead', over: 'upper' }],
      ['ruling-rank'],
    ),
    'refuse-return': move(
      WITH_UNITS,
      ['to-sign', 'in-hand'],
      [city('order.dispatch'), city('order.rule'), { right: 'unit.lead', over: 'upper' }],
      ['ruling-rank'],
    ),
    meet: move(
      ['to-dispatch', 'to-sign', 'in-hand'],
      ['to-sign'],
      [city('order.rule')],
      ['has-cause-to-meet', 'one-lead'],
    ),
    'pass-down': stay(WITH_UNITS, [unit('unit.lead')], ['below', 'not-assigned-yet']),
    'add-unit': stay(
      WITH_UNITS,
      [city('order.dispatch'), { right: 'unit.lead', over: 'lead' }],
      ['not-assigned-yet'],
    ),
    // A talk by a short number counts by itself.
    contact: stay(WITH_UNITS, [...HANDLER, 'service']),
    arrive: stay(WITH_UNITS, HANDLER),
    answer: move(['in-hand'], ['in-hand', 'to-review'], HANDLER, ['not-held', 'co-units-answered']),
    approve: move(['to-review'], ['to-call-back'], [city('order.review')]),
    'send-back': move(['to-review'], ['in-hand'], [city('order.review')]),
    'ask-extension': stay(WITH_UNITS, [unit('unit.lead')], ['extension-left']),
    'grant-extension': stay(WITH_UNITS, [city('order.grant'), city('order.rule')], ['extension-rank']),
    'refuse-extension': stay(WITH_UNITS, [city('order.grant'), city('order.rule')], ['extension-rank']),
    'ask-hold': stay(['to-dispatch', 'to-sign', 'in-hand'], [city('order.dispatch'), ...HANDLER]),
    'grant-hold': stay(['to-dispatch', 'to-sign', 'in-hand'], [city('order.grant')]),
    'refuse-hold': stay(['to-dispatch', 'to-sign', 'in-hand'], [city('order.grant')]),
    resume: stay(
      ['to-dispatch', 'to-sign', 'in-hand'],
      [
        city('order.register'),
        city('order.dispatch'),
        city('order.grant'),
        { right: 'unit.handle', over: 'assigned' },
        'service',
      ],
    ),
    'miss-call-back': move(
      ['to-call-back'],
      ['to-call-back', 'closed'],
      [city('order.call-back'), { right: 'unit.handle', over: 'lead' }],
      ['calls-apart'],
    ),
    rate: move(
      ['to-call-back'],
      ['closed', 'in-hand'],
      [city('order.call-back'), { right: 'unit.handle', over: 'lead' }],
    ),
    close: move(
      ['in-hand', 'to-review', 'to-call-back'],
      ['closed'],
      [city('order.supervise')],
      ['supervised'],
    ),
    reopen: move(
      ['closed'],
      ['in-hand', 'to-dispatch'],
      [city('order.register'), city('order.review'), city('order.call-back')],
      ['within-reopen-days'],
    ),
    supervise: stay(UNDER_WAY, [city('order.supervise'), 'service'], ['level-rises']),
    'end-supervision': stay([...UNDER_WAY, 'closed'], [city('order.supervise')], ['supervised']),
    'change-priority': stay(UNDER_WAY, [city('order.dispatch')]),
    merge: move(
      ['draft', 'to-dispatch', 'to-sign', 'in-hand'],
      ['merged'],
      [city('order.lead')],
      ['mergeable'],
    ),
    unmerge: move(['merged'], ['draft', 'to-dispatch', 'to-sign', 'in-hand'], [city('order.lead')]),
    note: stay(ORDER_STATUSES, [
      city('order.register'),
      city('order.read-all'),
      { right: 'unit.handle', over: 'assigned' },
      { right: 'unit.lead', over: 'assigned' },
    ]),
    archive: move(['closed', 'emergency', 'void'], ['archived'], ['service'], ['old-enough']),
    'ask-override': stay(ANY_TIME, [city('order.override')]),
    'agree-override': move(
      ANY_TIME,
      ANY_TIME.filter(status => status !== 'merged'),
      [city('order.override')],
      ['other-person'],
    ),
    'refuse-override': stay(ANY_TIME, [city('order.override')]),
  },
}
