import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findAsteriskTools } from '../../scripts/instance/prepare.ts'
import { builtPrompts } from '../../scripts/instance/prompts.ts'
import { deskPhoneScenario } from '../../scripts/people/desk-phones.ts'
import { freeUdpPort } from '../../scripts/people/sipp-hang-up.ts'
import type { Prompt } from '../../src/contact-center/events.ts'
import { likeness, loudestPart, readWav } from './audio.ts'
import { Floor } from './floor.ts'
import { Handset } from './handset.ts'
import { DESK_PHONES, register, sipTarget, TRUNK } from './phones.ts'
import { type SippRun, startSipp } from './sipp.ts'
import type { StackOptions } from './stack.ts'
import { until } from './until.ts'

/** Each voice has a pitch of its own, none a multiple of another. */
const PITCHES = { citizen: 500, agent: 1_130, other: 1_790, outside: 2_570 } as const
export type Voice = keyof typeof PITCHES
/** `music`, or a sentence: sound without a voice. */
type Heard = readonly Voice[] | 'music'

const SCENARIOS = join(import.meta.dirname, '..', 'pbx', 'sipp')
/** Shorter than this an ear is not sure. */
const LISTENS_MS = 600
/** So much of a sentence is like no other. */
const SENTENCE_PART_MS = 500

/** A floor whose people are heard: each telephone speaks its own pitch, and its ear tells whom it hears. */
export class Telephones {
  readonly floor: Floor
  /** Where the carrier takes our calls. */
  private readonly carrierPort: number
  private readonly handsets = new Map<Voice, Handset>()
  private readonly runs: SippRun[] = []

  private constructor(floor: Floor, carrierPort: number) {
    this.floor = floor
    this.carrierPort = carrierPort
  }

  static async open(settings: StackOptions['settings'] = {}): Promise<Telephones> {
    const port = await freeUdpPort(TRUNK)
    const carrier = { HOTLINE_TRUNK_URI: `sip:${TRUNK}:${port}` }
    return new Telephones(await Floor.open({ ...carrier, ...settings }), port)
  }

  async close(): Promise<void> {
    this.hangOn()
    for (const run of this.runs) await run.stop()
    await this.floor?.close()
  }

  /** Everybody goes home; nothing may be left in the PBX. */
  async clear(): Promise<void> {
    await this.floor.clear()
    for (const run of this.runs.splice(0)) await run.stop()
    this.hangOn()
  }

  /** Rings the hotline; the run's `hangUp` hangs up. */
  async citizen(caller: string, dialled: string, like = '../../../scripts/call.xml'): Promise<SippRun> {
    const scenario = withoutVoice(readFileSync(join(SCENARIOS, like), 'utf8'))
    const run = await startSipp({
      scenario: written(scenario),
      target: sipTarget(this.floor.stack),
      source: TRUNK,
      calls: 1,
      dialled,
      keys: { caller, ear: await this.openEar('citizen', TRUNK) },
      traces: true,
    })
    this.floor.adopt(run)
    return run
  }

  /** A desk phone at a seat, which picks up after this long. */
  async seat(voice: Voice, seat: string, answersAfterMs = 200): Promise<void> {
    const port = await freeUdpPort(DESK_PHONES)
    await register(this.floor.stack, [seat], port)
    const folder = mkdtempSync(join(tmpdir(), 'hotline-phone-'))
    const scenario = deskPhoneScenario({ ringMs: answersAfterMs, ignored: 0 }, folder)
    const keys = { ear: await this.openEar(voice, DESK_PHONES) }
    const text = withoutVoice(readFileSync(scenario, 'utf8'))
    this.runs.push(await startSipp({ scenario: written(text), source: DESK_PHONES, port, keys }))
  }

  /**
   * Whatever number is called outside meets this scenario of tests/pbx/sipp. Where several are called, each has a voice
   * of its own, in turn.
   */
  async outside(scenario: string, voices: readonly Voice[] = ['outside']): Promise<OutsidePhone> {
    const ears: string[] = []
    for (const voice of voices) ears.push(await this.openEar(voice, TRUNK))
    const run = await startSipp({
      scenario: written(readFileSync(join(SCENARIOS, scenario), 'utf8').replaceAll('[ear]', '[field0]')),
      source: TRUNK,
      port: this.carrierPort,
      injection: written(['SEQUENTIAL', ...ears, ''].join('\n'), 'ears.csv'),
      traces: true,
    })
    this.runs.push(run)
    return new OutsidePhone(run)
  }

