import { execFile } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { constants, setPriority } from 'node:os'
import { join } from 'node:path'
import { SECOND_MS } from '#kernel/time.ts'
import { EFFECTS, PADDING_MS, speakArguments, TELEPHONE, telephoneArguments, type Voice } from './recipe.ts'
import { spokenText } from './spoken-text.ts'
import { readWav } from './wav.ts'

type Language = 'zh' | 'yue' | 'en'
type Made =
  | { readonly ok: true; readonly id: string; readonly durationMs: number }
  | {
      readonly ok: false
      readonly problem: 'not-a-wav' | 'too-long' | 'silent' | 'cannot-be-made'
      readonly detail: string
    }

const VOICES: Readonly<Record<Language, Voice>> = {
  zh: { voice: 'cmn-latn-pinyin', wordsPerMinute: 200 },
  yue: { voice: 'yue', wordsPerMinute: 190 },
  en: { voice: 'en', wordsPerMinute: 160 },
}
/** A minute of speech is made in well under a second. */
const TOOL_LIMIT_MS = 30 * SECOND_MS

/** What a city's IVR says, as `<id>.wav` in one folder, which the PBX reads too; see `Announcements` for the promises. */
export class AnnouncementFolder {
  private readonly folder: string
  private readonly tools: { readonly espeak: string; readonly sox: string }
  private readonly longestMs: number

  constructor(folder: string, tools: AnnouncementFolder['tools'], longestMs: number) {
    this.folder = folder
    this.tools = tools
    this.longestMs = longestMs
  }

  idOf(text: string, language: Language): string {
    return digest(JSON.stringify([VOICES[language], spokenText(text, language), TELEPHONE, EFFECTS]))
  }

  async speak(text: string, language: Language): Promise<Made> {
    const id = this.idOf(text, language)
    const kept = await this.durationMs(id)
    if (kept !== null) return { ok: true, id, durationMs: kept }
    return this.make(async spoken => {
      await this.run(this.tools.espeak, speakArguments(VOICES[language], spokenText(text, language), spoken))
      return id
    })
  }

  async take(wav: Buffer): Promise<Made> {
    const form = readWav(wav)
    if (form === null) return { ok: false, problem: 'not-a-wav', detail: '' }
    if (form.durationMs > this.longestMs) return tooLong(form.durationMs)
    return this.make(async source => {
      await writeFile(source, wav)
      return digest(wav)
    })
  }

  async durationMs(id: string): Promise<number | null> {
    const wav = await this.read(id)
    return wav === null ? null : (readWav(wav)?.durationMs ?? null)
  }

  async read(id: string): Promise<Buffer | null> {
    try {
      return await readFile(this.path(id))
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
      throw error
    }
  }

  /** The finished file gets its name last: under it there is a whole sound or none. */
  private async make(bring: (source: string) => Promise<string>): Promise<Made> {
    await mkdir(this.folder, { recursive: true })
    const draft = join(this.folder, `draft-${randomUUID()}`)
    const source = `${draft}.source.wav`
    const made = `${draft}.wav`
    try {
      const id = await bring(source)
      await this.run(this.tools.sox, telephoneArguments(source, made))
      const durationMs = readWav(await readFile(made))?.durationMs ?? 0
      if (durationMs <= PADDING_MS) return { ok: false, problem: 'silent', detail: '' }
      if (durationMs > this.longestMs) return tooLong(durationMs)
      await rename(made, this.path(id))
      return { ok: true, id, durationMs }
    } catch (error) {
      return { ok: false, problem: 'cannot-be-made', detail: String(error) }
    } finally {
      await rm(source, { force: true })
      await rm(made, { force: true })
    }
  }

  private path(id: string): string {
    if (!/^[0-9a-f]{32}$/.test(id)) throw new Error(`not an announcement's id: ${id}`)
    return join(this.folder, `${id}.wav`)
  }

  private run(command: string, args: readonly string[]): Promise<void> {
    return new Promise((resolve, reject) => {
      const child = execFile(command, args, { timeout: TOOL_LIMIT_MS }, error =>
        error === null ? resolve() : reject(error),
      )
      // Calls come first: they share the machine.
      if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW)
    })
  }
}

function tooLong(durationMs: number): Made {
  return { ok: false, problem: 'too-long', detail: `${durationMs} ms` }
}

function digest(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 32)
}
