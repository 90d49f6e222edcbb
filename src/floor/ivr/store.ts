import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '#database/types.ts'
import { asId, type LineNumber, type StaffId } from '#kernel/ids.ts'
import type { KnownToIvr } from '../../contact-center/ivr/check.ts'
import type { IvrTree } from '../../contact-center/ivr/tree.ts'
import { withQueues } from './rules.ts'
import type {
  Drawing,
  LineTreeView,
  RecordingView,
  TreeForm,
  TreeSummary,
  TreeView,
  VersionDrawing,
  VersionView,
} from './schema.ts'

/** Written by this room only, each time through the form's schema. */
function drawingOf(stored: unknown): Drawing {
  return stored as Drawing
}

export async function listTrees(db: Kysely<Database>): Promise<TreeSummary[]> {
  return (await trees(db)).map(({ draft: _, version: __, ...summary }) => summary)
}

export async function readTree(db: Kysely<Database>, id: string): Promise<TreeView | null> {
  return (await trees(db, id))[0] ?? null
}

async function trees(db: Kysely<Database>, id?: string): Promise<TreeView[]> {
  let query = db
    .selectFrom('ivr_trees as t')
    .innerJoin('staff as s', 's.id', 't.saved_by')
    .leftJoinLateral(
      eb =>
        eb
          .selectFrom('ivr_versions as v')
          .select(['v.version as latest', 'v.drawing', 'v.name as published_name'])
          .whereRef('v.tree_id', '=', 't.id')
          .orderBy('v.version', 'desc')
          .limit(1)
          .as('v'),
      join => join.onTrue(),
    )
    .selectAll('t')
    .select([
      's.name as saved_by_name',
      'v.latest',
      sql<boolean>`v.latest is null or v.drawing <> t.draft or v.published_name <> t.name`.as('changed'),
    ])
    .orderBy('t.name')
    .orderBy('t.id')
  if (id !== undefined) query = query.where('t.id', '=', id)
  const [rows, lines] = await Promise.all([query.execute(), lineTrees(db)])
  return rows.map(row => {
    const draft = drawingOf(row.draft)
    return {
      id: row.id,
      name: row.name,
      nodes: Object.keys(draft.nodes).length,
      latest: row.latest,
      changed: row.changed,
      lines: lines.flatMap(({ number, name, tree }) =>
        tree?.id === row.id ? [{ number, name, version: tree.version }] : [],
      ),
      savedAt: row.saved_at.toISOString(),
      savedByName: row.saved_by_name,
      draft,
      version: row.version,
    }
  })
}

export async function insertTree(
  db: Kysely<Database>,
  id: string,
  by: StaffId,
  form: TreeForm,
): Promise<void> {
  const { name, draft } = form
  await db
    .insertInto('ivr_trees')
    .values({ id, name, draft: JSON.stringify(draft), saved_by: by })
    .execute()
}

