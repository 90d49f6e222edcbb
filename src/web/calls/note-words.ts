import type { CallNote, CallRow } from '../../floor/call-records/schema.ts'
import type { Words } from '../kit/language.tsx'
import { masked } from '../kit/phone-number.ts'
import { type PlainTextKey, TEXTS } from '../kit/texts.ts'
import { duration } from '../kit/time.ts'

/** The names behind what a timeline is written in. */
export interface Names {
  readonly direction: CallRow['direction']
  /** Who took part at this seat; null: nobody did. */
  readonly agentAt: (seat: string) => string | null
  /** Null where it has been removed since. */
  readonly queue: (id: string) => string | null
}

type Kind = CallNote['kind']
type Of<K extends Kind> = Extract<CallNote, { readonly kind: K }>
type T = Words['t']
interface Say {
  readonly t: T
  readonly names: Names
  seat(number: string): string
  queue(id: string): string
  /** A seat, a queue, an entry of the directory, or a number, which is not shown in full. */
  target(name: string): string
  why(reason: string): string
}

/** A sentence for each kind: a new one does not compile without. */
const SENTENCES: { readonly [K in Kind]: (note: Of<K>, say: Say) => string } = {
  arrived: ({ dialled, line }, { t, names }) => {
    if (names.direction !== 'inbound') return t(`note.arrived.${names.direction}`)
    return t(line === null ? 'note.arrived.no-line' : 'note.arrived', { dialled })
  },
  greeted: (_, { t }) => t('note.greeted'),
  menu: ({ by, name }, { t }) => {
    if (by === null) return t('note.menu', { name })
    return by === 'silence' ? t('note.menu.silence', { name }) : t('note.menu.key', { key: by, name })
  },
  queued: ({ queue, again, reason }, { t, queue: named, why }) =>
    again
      ? t('note.queued.again', { queue: named(queue), reason: why(reason) })
      : t('note.queued', { queue: named(queue) }),
  escalated: (note, say) =>
    say.t('note.escalated', { time: duration(note.afterMs), step: stepText(note, say) }),
  offered: ({ seat, attempt }, say) => say.t('note.offered', { seat: say.seat(seat), attempt }),
  popped: ({ seat }, say) => say.t('note.popped', { seat: say.seat(seat) }),
  ringing: ({ seat }, say) => say.t('note.ringing', { seat: say.seat(seat) }),
  'not-answered': ({ seat, reason }, say) =>
    say.t('note.not-answered', { seat: say.seat(seat), reason: say.why(reason) }),
  answered: ({ seat }, say) => say.t('note.answered', { seat: say.seat(seat) }),
  bridged: ({ seat }, say) => say.t('note.bridged', { seat: say.seat(seat) }),
  held: ({ by }, { t }) => t('note.held', { by: t(`note.by.${by}`) }),
  unheld: ({ by }, { t }) => t('note.unheld', { by: t(`note.by.${by}`) }),
  muted: ({ muted }, { t }) => t(muted ? 'note.muted' : 'note.unmuted'),
  'digits-sent': ({ count }, { t }) => t('note.digits-sent', { count }),
  'position-told': ({ ahead, expectedMs }, { t }) =>
    expectedMs === null
      ? t('note.position-told', { ahead })
      : t('note.position-told.wait', { ahead, time: duration(expectedMs) }),
  'call-back-offered': (_, { t }) => t('note.call-back-offered'),
  'call-back-booked': (_, { t }) => t('note.call-back-booked'),
  dialled: ({ attempt }, { t }) => t('note.dialled', { attempt }),
  'not-reached': ({ attempt, cause }, say) => say.t('note.not-reached', { attempt, cause: say.why(cause) }),
  'citizen-answered': (_, { t }) => t('note.citizen-answered'),
  assigned: ({ seat }, say) => say.t('note.assigned', { seat: say.seat(seat) }),
  'transfer-started': ({ seat, how, target, emergency }, say) => {
    const said = say.t(`note.transfer-started.${how}`, { seat: say.seat(seat), target: say.target(target) })
    return emergency ? `${say.t('note.emergency')}${said}` : said
  },
  'transfer-answered': ({ target }, say) => say.t('note.transfer-answered', { target: say.target(target) }),
  'transfer-failed': ({ target, reason }, say) =>
    say.t('note.transfer-failed', { target: say.target(target), reason: say.why(reason) }),
  'transfer-act': ({ act }, { t }) => t(`note.transfer-act.${act}`),
  transferred: ({ from, target }, say) =>
    from === null
      ? say.t('note.transferred.ivr', { target: say.target(target) })
      : say.t('note.transferred', { from: say.seat(from), target: say.target(target) }),
  'third-party-left': ({ target }, say) => say.t('note.third-party-left', { target: say.target(target) }),
  watched: ({ seat, mode }, say) => say.t(`note.watched.${mode}`, { seat: say.seat(seat) }),
  unwatched: ({ seat }, say) => say.t('note.unwatched', { seat: say.seat(seat) }),
  'taken-over': ({ seat, from }, say) =>
    say.t('note.taken-over', { seat: say.seat(seat), from: say.seat(from) }),
  'mask-offered': (_, { t }) => t('note.mask-offered'),
  'mask-asked': ({ key }, { t }) => t(`note.mask-asked.${key}`),
  'mask-routed': ({ from, short }, { t }) => t(`note.mask-routed.${from}`, { short }),
  'mask-refused': ({ why }, { t }) => t('note.mask-refused', { reason: t(`end.${why}`) }),
  'mask-dialled': ({ side }, { t }) => t(`note.mask-dialled.${side}`),
  'mask-not-reached': ({ side, cause }, say) =>
    say.t(`note.mask-not-reached.${side}`, { cause: say.why(cause) }),
  'mask-connected': (_, { t }) => t('note.mask-connected'),
  'rating-asked': (_, { t }) => t('note.rating-asked'),
  rated: ({ grade }, { t }) => t('note.rated', { grade: t(`call-log.grade.${grade}`) }),
  'not-rated': (_, { t }) => t('note.not-rated'),
  recovered: ({ what }, { t }) => t('note.recovered', { what: known(t, `note.recovered.${what}`) ?? what }),
  ended: ({ reason, by }, { t }) => t('note.ended', { reason: t(`end.${reason}`), by: t(`note.by.${by}`) }),
}