  /** A carrier that takes no call: `486 Busy Here`. SIPp wants to read the status line before it has any keys. */
  async outsideRefuses(status: string): Promise<SippRun> {
    const template = readFileSync(join(SCENARIOS, 'refuses.xml'), 'utf8')
    const run = await startSipp({
      scenario: written(template.replace('SIP/2.0 {status}', `SIP/2.0 ${status}`)),
      source: TRUNK,
      port: this.carrierPort,
      keys: { contact: `<sip:${TRUNK}>` },
    })
    this.runs.push(run)
    return run
  }

  /** The telephone of the citizen, to press keys. */
  press(keys: string): void {
    this.handset('citizen').press(keys)
  }

  /** Waits until each has heard exactly these for a while. */
  async untilHeard(expected: Partial<Record<Voice, Heard>>): Promise<void> {
    const since = performance.now()
    let found = ''
    const wanted = JSON.stringify(Object.entries(expected).map(([voice, heard]) => [voice, sorted(heard)]))
    await until(
      () => {
        const hears = Object.entries(expected).map(([voice, heard]) => [
          voice,
          this.heardBy(this.handset(asVoice(voice)), heard === 'music'),
        ])
        found = JSON.stringify(hears)
        // Only what was heard wholly after the change proves anything.
        return found === wanted && performance.now() - since > LISTENS_MS + 100
      },
      10_000,
      100,
    ).catch(() => {
      throw new Error(`not heard: ${wanted}, but ${found}`)
    })
  }

  /** Waits until this telephone has been told this sentence of the manifest, be it a few seconds ago. */
  async untilSaid(voice: Voice, prompt: Prompt): Promise<void> {
    const { cacheDir } = this.floor.stack.config
    const folder = await builtPrompts(cacheDir, await findAsteriskTools(cacheDir, () => {}), () => {})
    const part = loudestPart(await readWav(join(folder, 'hotline', `${prompt}.wav`)), SENTENCE_PART_MS)
    let lookedAt = performance.now() - 10_000
    await until(
      () => {
        const now = performance.now()
        const heard = this.handset(voice).last(now - lookedAt + 2 * SENTENCE_PART_MS)
        lookedAt = now
        return likeness(heard, part) > 0.9
      },
      15_000,
      500,
    )
  }

  private heardBy(ear: Handset, asMusic: boolean): readonly Voice[] | 'music' {
    const voices = VOICES.filter(voice => ear.hears(PITCHES[voice], LISTENS_MS))
    return asMusic && voices.length === 0 && ear.hearsAnything(LISTENS_MS) ? 'music' : sorted(voices)
  }

  private handset(voice: Voice): Handset {
    const found = this.handsets.get(voice)
    if (found === undefined) throw new Error(`nobody is ${voice}`)
    return found
  }

  private async openEar(voice: Voice, host: string): Promise<string> {
    const handset = await Handset.open(host)
    this.handsets.get(voice)?.close()
    this.handsets.set(voice, handset)
    handset.say(PITCHES[voice])
    handset.speakBack()
    return String(handset.port)
  }

  private hangOn(): void {
    for (const handset of this.handsets.values()) handset.close()
    this.handsets.clear()
  }
}

/** A telephone outside that was called by the hotline. */
export class OutsidePhone {
  private readonly run: SippRun

  constructor(run: SippRun) {
    this.run = run
  }

  /** What the carrier was sent, call after call. */
  invites(): string {
    return this.run.logged().join('\n')
  }

  /** Every message that its line carried. */
  wire(): string {
    return this.run.wire()
  }

  /** Asks anew who is there, if the scenario waits to be told. */
  askAnew(): Promise<void> {
    return this.tell()
  }

  /** Picks up the call that came last, if the scenario waits to be told. */
  answer(): Promise<void> {
    return this.tell()
  }

  /** Hangs up the call that came last. */
  hangUp(): Promise<void> {
    return this.tell()
  }

  private async tell(): Promise<void> {
    const call = await until(() => [...this.invites().matchAll(/^Call-ID: (.*)$/gim)].at(-1)?.[1]?.trim())
    await this.run.hangUp(call)
  }
}

const VOICES: readonly Voice[] = ['agent', 'citizen', 'other', 'outside']

function asVoice(name: string): Voice {
  const voice = VOICES.find(one => one === name)
  if (voice === undefined) throw new Error(`no voice ${name}`)
  return voice
}

function sorted(heard: Heard): Heard {
  return heard === 'music' ? heard : [...heard].sort()
}

/** SIPp's own sound taken out: the ear and mouth are at the port `-key ear`. */
function withoutVoice(scenario: string): string {
  return scenario
    .replace(/<nop>\s*<action><exec rtp_stream=.*?<\/nop>/s, '')
    .replaceAll('[rtpstream_audio_port]', '[ear]')
}

function written(text: string, name = 'scenario.xml'): string {
  const file = join(mkdtempSync(join(tmpdir(), 'hotline-telephone-')), name)
  writeFileSync(file, text)
  return file
}