/** @returns false when the draft is no longer at this version */
export async function updateTree(
  db: Kysely<Database>,
  id: string,
  version: number,
  by: StaffId,
  { name, draft }: TreeForm,
): Promise<boolean> {
  const row = await db
    .updateTable('ivr_trees')
    .set({
      name,
      draft: JSON.stringify(draft),
      version: version + 1,
      saved_by: by,
      saved_at: sql<Date>`now()`,
    })
    .where('id', '=', id)
    .where('version', '=', version)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/**
 * Keeps the draft from being saved until the transaction ends.
 * @returns false when it is no longer at this version
 */
export async function holdDraft(trx: Transaction<Database>, id: string, version: number): Promise<boolean> {
  const row = await trx
    .selectFrom('ivr_trees')
    .select('id')
    .where('id', '=', id)
    .where('version', '=', version)
    .forUpdate()
    .executeTakeFirst()
  return row !== undefined
}

export async function nextVersion(trx: Transaction<Database>, id: string): Promise<number> {
  const { last } = await trx
    .selectFrom('ivr_versions')
    .select(({ fn }) => fn.max('version').as('last'))
    .where('tree_id', '=', id)
    .executeTakeFirstOrThrow()
  return Number(last ?? 0) + 1
}

export async function insertVersion(
  trx: Transaction<Database>,
  tree: IvrTree,
  { name, draft }: TreeForm,
  note: string,
  by: StaffId,
): Promise<void> {
  await trx
    .insertInto('ivr_versions')
    .values({
      tree_id: tree.id,
      version: tree.version,
      name,
      drawing: JSON.stringify(draft),
      tree: JSON.stringify(tree),
      note,
      published_by: by,
    })
    .execute()
}

export async function moveLines(
  trx: Transaction<Database>,
  tree: string,
  version: number,
  by: StaffId,
): Promise<void> {
  await trx
    .updateTable('ivr_lines')
    .set({ version, set_by: by, set_at: sql<Date>`now()` })
    .where('tree_id', '=', tree)
    .execute()
}

/** The newest first. */
export async function listVersions(db: Kysely<Database>, tree: string): Promise<VersionView[]> {
  return (await versions(db, tree)).map(({ drawing: _, ...view }) => view)
}

export async function readVersion(
  db: Kysely<Database>,
  tree: string,
  version: number,
): Promise<VersionDrawing | null> {
  return (await versions(db, tree, version))[0] ?? null
}

async function versions(db: Kysely<Database>, tree: string, version?: number): Promise<VersionDrawing[]> {
  let query = db
    .selectFrom('ivr_versions as v')
    .innerJoin('staff as s', 's.id', 'v.published_by')
    .select(['v.version', 'v.name', 'v.note', 'v.published_at', 'v.drawing', 's.name as published_by_name'])
    .where('v.tree_id', '=', tree)
    .orderBy('v.version', 'desc')
  if (version !== undefined) query = query.where('v.version', '=', version)
  const [rows, lines] = await Promise.all([query.execute(), lineTrees(db)])
  return rows.map(row => ({
    version: row.version,
    name: row.name,
    note: row.note,
    publishedAt: row.published_at.toISOString(),
    publishedByName: row.published_by_name,
    lines: lines.flatMap(line =>
      line.tree?.id === tree && line.tree.version === row.version ? [line.number] : [],
    ),
    drawing: drawingOf(row.drawing),
  }))
}

/** The tree as it is walked; null: no such version. */
export async function publishedTree(
  db: Kysely<Database>,
  id: string,
  version: number,
): Promise<IvrTree | null> {
  const row = await db
    .selectFrom('ivr_versions')
    .select('tree')
    .where('tree_id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  return row?.tree ?? null
}

/** Every line, and the tree it has. */
export async function lineTrees(db: Kysely<Database>): Promise<LineTreeView[]> {
  const rows = await db
    .selectFrom('lines as l')
    .leftJoin('ivr_lines as i', 'i.line_number', 'l.number')
    .leftJoin('ivr_trees as t', 't.id', 'i.tree_id')
    .select(['l.number', 'l.name', 't.id', 't.name as tree_name', 'i.version'])
    .orderBy('l.number')
    .execute()
  return rows.map(({ number, name, id, tree_name, version }) => ({
    number,
    name,
    tree: id === null || tree_name === null || version === null ? null : { id, name: tree_name, version },
  }))
}

/** @param tree null: none */
export async function setLineTree(
  db: Kysely<Database>,
  number: LineNumber,
  tree: { readonly id: string; readonly version: number } | null,
  by: StaffId,
): Promise<void> {
  if (tree === null) {
    await db.deleteFrom('ivr_lines').where('line_number', '=', number).execute()
    return
  }
  const row = { tree_id: tree.id, version: tree.version, set_by: by, set_at: sql<Date>`now()` }
  await db
    .insertInto('ivr_lines')
    .values({ line_number: number, ...row })
    .onConflict(conflict => conflict.column('line_number').doUpdateSet(row))
    .execute()
}

/** The trees that callers walk now, by line. */
export async function liveTrees(db: Kysely<Database>): Promise<ReadonlyMap<LineNumber, IvrTree>> {
  const rows = await db
    .selectFrom('ivr_lines as i')
    .innerJoin('ivr_versions as v', join =>
      join.onRef('v.tree_id', '=', 'i.tree_id').onRef('v.version', '=', 'i.version'),
    )
    .select(['i.line_number', 'v.tree'])
    .execute()
  const lines = await db.selectFrom('lines').select(['number', 'queue_id']).execute()
  const queueOf = new Map(lines.map(line => [line.number, line.queue_id]))
  return new Map(rows.map(row => [row.line_number, withQueues(row.tree, queueOf)]))
}

/** The drawings behind them, each once. */
export async function liveDrawings(db: Kysely<Database>): Promise<readonly Drawing[]> {
  const rows = await db
    .selectFrom('ivr_versions as v')
    .select('v.drawing')
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('ivr_lines as i')
          .select('i.line_number')
          .whereRef('i.tree_id', '=', 'v.tree_id')
          .whereRef('i.version', '=', 'v.version'),
      ),
    )
    .execute()
  return rows.map(row => drawingOf(row.drawing))
}

export async function knownToIvr(db: Kysely<Database>): Promise<KnownToIvr> {
  const [queues, lines] = await Promise.all([
    db.selectFrom('queues').select('id').execute(),
    db.selectFrom('lines').select('number').where('active', '=', true).execute(),
  ])
  return { queues: new Set(queues.map(({ id }) => id)), lines: new Set(lines.map(line => line.number)) }
}

export async function isLine(db: Kysely<Database>, number: string): Promise<boolean> {
  const row = await db
    .selectFrom('lines')
    .select('number')
    .where('number', '=', asId<LineNumber>(number))
    .executeTakeFirst()
  return row !== undefined
}

/** The same sound under another name is the same recording. */
export async function keepRecording(
  db: Kysely<Database>,
  { id, name, durationMs }: RecordingView,
  by: StaffId,
): Promise<void> {
  await db
    .insertInto('ivr_recordings')
    .values({ id, name, duration_ms: durationMs, uploaded_by: by })
    .onConflict(conflict => conflict.column('id').doUpdateSet({ name }))
    .execute()
}

export async function recordings(db: Kysely<Database>): Promise<RecordingView[]> {
  const rows = await db.selectFrom('ivr_recordings').selectAll().orderBy('uploaded_at', 'desc').execute()
  return rows.map(({ id, name, duration_ms }) => ({ id, name, durationMs: duration_ms }))
}
