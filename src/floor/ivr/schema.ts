import { type Static, type TSchema, Type } from 'typebox'

const Instant = Type.String({ format: 'date-time' })
const Closed = { additionalProperties: false }
const NodeId = Type.String({ pattern: '^[a-z][a-z0-9-]{0,39}$' })
/** Null: not drawn yet. */
const Target = Type.Union([NodeId, Type.Null()])
export const SoundId = Type.String({ pattern: '^[0-9a-f]{32}$' })
export const Name = Type.String({ minLength: 1, maxLength: 40 })

/** What is said: the words, and the recording that is played instead of a voice made from them. */
export const Said = Type.Object(
  { text: Type.String({ maxLength: 300 }), recording: Type.Union([SoundId, Type.Null()]) },
  Closed,
)
export type Said = Static<typeof Said>

export const Language = Type.Union([Type.Literal('zh'), Type.Literal('yue'), Type.Literal('en')])
export type Language = Static<typeof Language>

/** Mandarin is heard where another language is left out. */
const Says = Type.Object(
  { zh: Type.Optional(Said), yue: Type.Optional(Said), en: Type.Optional(Said) },
  Closed,
)
export type Says = Static<typeof Says>

function keysTo<Choice extends TSchema>(choice: Choice) {
  const to = Type.Optional(choice)
  return Type.Object(
    {
      '0': to,
      '1': to,
      '2': to,
      '3': to,
      '4': to,
      '5': to,
      '6': to,
      '7': to,
      '8': to,
      '9': to,
      '*': to,
      '#': to,
    },
    Closed,
  )
}

const ASKS = {
  says: Says,
  waitMs: Type.Integer({ minimum: 2_000, maximum: 20_000 }),
  repeat: Type.Integer({ minimum: 0, maximum: 3 }),
  silence: Target,
}

/** See contact-center/ivr/tree.ts: the same nodes, with words where those have sounds. */
export const DrawnNode = Type.Union([
  Type.Object({ name: Name, kind: Type.Literal('play'), says: Says, next: Target }, Closed),
  Type.Object({ name: Name, kind: Type.Literal('menu'), keys: keysTo(Target), ...ASKS }, Closed),
  Type.Object(
    {
      name: Name,
      kind: Type.Literal('language'),
      keys: keysTo(Type.Object({ language: Language, next: Target }, Closed)),
      ...ASKS,
    },
    Closed,
  ),
  Type.Object({ name: Name, kind: Type.Literal('hours'), open: Target, closed: Target }, Closed),
  Type.Object(
    {
      name: Name,
      kind: Type.Literal('queue'),
      says: Says,
      queue: Type.Union([Type.String({ maxLength: 40 }), Type.Null()]),
    },
    Closed,
  ),
  Type.Object(
    { name: Name, kind: Type.Literal('line'), says: Says, line: Type.String({ maxLength: 20 }) },
    Closed,
  ),
  Type.Object(
    { name: Name, kind: Type.Literal('outside'), says: Says, number: Type.String({ maxLength: 30 }) },
    Closed,
  ),
  Type.Object({ name: Name, kind: Type.Literal('hang-up'), says: Says }, Closed),
])
export type DrawnNode = Static<typeof DrawnNode>

export const Drawing = Type.Object(
  {
    start: NodeId,
    nodes: Type.Record(Type.String({ pattern: '^[a-z][a-z0-9-]{0,39}$' }), DrawnNode, {
      ...Closed,
      maxProperties: 100,
    }),
  },
  Closed,
)
export type Drawing = Static<typeof Drawing>

export const TreeForm = Type.Object({ name: Name, draft: Drawing }, Closed)
export type TreeForm = Static<typeof TreeForm>

/** A line and the version it has. */
const LineOfTree = Type.Object({ number: Type.String(), name: Type.String(), version: Type.Integer() })

export const TreeSummary = Type.Object({
  id: Type.String(),
  name: Type.String(),
  nodes: Type.Integer(),
  /** The newest version published; null: none yet. */
  latest: Type.Union([Type.Integer(), Type.Null()]),
  /** The draft differs from it. */
  changed: Type.Boolean(),
  lines: Type.Array(LineOfTree),
  savedAt: Instant,
  savedByName: Type.String(),
})
export type TreeSummary = Static<typeof TreeSummary>

/** `version` counts the draft's savings and is what a PUT names in If-Match. */
export const TreeView = Type.Object({ ...TreeSummary.properties, draft: Drawing, version: Type.Integer() })
export type TreeView = Static<typeof TreeView>

/** `at`: a key, `next`, `open`, `closed`, `silence`, or a field; `node` null: the whole tree. */
export const ProblemView = Type.Object({
  node: Type.Union([Type.String(), Type.Null()]),
  at: Type.Union([Type.String(), Type.Null()]),
  problem: Type.String(),
})
export type ProblemView = Static<typeof ProblemView>
export const CheckAnswer = Type.Object({ problems: Type.Array(ProblemView) })
export type CheckAnswer = Static<typeof CheckAnswer>

export const PublishForm = Type.Object(
  {
    note: Type.String({ minLength: 1, maxLength: 300 }),
    /** Lines that have this tree take the new version at once. */
    goLive: Type.Boolean(),
  },
  Closed,
)
export type PublishForm = Static<typeof PublishForm>

export const VersionView = Type.Object({
  version: Type.Integer(),
  name: Type.String(),
  note: Type.String(),
  publishedAt: Instant,
  publishedByName: Type.String(),
  lines: Type.Array(Type.String()),
})
export type VersionView = Static<typeof VersionView>
export const VersionDrawing = Type.Object({ ...VersionView.properties, drawing: Drawing })
export type VersionDrawing = Static<typeof VersionDrawing>

export const RestoreForm = Type.Object({ version: Type.Integer({ minimum: 1 }) }, Closed)

/** Null: none: greeting, and straight to an agent. */
export const LineTreeForm = Type.Object(
  {
    tree: Type.Union([
      Type.Object(
        { id: Type.String({ format: 'uuid' }), version: Type.Integer({ minimum: 1, maximum: 1_000_000 }) },
        Closed,
      ),
      Type.Null(),
    ]),
  },
  Closed,
)
export type LineTreeForm = Static<typeof LineTreeForm>
export const LineTreeView = Type.Object({
  number: Type.String(),
  name: Type.String(),
  tree: Type.Union([
    Type.Object({ id: Type.String(), name: Type.String(), version: Type.Integer() }),
    Type.Null(),
  ]),
})
export type LineTreeView = Static<typeof LineTreeView>

export const RecordingView = Type.Object({
  id: SoundId,
  name: Type.String(),
  durationMs: Type.Integer(),
})
export type RecordingView = Static<typeof RecordingView>

export const TreeParams = Type.Object({ id: Type.String({ format: 'uuid' }) })
export const VersionParams = Type.Object({
  id: Type.String({ format: 'uuid' }),
  version: Type.String({ pattern: '^[0-9]{1,6}$' }),
})
export const LineParams = Type.Object({ number: Type.String({ pattern: '^[0-9+*#]{2,20}$' }) })
export const SoundParams = Type.Object({ sound: SoundId })
export const SpeechQuery = Type.Object({
  text: Type.String({ minLength: 1, maxLength: 300 }),
  language: Language,
})
export const UploadQuery = Type.Object({ name: Type.String({ minLength: 1, maxLength: 100 }) })
