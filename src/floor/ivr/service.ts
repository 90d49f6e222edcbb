import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { Database } from '#database/types.ts'
import { asId, type LineNumber } from '#kernel/ids.ts'
import { badInput, type Outcome, ok, refuse } from '#kernel/outcome.ts'
import { runsTheFloor, type StaffMember } from '../../people/staff/index.ts'
import type { Announcements, CheckTree } from './ports.ts'
import { fieldsOf, toTree, type Utterance, utterancesOf } from './rules.ts'
import type {
  Drawing,
  Language,
  LineTreeForm,
  LineTreeView,
  ProblemView,
  PublishForm,
  RecordingView,
  TreeForm,
  TreeView,
  VersionView,
} from './schema.ts'
import * as store from './store.ts'

export interface IvrParts {
  readonly db: Kysely<Database>
  readonly check: CheckTree
  readonly announcements: Announcements
  readonly log: Logger
}

/** The trees of a city: drawn, checked, published, given to lines. */
export class Ivr {
  private readonly db: Kysely<Database>
  private readonly parts: IvrParts

  constructor(parts: IvrParts) {
    this.parts = parts
    this.db = parts.db
  }

  async create(member: StaffMember, form: TreeForm): Promise<Outcome<TreeView>> {
    if (!runsTheFloor(member)) return refuse('not-allowed')
    const id = randomUUID()
    await store.insertTree(this.db, id, member.id, form)
    return this.view(id)
  }

  /** A draft is saved as it is, broken or not: it is nobody's yet. */
  async save(member: StaffMember, id: string, version: number, form: TreeForm): Promise<Outcome<TreeView>> {
    if (!runsTheFloor(member)) return refuse('not-allowed')
    if ((await store.readTree(this.db, id)) === null) return refuse('not-found')
    const saved = await store.updateTree(this.db, id, version, member.id, form)
    return saved ? this.view(id) : refuse('changed-meanwhile')
  }

  async view(id: string): Promise<Outcome<TreeView>> {
    const tree = await store.readTree(this.db, id)
    return tree === null ? refuse('not-found') : ok(tree)
  }

  /** All that is wrong with a drawing, as far as can be said without making its sounds. */
  async problemsOf(drawing: Drawing): Promise<readonly ProblemView[]> {
    const { announcements, check } = this.parts
    const tree = toTree('draft', 0, drawing, (text, language) => announcements.idOf(text, language))
    return check(tree, await store.knownToIvr(this.db))
  }

  /** Makes every sound, then an immutable version. Refused naming every node that is broken. */
  async publish(
    member: StaffMember,
    id: string,
    version: number,
    { note, goLive }: PublishForm,
  ): Promise<Outcome<VersionView>> {
    if (!runsTheFloor(member)) return refuse('not-allowed')
    const tree = await store.readTree(this.db, id)
    if (tree === null) return refuse('not-found')
    if (tree.version !== version) return refuse('changed-meanwhile', `is at version ${tree.version}`)
    const problems = await this.problemsOf(tree.draft)
    if (problems.length > 0) return badInput(fieldsOf(problems))
    const unheard = await this.makeSounds(tree.draft)
    if (unheard.length > 0) return badInput(fieldsOf(unheard))
    const published = await this.db.transaction().execute(async trx => {
      if (!(await store.holdDraft(trx, id, version))) return null
      const next = await store.nextVersion(trx, id)
      const { announcements } = this.parts
      const walked = toTree(id, next, tree.draft, (text, language) => announcements.idOf(text, language))
      await store.insertVersion(trx, walked, tree, note, member.id)
      if (goLive) await store.moveLines(trx, id, next, member.id)
      return next
    })
    if (published === null) return refuse('changed-meanwhile')
    const view = await store.readVersion(this.db, id, published)
    return view === null ? refuse('not-found') : ok(view)
  }

  /** The published drawing becomes the draft again; what was there is gone unless it was published. */
  async restore(member: StaffMember, id: string, version: number, from: number): Promise<Outcome<TreeView>> {
    const old = await store.readVersion(this.db, id, from)
    if (old === null) return refuse(runsTheFloor(member) ? 'not-found' : 'not-allowed')
    return this.save(member, id, version, { name: old.name, draft: old.drawing })
  }

  /** A queue or line that it names may have gone since it was published. */
  async giveToLine(
    member: StaffMember,
    number: string,
    { tree }: LineTreeForm,
  ): Promise<Outcome<LineTreeView>> {
    if (!runsTheFloor(member)) return refuse('not-allowed')
    if (!(await store.isLine(this.db, number))) return refuse('not-found')
    if (tree !== null) {
      const published = await store.publishedTree(this.db, tree.id, tree.version)
      if (published === null) return badInput({ tree: 'unknown' })
      const problems = this.parts.check(published, await store.knownToIvr(this.db))
      if (problems.length > 0) return badInput(fieldsOf(problems))
    }
    await store.setLineTree(this.db, asId<LineNumber>(number), tree, member.id)
    const line = (await store.lineTrees(this.db)).find(one => one.number === number)
    return line === undefined ? refuse('not-found') : ok(line)
  }

  /** The wav of these words, for whoever draws. */
  async listen(member: StaffMember, text: string, language: Language): Promise<Outcome<Buffer>> {
    if (!runsTheFloor(member)) return refuse('not-allowed')
    const made = await this.parts.announcements.speak(text.trim(), language)
    if (!made.ok) return this.unheard('text', made)
    return this.sound(made.id)
  }

  async takeRecording(member: StaffMember, name: string, wav: Buffer): Promise<Outcome<RecordingView>> {
    if (!runsTheFloor(member)) return refuse('not-allowed')
    const made = await this.parts.announcements.take(wav)
    if (!made.ok) return this.unheard('recording', made)
    const recording = { id: made.id, name, durationMs: made.durationMs }
    await store.keepRecording(this.db, recording, member.id)
    return ok(recording)
  }

  async sound(id: string): Promise<Outcome<Buffer>> {
    const wav = await this.parts.announcements.read(id)
    return wav === null ? refuse('not-found') : ok(wav)
  }

  /** Makes the sounds that callers hear now and that are not there: the folder is new, or was moved. */
  async makeLiveSounds(): Promise<void> {
    for (const drawing of await store.liveDrawings(this.db)) {
      for (const { node, at, problem } of await this.makeSounds(drawing)) {
        this.parts.log.error({ node, at, problem }, 'an announcement that callers need cannot be made')
      }
    }
  }

  private async makeSounds(drawing: Drawing): Promise<readonly ProblemView[]> {
    const problems: ProblemView[] = []
    // One after another: the machine has calls to serve.
    for (const utterance of utterancesOf(drawing)) {
      const problem = await this.makeSound(utterance)
      if (problem === null) continue
      problems.push({ node: utterance.node, at: `says.${utterance.language}`, problem })
    }
    return problems
  }

  private async makeSound({ said, language }: Utterance): Promise<string | null> {
    const { announcements, log } = this.parts
    if (said.recording !== null) {
      return (await announcements.durationMs(said.recording)) === null ? 'no-recording' : null
    }
    const made = await announcements.speak(said.text.trim(), language)
    if (made.ok) return null
    log.warn({ problem: made.problem, detail: made.detail }, 'an announcement cannot be made')
    return made.problem
  }

  private unheard(field: string, made: { readonly problem: string; readonly detail: string }) {
    this.parts.log.warn(made, 'a sound cannot be made')
    return badInput({ [field]: made.problem })
  }
}