/** A line of the timeline in words; one of a kind that is newer than this page is shown by its own name. */
export function sentenceOf(
  { kind, detail }: { readonly kind: string; readonly detail: Readonly<Record<string, unknown>> },
  t: T,
  names: Names,
): string {
  if (!isKind(kind)) return kind
  // What was recorded as a note comes back as one: the record keeps it as JSON.
  return say(kind, { kind, ...detail } as CallNote, t, names)
}

function say<K extends Kind>(kind: K, note: CallNote, t: T, names: Names): string {
  const write: (of: Of<K>, say: Say) => string = SENTENCES[kind]
  return write(note as Of<K>, sayWith(t, names))
}

function isKind(kind: string): kind is Kind {
  return Object.hasOwn(SENTENCES, kind)
}

function sayWith(t: T, names: Names): Say {
  const seat = (number: string) => {
    const name = names.agentAt(number)
    return name === null
      ? t('call-log.seat', { seat: number })
      : t('call-log.seat.of', { seat: number, name })
  }
  const queue = (id: string) => t('call-log.queue.named', { name: names.queue(id) ?? id })
  return {
    t,
    names,
    seat,
    queue,
    target(name) {
      if (/^1\d{3}$/.test(name)) return seat(name)
      return names.queue(name) === null ? masked(name) : queue(name)
    },
    why: reason => known(t, `note.why.${reason}`) ?? reason,
  }
}

function stepText({ step, detail }: Of<'escalated'>, { t, queue }: Say): string {
  switch (step) {
    case 'lower-levels':
    case 'raise-priority':
      return t(`note.step.${step}`, { detail })
    case 'add-queue':
    case 'overflow':
      return t(`note.step.${step}`, { detail: queue(detail) })
    case 'play':
      return t('note.step.play', { detail: known(t, `note.prompt.${detail}`) ?? detail })
    case 'offer-call-back':
      return t('note.step.offer-call-back')
  }
}

type Known = Extract<
  PlainTextKey,
  `note.why.${string}` | `note.prompt.${string}` | `note.recovered.${string}` | `end.${string}`
>

/** Null for a word that is newer than this page. */
function known(t: T, key: string): string | null {
  return isKnown(key) ? t(key) : null
}
function isKnown(key: string): key is Known {
  return key in TEXTS
}

/** Why a call ended, of which the row knows the word only. */
export function endText(t: T, reason: string): string {
  return known(t, `end.${reason}`) ?? reason
}
